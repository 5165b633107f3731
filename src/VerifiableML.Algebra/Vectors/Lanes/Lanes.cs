using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Eight integers for arithmetic modulo p, in five limbs of 52 bits: lane k holds Σ Lj[k]·2^(52·j).
/// <para>
/// Products are Montgomery products for R' = 2^260. Memory keeps a·R mod p with R = 2^256; the missing factor 2^4 is had for free by
/// loading one of two factors four bits further up (<see cref="LaneFactor.LoadTimes16"/>): (a·R)·(16·b·R)/2^260 = a·b·R.
/// </para>
/// <para>
/// A value is <i>tight</i> when its limbs 0…3 are below 2^52 and it is below 2^260; loads and products are. Sums and differences are
/// <i>loose</i> (limbs of a few bits more, or negative) until <see cref="Tighten"/>. Only tight values can be factors. A product of x and y
/// is below x·y/2^260 + 1.13·p, where p²/2^256 &lt; 0.19·p: products of canonical values are below 2p, and lazily summed factors raise
/// that in proportion. Results may be the same variable as an argument.
/// </para>
/// Multiplications are not inlined: a method that takes in several of them exceeds what the JIT is willing to inline, and then their inner
/// steps become calls.
/// The scalar meaning of every operation is that of <see cref="Fr"/> or <see cref="Fq"/>, lane by lane.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal partial struct Lanes<TModulus>
    where TModulus : struct, IModulus
{
    /// <summary>The number of elements handled at once.</summary>
    public const int Width = 8;

    public Vector512<ulong> L0, L1, L2, L3, L4;

    /// <summary>True where this machine has the instructions; otherwise only the scalar fields may be used.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <summary>Lane k alone as 256-bit integer, for a tight value below 2^256. Slow: for tests and the ends of sums.</summary>
    public readonly Limbs this[int k] => new(
        L0[k] | (L1[k] << 52), (L1[k] >> 12) | (L2[k] << 40), (L2[k] >> 24) | (L3[k] << 28), (L3[k] >> 36) | (L4[k] << 16));

    /// <summary>Loads eight neighbours from four planes: word j of element k is at <paramref name="origin"/> + j·stride + k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(ref readonly ulong origin, nuint stride, out Lanes<TModulus> result)
    {
        Vector512<ulong> w0 = Vector512.LoadUnsafe(in origin);
        Vector512<ulong> w1 = Vector512.LoadUnsafe(in origin, stride);
        Vector512<ulong> w2 = Vector512.LoadUnsafe(in origin, 2 * stride);
        Vector512<ulong> w3 = Vector512.LoadUnsafe(in origin, 3 * stride);
        FromWords(w0, w1, w2, w3, out result);
    }

    /// <summary>Splits 256-bit integers, given as four words each, into limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromWords(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, out Lanes<TModulus> result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        result.L0 = w0 & mask;
        result.L1 = LaneBits.OrAnd(w0 >>> 52, w1 << 12, mask);
        result.L2 = LaneBits.OrAnd(w1 >>> 40, w2 << 24, mask);
        result.L3 = LaneBits.OrAnd(w2 >>> 28, w3 << 36, mask);
        result.L4 = w3 >>> 16;
    }

    /// <summary>The same 256-bit integer in all lanes.</summary>
    public static void Broadcast(in Limbs value, out Lanes<TModulus> result) => FromWords(
        Vector512.Create(value.L0), Vector512.Create(value.L1), Vector512.Create(value.L2), Vector512.Create(value.L3), out result);

    /// <summary>The Montgomery form of the same element in all lanes.</summary>
    public static void Broadcast(in Fr value, out Lanes<TModulus> result) =>
        Broadcast(new Limbs(value.Limb0, value.Limb1, value.Limb2, value.Limb3), out result);

    /// <summary>Stores eight neighbours of a tight value below 2^256 as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Lanes<TModulus> value, ref ulong origin, nuint stride)
    {
        (value.L0 | (value.L1 << 52)).StoreUnsafe(ref origin);
        ((value.L1 >>> 12) | (value.L2 << 40)).StoreUnsafe(ref origin, stride);
        ((value.L2 >>> 24) | (value.L3 << 28)).StoreUnsafe(ref origin, 2 * stride);
        ((value.L3 >>> 36) | (value.L4 << 16)).StoreUnsafe(ref origin, 3 * stride);
    }

    /// <summary>Stores eight neighbours of a tight value below 2p, reduced below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreReduced(in Lanes<TModulus> value, ref ulong origin, nuint stride)
    {
        ReduceOnce(in value, out Lanes<TModulus> reduced);
        Store(in reduced, ref origin, stride);
    }

    /// <summary>Stores eight neighbours of a tight value below 3p, reduced below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreReducedTwice(in Lanes<TModulus> value, ref ulong origin, nuint stride)
    {
        ReduceOnce(in value, out Lanes<TModulus> reduced);
        ReduceOnce(in reduced, out reduced);
        Store(in reduced, ref origin, stride);
    }

    /// <summary>True where all limbs of all lanes are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(in Lanes<TModulus> value) =>
        (value.L0 | value.L1 | value.L2 | value.L3 | value.L4) == Vector512<ulong>.Zero;

    /// <summary>True where all limbs of all lanes are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same(in Lanes<TModulus> a, in Lanes<TModulus> b) =>
        ((a.L0 ^ b.L0) | (a.L1 ^ b.L1) | (a.L2 ^ b.L2) | (a.L3 ^ b.L3) | (a.L4 ^ b.L4)) == Vector512<ulong>.Zero;

    /// <summary>A tight value as a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToFactor(in Lanes<TModulus> value, out LaneFactor result)
    {
        result.L0 = LaneFactor.Limb(value.L0);
        result.L1 = LaneFactor.Limb(value.L1);
        result.L2 = LaneFactor.Limb(value.L2);
        result.L3 = LaneFactor.Limb(value.L3);
        result.L4 = LaneFactor.Limb(value.L4);
    }
}
