using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Groups;

/// <summary>
/// <see cref="MultiScalarMultiplication"/> on a device: Pippenger's bucket method with signed digits, the same points. Bases are uploaded once.
/// </summary>
public sealed class DeviceMultiScalarMultiplication : IMultiScalarMultiplication
{
    // Keeps the buckets below 128 MiB.
    private const int MostBuckets = 1 << 20;

    private readonly GpuVectors _vectors;
    private readonly DeviceBases _bases;

    /// <summary>Sums on the device of the kernels, in its memory and its order of work.</summary>
    public DeviceMultiScalarMultiplication(GpuFieldKernels kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        _vectors = kernels.Vectors;
        _bases = new DeviceBases(_vectors.Pool, _vectors.Transfers);
    }

    /// <inheritdoc/>
    public G1 Compute(G1Bases bases, FrSlice scalars)
    {
        ArgumentNullException.ThrowIfNull(bases);
        RequireEnough(bases.Count, scalars.Length);
        return scalars.Length == 0 ? G1.Infinity : Compute(bases, scalars, DigitPlan.Choose(DigitPlan.FieldBits, scalars.Length, 1));
    }

    /// <summary>The same with windows of a given width.</summary>
    internal G1 Compute(G1Bases bases, FrSlice scalars, DigitPlan plan) => Run(
        plan, (pipeline, operands) => pipeline.RunElements(_bases.View(bases), operands.Read(scalars)))[0];

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
        for (int first = 0; first < rows; first += rowsAtATime)
        {
            DigitPlan plan = one with { Rows = Math.Min(rowsAtATime, rows - first) };
            ReadOnlyMemory<int> part = matrix.Slice(first * columns, plan.Scalars);
            sums.AddRange(Run(plan, (pipeline, _) => pipeline.RunIntegers(_bases.View(bases), _vectors.Integers.View(part))));
        }

        return [.. sums];
    }

    /// <summary>Lets the device have its part, alone, and then does the host's.</summary>
    /// <exception cref="GpuException">The device failed.</exception>
    private G1[] Run(DigitPlan plan, Func<BucketPipeline, Operands, ReducedBuckets> work)
    {
        ReducedBuckets buckets = _vectors.Run(() =>
        {
            using var operands = new Operands(_vectors);
            return work(new BucketPipeline(_vectors, operands, plan), operands);
        });
        return ProblemSums.Combine(buckets, plan);
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
