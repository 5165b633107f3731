using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// An affine point as eight limbs: x, then y, each below p, in whichever Montgomery form the <see cref="BatchAdder"/> works with.
/// Infinity is the pattern of all ones in x, which is no field element, and y = 0.
/// </summary>
internal static unsafe class PackedPoint
{
    /// <summary>A value that the top limb of x has at infinity only.</summary>
    public const ulong InfinityMark = ulong.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInfinity(ulong* point) => point[3] == InfinityMark;

    public static void SetInfinity(ulong* point)
    {
        new Span<ulong>(point, 4).Fill(InfinityMark);
        new Span<ulong>(point + 4, 4).Clear();
    }

    /// <summary>Copies the point that a reference means, carrying out its sign.</summary>
    public static void Copy(nuint reference, ulong* destination)
    {
        ulong* source = PointReference.Address(reference);
        new ReadOnlySpan<ulong>(source, PointBuffer.Stride).CopyTo(new Span<ulong>(destination, PointBuffer.Stride));
        if (PointReference.IsNegative(reference) && !IsInfinity(source))
        {
            // y is never zero: the group has odd order. So p − y is below p.
            Limbs y = Unsafe.ReadUnaligned<Limbs>(source + 4);
            Unsafe.WriteUnaligned(destination + 4, WideInteger.Subtract(Modulus, y));
        }
    }

    private static Limbs Modulus => new(BaseModulus.P0, BaseModulus.P1, BaseModulus.P2, BaseModulus.P3);
}
