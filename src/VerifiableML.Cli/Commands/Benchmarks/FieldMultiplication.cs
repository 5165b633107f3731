using System.Diagnostics;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Cli.Commands.Benchmarks;

/// <summary>
/// The unit in which costs are compared across machines: the time of one multiplication in Fr, measured in the same run as what is divided by it.
/// </summary>
/// <param name="ScalarNanoseconds">One multiplication at a time, on one core.</param>
/// <param name="VectorNanoseconds">Over slices, with all lanes and cores.</param>
internal readonly record struct FieldMultiplication(double ScalarNanoseconds, double VectorNanoseconds)
{
    private const int Length = 1 << 14;
    private const int Rounds = 24;

    /// <summary>Measures both; takes a few milliseconds.</summary>
    public static FieldMultiplication Measure()
    {
        using FrVector left = Filled(3);
        using FrVector right = Filled(5);
        using FrVector product = FrVector.Rent(Length);
        Fr[] a = left.All.ToArray();
        Fr[] b = right.All.ToArray();
        TimeSpan scalar = Best(() =>
        {
            for (int i = 0; i < a.Length; i++)
            {
                a[i] *= b[i];
            }
        });
        IFieldKernels kernels = FieldKernels.Best;
        TimeSpan vector = Best(() => kernels.Multiply(left.All, right.All, product.All));
        return new FieldMultiplication(scalar.TotalNanoseconds / Length, vector.TotalNanoseconds / Length);
    }

    // The shortest round is the one that nothing disturbed.
    private static TimeSpan Best(Action round)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            round();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }

    private static FrVector Filled(ulong seed)
    {
        FrVector vector = FrVector.Rent(Length);
        Fr value = Fr.FromUInt64(seed).Inverse();
        for (int i = 0; i < Length; i++)
        {
            vector[i] = value;
            value = value.Square() + Fr.One;
        }

        return vector;
    }
}
