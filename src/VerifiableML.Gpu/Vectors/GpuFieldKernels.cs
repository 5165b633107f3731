using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Fields;
using VerifiableML.Prover;

namespace VerifiableML.Gpu.Vectors;

/// <summary>
/// The kernels on a device, bit for bit those of <see cref="ReferenceFieldKernels"/>. A call whose slices are all on the host is the host's; any other
/// one runs on the device. Calls do not wait for the device but for those that return a value. One file per group of kernels.
/// </summary>
public sealed partial class GpuFieldKernels : IFieldKernels, IDisposable
{
    // A round on the device costs a launch, a copy of partial sums and a wait, some 20 µs together; so does a round of so many elements on the host.
    private const int UsualHostLength = 1 << 9;

    // The CPU accelerator has a thread of the operating system for each thread of a group.
    private const int SimulatedGroupSize = 16;

    private readonly IFieldKernels _host;
    private readonly int _hostLength;
    private readonly GpuVectors _vectors;

    /// <summary>Kernels for a device, which outlives them. They are compiled as they are needed.</summary>
    public GpuFieldKernels(GpuDevice device)
        : this(device, FieldKernels.Best, UsualHostLength)
    {
    }

    /// <summary>The same with another boundary between short vectors, which live on the host, and long ones.</summary>
    internal GpuFieldKernels(GpuDevice device, IFieldKernels host, int hostLength)
    {
        ArgumentNullException.ThrowIfNull(device);
        _host = host;
        _hostLength = hostLength;
        _vectors = new GpuVectors(device, device.IsHardware ? Kernels.Threads.GroupSize : SimulatedGroupSize);
    }

    /// <summary>What the device was asked for so far.</summary>
    public DeviceTraffic Traffic => _vectors.Transfers.Count;

    /// <summary>What is on the device, for what else works there.</summary>
    internal GpuVectors Vectors => _vectors;

    /// <summary>Bytes of device memory that vectors and integers hold, in use or kept for the next proof.</summary>
    public long AllocatedBytes => _vectors.Pool.AllocatedBytes;

    /// <inheritdoc/>
    public FrVector Rent(int length, bool cleared = false)
    {
        if (PrefersHost(length))
        {
            return FrVector.Rent(length, cleared);
        }

        FrVector vector = _vectors.Rent(length);
        if (cleared)
        {
            vector.All.Clear();
        }

        return vector;
    }

    /// <inheritdoc/>
    public bool PrefersHost(int length) => length <= _hostLength;

    /// <inheritdoc/>
    public IIntegerAccumulator CreateAccumulator(int length) =>
        PrefersHost(length) ? _host.CreateAccumulator(length) : new GpuIntegerAccumulator(_vectors, length);

    /// <inheritdoc/>
    public void Dispose() => _vectors.Dispose();

    private static bool OnHost(FrSlice a) => a.Device is null;

    private static bool OnHost(FrSlice a, FrSlice b) => a.Device is null && b.Device is null;

    private static bool OnHost(FrSlice a, FrSlice b, FrSlice c) => a.Device is null && b.Device is null && c.Device is null;

    /// <summary>Starts kernels. With nothing to do there is nothing to start.</summary>
    private void Start(int elements, Action<Operands, KernelConfig> launch)
    {
        if (elements == 0)
        {
            return;
        }

        _vectors.Run(() =>
        {
            using var operands = new Operands(_vectors);
            launch(operands, _vectors.Grid(elements));
            operands.Finish();
            return 0;
        });
    }

    /// <summary>Starts a kernel that leaves <paramref name="each"/> partial sums for each group, and adds them up.</summary>
    private Fr[] Sums(int elements, int each, Action<Operands, KernelConfig, ArrayView<DeviceElement>> launch)
    {
        var sums = new Fr[each];
        if (elements == 0)
        {
            return sums;
        }

        return _vectors.Run(() =>
        {
            using var operands = new Operands(_vectors);
            KernelConfig grid = _vectors.Grid(elements);
            int groups = grid.GridDim.X;
            ArrayView<DeviceElement> partial = operands.Scratch(groups * each);
            launch(operands, grid, partial);
            operands.Finish();
            DeviceElement[] values = GC.AllocateUninitializedArray<DeviceElement>(groups * each, pinned: true);
            _vectors.Transfers.Download(partial, values);
            _vectors.Transfers.Wait();
            for (int i = 0; i < values.Length; i++)
            {
                sums[i % each] += values[i].ToFr();
            }

            return sums;
        });
    }
}
