using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// An affine point as words: x, then y, of four words in G1 and of two times four (c₀, c₁) in G2; every four are a number below p, in
/// whichever Montgomery form the <see cref="BatchAdder"/> works with. Infinity has a pattern of all ones in x, which is no field
/// element, and y = 0.
/// </summary>
internal static unsafe class PackedPoint
{
    /// <summary>A value that word 3 has at infinity only.</summary>
    public const ulong InfinityMark = ulong.MaxValue;

    private const int NumberWords = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInfinity(ulong* point) => point[3] == InfinityMark;

    public static void SetInfinity(ulong* point, int words)
    {
        new Span<ulong>(point, words / 2).Fill(InfinityMark);
        new Span<ulong>(point + (words / 2), words / 2).Clear();
    }

    /// <summary>Copies the point of <paramref name="words"/> words that a reference means, carrying out its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(nuint reference, ulong* destination, int words)
    {
        ulong* source = PointReference.Address(reference);
        for (int i = 0; i < words; i += PointBuffer.LineWords)
        {
            Vector512.Load(source + i).Store(destination + i);
        }

        if (PointReference.IsNegative(reference))
        {
            Negate(destination, words);
        }
    }

    private static void Negate(ulong* point, int words)
    {
        for (int i = words / 2; i < words && !IsInfinity(point); i += NumberWords)
        {
            // Of the two parts of an ordinate in G2 one may be zero.
            Limbs number = Unsafe.ReadUnaligned<Limbs>(point + i);
            Unsafe.WriteUnaligned(point + i, number.IsZero ? number : WideInteger.Subtract(Modulus, number));
        }
    }

    private static Limbs Modulus => new(BaseModulus.P0, BaseModulus.P1, BaseModulus.P2, BaseModulus.P3);
}
