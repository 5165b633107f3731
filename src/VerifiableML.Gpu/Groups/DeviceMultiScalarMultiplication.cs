using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Groups.Kernels;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Groups;

/// <summary>
/// <see cref="MultiScalarMultiplication"/> on a device: Pippenger's bucket method with signed digits, the same points. Bases are uploaded once. Work
/// goes through the device's one stream: one call at a time.
/// </summary>
public sealed class DeviceMultiScalarMultiplication : IMultiScalarMultiplication, IDisposable
{
    // Keeps the buckets below 128 MiB.
    private const int MostBuckets = 1 << 20;

    private readonly GpuDevice _device;
    private readonly DeviceBases _bases;
    private readonly BucketPipeline _pipeline;
    private readonly Scratch<ulong> _planes;
    private readonly Scratch<int> _matrix;
    private readonly Lock _oneAtATime = new();

    /// <summary>Compiles the kernels for a device, which outlives this.</summary>
    public DeviceMultiScalarMultiplication(GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _device = device;
        _bases = new DeviceBases(device);
        _planes = new Scratch<ulong>(device.Accelerator);
        _matrix = new Scratch<int>(device.Accelerator);
        _pipeline = GpuErrors.Translate(device.Id, () => new BucketPipeline(device));
    }

    /// <inheritdoc/>
    public G1 Compute(G1Bases bases, FrSlice scalars)
    {
        ArgumentNullException.ThrowIfNull(bases);
        RequireEnough(bases.Count, scalars.Length);
        return scalars.Length == 0 ? G1.Infinity : Compute(bases, scalars, DigitPlan.Choose(DigitPlan.FieldBits, scalars.Length, 1));
    }

    /// <summary>The same with windows of a given width.</summary>
    internal G1 Compute(G1Bases bases, FrSlice scalars, DigitPlan plan)
    {
        lock (_oneAtATime)
        {
            return ProblemSums.Combine(
                GpuErrors.Translate(_device.Id, () =>
                {
                    (ArrayView<ulong> planes, int first, int stride) = Planes(scalars);
                    return _pipeline.RunElements(_bases.Of(bases), planes, first, stride, plan);
                }), plan)[0];
        }
    }

    /// <inheritdoc/>
    public G1[] ComputeRows(G1Bases bases, ReadOnlyMemory<int> matrix, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(bases);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (matrix.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} rows of {columns} scalars are not {matrix.Length} scalars.", nameof(matrix));
        }

        RequireEnough(bases.Count, columns);
        int bits = BitsOf(matrix.Span);
        if (bits == 0)
        {
            return new G1[rows];
        }

        DigitPlan one = DigitPlan.Choose(bits, columns, 1);
        int rowsAtATime = Math.Max(1, MostBuckets / one.Buckets);
        var sums = new List<G1>(rows);
        lock (_oneAtATime)
        {
            for (int first = 0; first < rows; first += rowsAtATime)
            {
                DigitPlan plan = one with { Rows = Math.Min(rowsAtATime, rows - first) };
                ReadOnlyMemory<int> part = matrix.Slice(first * columns, plan.Scalars);
                sums.AddRange(ProblemSums.Combine(
                    GpuErrors.Translate(_device.Id, () => _pipeline.RunIntegers(_bases.Of(bases), Upload(part), plan)), plan));
            }
        }

        return [.. sums];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipeline.Dispose();
        _bases.Dispose();
        _planes.Dispose();
        _matrix.Dispose();
    }

    /// <summary>The scalars' words on the device, where they are already or where they are copied to.</summary>
    private (ArrayView<ulong> Planes, int First, int Stride) Planes(FrSlice scalars)
    {
        if (scalars.Device is GpuStore store)
        {
            DeviceSlice view = store.View(scalars);
            return (view.Words, view.Offset, view.Stride);
        }

        ArrayView<ulong> planes = _planes.Take(4 * scalars.Length);
        for (int plane = 0; plane < 4; plane++)
        {
            planes.SubView(plane * scalars.Length, scalars.Length).CopyFromCPU(_device.Stream, scalars.Plane(plane));
        }

        return (planes, 0, scalars.Length);
    }

    private ArrayView<int> Upload(ReadOnlyMemory<int> values)
    {
        ArrayView<int> view = _matrix.Take(values.Length);
        view.CopyFromCPU(_device.Stream, values.Span);
        return view;
    }

    /// <summary>Bits of the greatest absolute value.</summary>
    private static int BitsOf(ReadOnlySpan<int> values)
    {
        uint all = 0;
        foreach (int value in values)
        {
            all |= value < 0 ? 0u - (uint)value : (uint)value;
        }

        return 32 - int.LeadingZeroCount((int)all);
    }

    private static void RequireEnough(int bases, int scalars)
    {
        if (scalars > bases)
        {
            throw new ArgumentException($"{scalars} scalars need as many bases; there are {bases}.", nameof(scalars));
        }
    }
}
