using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Groups;

/// <summary>Reproducible points and scalars.</summary>
internal static class GroupBenchmarkData
{
    public static FrVector Scalars(int count)
    {
        var random = new Random(1);
        Span<byte> bytes = stackalloc byte[40];
        FrVector vector = FrVector.Rent(count);
        FrSlice slice = vector.All;
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            slice[i] = Fr.FromWideBytes(bytes);
        }

        return vector;
    }

    public static G1Bases Bases(int count)
    {
        using FrVector logarithms = Scalars(count);
        return FixedBaseMultiplication.Compute(G1.Generator, logarithms.All);
    }

    public static G2Bases TwistBases(int count)
    {
        using FrVector logarithms = Scalars(count);
        return FixedBaseMultiplication.Compute(G2.Generator, logarithms.All);
    }

    public static int[] Integers(int count, int largest)
    {
        var random = new Random(2);
        return Enumerable.Range(0, count).Select(_ => random.Next(-largest, largest)).ToArray();
    }
}
