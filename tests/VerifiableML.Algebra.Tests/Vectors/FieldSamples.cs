using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>Deterministic field elements and integers, edge values among them.</summary>
internal static class FieldSamples
{
    private static readonly Fr[] Edges =
    [
        Fr.Zero, Fr.One, -Fr.One, Fr.FromInt64(-2), new(1, 0, 0, 0), new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0),
        new(ScalarModulus.P0 - 1, ScalarModulus.P1, ScalarModulus.P2, ScalarModulus.P3), new(0, 0, 0, 1UL << 61),
    ];

    /// <summary>Edge values of sixteen and of 32 bits, in rows that hold small, wide and extreme values.</summary>
    public static IEnumerable<int[]> IntegerRows(int length)
    {
        Random random = new(length);
        yield return Row(i => random.Next(-128, 128));
        yield return Row(i => random.Next(-(1 << 15), 1 << 15));
        yield return Row(i => i % 3 == 0 ? -(1 << 16) + 1 : random.Next(-(1 << 16), 1 << 16));
        yield return Row(i => (i % 4) switch { 0 => int.MinValue, 1 => int.MaxValue, 2 => 0, _ => (int)random.NextInt64() });
        yield return Row(i => short.MinValue);

        int[] Row(Func<int, int> value) => [.. Enumerable.Range(0, length).Select(value)];
    }

    public static Fr Element(int seed) => Elements(1, seed)[0];

    /// <summary>Uniform elements.</summary>
    public static Fr[] Elements(int count, int seed)
    {
        Random random = new(seed);
        Fr[] elements = new Fr[count];
        Span<byte> bytes = stackalloc byte[48];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            elements[i] = Fr.FromWideBytes(bytes);
        }

        return elements;
    }

    /// <summary>Uniform elements with every third one an edge value.</summary>
    public static Fr[] Mixed(int count, int seed)
    {
        Fr[] elements = Elements(count, seed);
        Random random = new(seed);
        for (int i = 0; i < count; i += 3)
        {
            elements[i] = Edges[random.Next(Edges.Length)];
        }

        return elements;
    }
}
