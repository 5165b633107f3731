using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

/// <summary>Vectors on one device: memory, copies, kernels, and the order in which threads of the host use them.</summary>
internal sealed class GpuVectors : IDisposable
{
    private readonly Lock _oneAtATime = new();

    public GpuVectors(GpuDevice device, int groupSize)
    {
        Device = device;
        GroupSize = groupSize;
        Pool = new WordPool(device);
        Transfers = new Transfers(device);
        Kernels = new KernelSet(device, Transfers);
        Integers = new IntegerCache(Pool, Transfers);
    }

    public GpuDevice Device { get; }

    /// <summary>Threads of a group.</summary>
    public int GroupSize { get; }

    public WordPool Pool { get; }

    public Transfers Transfers { get; }

    public KernelSet Kernels { get; }

    public IntegerCache Integers { get; }

    /// <summary>A vector on the device.</summary>
    public FrVector Rent(int length) => Run(() =>
    {
        int stride = Stride(length);
        return new FrVector(new GpuStore(this, 4L * stride), 0, stride, length);
    });

    /// <summary>Words from one plane to the next: whole sectors of memory.</summary>
    public static int Stride(int length) => (length + 15) / 16 * 16;

    /// <summary>Sets all elements.</summary>
    public void Fill(DeviceSlice destination, Fr value) => Run(() =>
    {
        Kernels.Launch(Grid(destination.Length), ElementwiseKernels.Fill, destination, DeviceElement.From(value));
        return 0;
    });

    /// <summary>Copies elements.</summary>
    public void Copy(DeviceSlice source, DeviceSlice destination, bool overlapping) => Run(() =>
    {
        if (overlapping && Math.Abs(source.Offset - destination.Offset) < source.Length)
        {
            using FrVector between = Rent(source.Length);
            DeviceSlice view = ((GpuStore)between.All.Device!).View(between.All);
            Kernels.Launch(Grid(source.Length), ElementwiseKernels.Copy, source, view);
            source = view;
        }

        Kernels.Launch(Grid(source.Length), ElementwiseKernels.Copy, source, destination);
        return 0;
    });

    /// <summary>A grid of one thread for each element, or fewer that take several.</summary>
    public KernelConfig Grid(int elements) => Threads.For(elements, GroupSize);

    /// <summary>Does something with the device, alone, and says in our words what fails.</summary>
    /// <exception cref="GpuException">The device failed.</exception>
    public T Run<T>(Func<T> work)
    {
        lock (_oneAtATime)
        {
            return GpuErrors.Translate(Device.Id, () =>
            {
                Device.Accelerator.Bind();
                return work();
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Pool.Dispose();
}
