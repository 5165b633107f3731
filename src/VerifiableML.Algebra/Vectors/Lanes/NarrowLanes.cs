using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Eight integers, one per lane of nine AVX-512 registers, for arithmetic modulo p: lane k holds Σ Lj[k]·2^(29·j).
/// <para>
/// 29 bits are chosen so that nothing carries inside a multiplication: a column of a 9×9 product with its Montgomery reduction
/// (R' = 2^261) sums at most 18 products of 58 bits, which 64 bits hold. Memory keeps a·R mod p with R = 2^256; the missing factor 2^5
/// is had for free by loading one of two factors five bits further up (<see cref="LoadTimes32"/>):
/// (a·R)·(32·b·R)/2^261 = a·b·R.
/// </para>
/// <para>
/// A value is <i>tight</i> when its limbs 0…7 are below 2^29 (loads, products) and <i>loose</i> when they are below 2^31 (sums and
/// differences of tight ones). Factors must keep 9·A·B + 9·2^58 below 2^64 for their largest limbs A and B: tight × loose is always
/// fine, loose × loose where both limbs stay below 2^30. A product of factors x and y is tight and below x·y/2^261 + p; as
/// 2^261 &gt; 128·p, factors of a few p leave it below 2p.
/// </para>
/// The scalar meaning of every operation is that of <see cref="Fr"/> or <see cref="Fq"/>, lane by lane. A result may be the same variable
/// as an argument.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal partial struct NarrowLanes<TModulus>
    where TModulus : struct, IModulus
{
    /// <summary>The number of elements handled at once.</summary>
    public const int Width = 8;

    public Vector512<ulong> L0, L1, L2, L3, L4, L5, L6, L7, L8;

    /// <summary>True where this machine has the instructions; otherwise only the scalar fields may be used.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    private static Vector512<ulong> LimbMask => Vector512.Create((1UL << 29) - 1);

    /// <summary>Loads eight neighbours from four planes: word j of element k is at <paramref name="origin"/> + j·stride + k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(ref readonly ulong origin, nuint stride, out NarrowLanes<TModulus> result)
    {
        Vector512<ulong> w0 = Vector512.LoadUnsafe(in origin);
        Vector512<ulong> w1 = Vector512.LoadUnsafe(in origin, stride);
        Vector512<ulong> w2 = Vector512.LoadUnsafe(in origin, 2 * stride);
        Vector512<ulong> w3 = Vector512.LoadUnsafe(in origin, 3 * stride);
        FromWords(w0, w1, w2, w3, out result);
    }

    /// <summary>Loads eight neighbours times 32, which makes them the second factor of a product in R = 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadTimes32(ref readonly ulong origin, nuint stride, out NarrowLanes<TModulus> result)
    {
        Vector512<ulong> w0 = Vector512.LoadUnsafe(in origin);
        Vector512<ulong> w1 = Vector512.LoadUnsafe(in origin, stride);
        Vector512<ulong> w2 = Vector512.LoadUnsafe(in origin, 2 * stride);
        Vector512<ulong> w3 = Vector512.LoadUnsafe(in origin, 3 * stride);
        FromWordsTimes32(w0, w1, w2, w3, out result);
    }

    /// <summary>The same element in all lanes.</summary>
    public static void Broadcast(in Limbs value, out NarrowLanes<TModulus> result) => FromWords(
        Vector512.Create(value.L0), Vector512.Create(value.L1), Vector512.Create(value.L2), Vector512.Create(value.L3), out result);

    /// <summary>The same element times 32 in all lanes.</summary>
    public static void BroadcastTimes32(in Limbs value, out NarrowLanes<TModulus> result) => FromWordsTimes32(
        Vector512.Create(value.L0), Vector512.Create(value.L1), Vector512.Create(value.L2), Vector512.Create(value.L3), out result);

    /// <summary>Splits 256-bit integers, given as four words each, into limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromWords(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, out NarrowLanes<TModulus> result)
    {
        Vector512<ulong> mask = LimbMask;
        result.L0 = w0 & mask;
        result.L1 = (w0 >>> 29) & mask;
        result.L2 = OrAnd(w0 >>> 58, w1 << 6, mask);
        result.L3 = (w1 >>> 23) & mask;
        result.L4 = OrAnd(w1 >>> 52, w2 << 12, mask);
        result.L5 = (w2 >>> 17) & mask;
        result.L6 = OrAnd(w2 >>> 46, w3 << 18, mask);
        result.L7 = (w3 >>> 11) & mask;
        result.L8 = w3 >>> 40;
    }

    /// <summary>Splits 256-bit integers times 32 into limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromWordsTimes32(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, out NarrowLanes<TModulus> result)
    {
        Vector512<ulong> mask = LimbMask;
        result.L0 = (w0 << 5) & mask;
        result.L1 = (w0 >>> 24) & mask;
        result.L2 = OrAnd(w0 >>> 53, w1 << 11, mask);
        result.L3 = (w1 >>> 18) & mask;
        result.L4 = OrAnd(w1 >>> 47, w2 << 17, mask);
        result.L5 = (w2 >>> 12) & mask;
        result.L6 = OrAnd(w2 >>> 41, w3 << 23, mask);
        result.L7 = (w3 >>> 6) & mask;
        result.L8 = w3 >>> 35;
    }

    /// <summary>Stores eight neighbours of a tight value below 2p, reduced below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreReduced(in NarrowLanes<TModulus> value, ref ulong origin, nuint stride)
    {
        PairLimbs(in value, out LanePairs pairs);
        pairs.SubtractOnce(Modulus);
        pairs.Store(ref origin, stride);
    }

    /// <summary>Stores eight neighbours of a tight value below 3p, reduced below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreReducedTwice(in NarrowLanes<TModulus> value, ref ulong origin, nuint stride)
    {
        PairLimbs(in value, out LanePairs pairs);
        pairs.SubtractOnce(Modulus);
        pairs.SubtractOnce(Modulus);
        pairs.Store(ref origin, stride);
    }

    /// <summary>Lane k alone as 256-bit integer; for a tight value below 2^256. Slow, for ends of sums and for tests.</summary>
    public readonly Limbs this[int k]
    {
        get
        {
            PairLimbs(in this, out LanePairs pairs);
            return pairs[k];
        }
    }

    private static LanePairs Modulus
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            LanePairs p;
            p.W0 = NarrowLaneModulus<TModulus>.Pair0;
            p.W1 = NarrowLaneModulus<TModulus>.Pair1;
            p.W2 = NarrowLaneModulus<TModulus>.Pair2;
            p.W3 = NarrowLaneModulus<TModulus>.Pair3;
            p.W4 = NarrowLaneModulus<TModulus>.Pair4;
            return p;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PairLimbs(in NarrowLanes<TModulus> value, out LanePairs pairs)
    {
        pairs.W0 = value.L0 | (value.L1 << 29);
        pairs.W1 = value.L2 | (value.L3 << 29);
        pairs.W2 = value.L4 | (value.L5 << 29);
        pairs.W3 = value.L6 | (value.L7 << 29);
        pairs.W4 = value.L8;
    }

    /// <summary>(a | b) &amp; c in one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> OrAnd(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) =>
        Avx512F.TernaryLogic(a, b, c, 0xA8);
}
