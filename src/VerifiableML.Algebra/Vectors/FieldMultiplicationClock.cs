using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// How long one multiplication in the scalar field takes in this process, now: the unit in which costs are compared between machines. Other
/// programs on the machine only ever slow a measurement down, so the fastest of many short runs counts.
/// </summary>
/// <param name="ScalarNanoseconds">One multiplication of <see cref="Fr"/> values, each depending on the one before.</param>
/// <param name="VectorNanoseconds">One multiplication on one core within <see cref="IFieldKernels.Multiply"/> of
/// <see cref="FieldKernels.Best"/>, memory traffic in the first-level cache included.</param>
public sealed record FieldMultiplicationClock(double ScalarNanoseconds, double VectorNanoseconds)
{
    private const int Elements = 512;
    private static readonly TimeSpan HalfBudget = TimeSpan.FromMilliseconds(25);

    /// <summary>Measures for about 50 ms.</summary>
    public static FieldMultiplicationClock Measure()
    {
        using FrVector a = FrVector.Rent(Elements), b = FrVector.Rent(Elements);
        Fr seed = Fr.FromUInt64(3).Inverse();
        for (int i = 0; i < Elements; i++)
        {
            seed *= seed + Fr.One;
            (a[i], b[i]) = (seed, seed.Double());
        }

        Limbs start = new(seed.Limb0, seed.Limb1, seed.Limb2, seed.Limb3);
        double scalar = Fastest(() => Chain(start));
        double vector = Fastest(() => FieldKernels.Best.Multiply(a.All, b.All, a.All));
        return new FieldMultiplicationClock(scalar, vector);
    }

    /// <summary>The time of the fastest run within the budget, per element; the first one, which compiles, does not count.</summary>
    private static double Fastest(Action run)
    {
        run();
        long fastest = long.MaxValue;
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long start = Stopwatch.GetTimestamp();
            run();
            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - start);
        }
        while (Stopwatch.GetElapsedTime(begin) < HalfBudget);
        return fastest * 1e9 / Stopwatch.Frequency / Elements;
    }

    /// <summary>
    /// The arithmetic of <see cref="Fr"/>'s operator inlined and compiled with full optimisation from the first call, because there is no
    /// time for the JIT to find out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Limbs Chain(Limbs value)
    {
        Limbs product = value;
        for (int i = 0; i < Elements; i++)
        {
            product = Montgomery<ScalarModulus>.Multiply(value, product);
        }

        return product;
    }
}
