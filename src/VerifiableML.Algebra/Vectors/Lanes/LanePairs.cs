using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Eight integers in limbs of 58 bits, two limbs of <see cref="NarrowLanes{TModulus}"/> together: the form in which a result is brought below
/// p and packed into 64-bit words, with fewer carries than in limbs of 29 bits. Lane k holds Σ Wj[k]·2^(58·j).
/// </summary>
internal struct LanePairs
{
    public Vector512<ulong> W0, W1, W2, W3, W4;

    private static Vector512<ulong> PairMask => Vector512.Create((1UL << 58) - 1);

    /// <summary>Subtracts <paramref name="p"/> in the lanes where the value is at least p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SubtractOnce(in LanePairs p)
    {
        Vector512<ulong> d0 = W0 - p.W0;
        Vector512<ulong> d1 = W1 - p.W1 + Borrow(d0);
        Vector512<ulong> d2 = W2 - p.W2 + Borrow(d1);
        Vector512<ulong> d3 = W3 - p.W3 + Borrow(d2);
        Vector512<ulong> d4 = W4 - p.W4 + Borrow(d3);

        // All ones where the subtraction went below zero, which keeps the value as it was.
        Vector512<ulong> keep = Borrow(d4);
        W0 = Vector512.ConditionalSelect(keep, W0, d0 & PairMask);
        W1 = Vector512.ConditionalSelect(keep, W1, d1 & PairMask);
        W2 = Vector512.ConditionalSelect(keep, W2, d2 & PairMask);
        W3 = Vector512.ConditionalSelect(keep, W3, d3 & PairMask);
        W4 = Vector512.ConditionalSelect(keep, W4, d4);
    }

    /// <summary>Stores eight neighbours of a value below 2^256 as four 64-bit words each, one plane per word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref ulong origin, nuint stride)
    {
        (W0 | (W1 << 58)).StoreUnsafe(ref origin);
        ((W1 >>> 6) | (W2 << 52)).StoreUnsafe(ref origin, stride);
        ((W2 >>> 12) | (W3 << 46)).StoreUnsafe(ref origin, 2 * stride);
        ((W3 >>> 18) | (W4 << 40)).StoreUnsafe(ref origin, 3 * stride);
    }

    /// <summary>Lane k as four 64-bit words.</summary>
    public readonly Limbs this[int k] => new(
        W0[k] | (W1[k] << 58), (W1[k] >> 6) | (W2[k] << 52), (W2[k] >> 12) | (W3[k] << 46), (W3[k] >> 18) | (W4[k] << 40));

    /// <summary>−1 in the lanes where the signed value is below zero, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Borrow(Vector512<ulong> value) => (value.AsInt64() >> 63).AsUInt64();
}
