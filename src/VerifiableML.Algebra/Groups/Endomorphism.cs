using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// φ(x, y) = (β·x, y) for a cube root of unity β of the base field: on the groups of order r it is the multiplication by a cube root of
/// unity λ of the scalar field, and costs next to nothing (Gallant, Lambert, Vanstone, "Faster point multiplication on elliptic curves
/// with efficient endomorphisms", CRYPTO 2001).
/// </summary>
internal static unsafe class Endomorphism
{
    private static readonly Fq Beta = PrimitiveRoot();
    private static readonly Fq TwistBeta = Beta.Square();

    /// <summary>destination ← φ(point) for a packed point that is not infinity, of G1 or G2, in any Montgomery form.</summary>
    /// <param name="point">The point.</param>
    /// <param name="destination">Another place.</param>
    /// <param name="words">Words of a point, which tell the group.</param>
    public static void Apply(ulong* point, ulong* destination, int words)
    {
        bool twist = words > PointBuffer.LineWords;
        Multiply(point, twist ? TwistBeta : Beta, destination);
        if (twist)
        {
            Multiply(point + 4, TwistBeta, destination + 4);
        }

        new ReadOnlySpan<ulong>(point + (words / 2), words / 2).CopyTo(new Span<ulong>(destination + (words / 2), words / 2));
    }

    /// <summary>The product with a number's stored form is the stored form of the product.</summary>
    private static void Multiply(ulong* number, in Fq factor, ulong* destination) =>
        Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<Fq>(number) * factor);

    /// <summary>The cube root of unity that belongs to <see cref="SplitScalar.Lambda"/> in G1: 3^((p − 1)/3) is one of the two.</summary>
    private static Fq PrimitiveRoot()
    {
        Fq root = Fq.FromUInt64(3).Pow((Fq.Modulus - 1) / 3);
        return G1.Generator.Multiply(Fr.FromBigInteger(SplitScalar.Lambda)).X == root ? root : root.Square();
    }
}
