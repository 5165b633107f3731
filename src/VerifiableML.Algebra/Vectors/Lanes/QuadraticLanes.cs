using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;
using Modulus = VerifiableML.Algebra.Vectors.LaneModulus<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Vectors;

/// <summary>Eight elements c₀ + c₁·u of <see cref="Fq2"/>, u² = −1: each part as in <see cref="Lanes{TModulus}"/>.</summary>
[SkipLocalsInit]
internal struct QuadraticLanes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public FqLanes C0, C1;

    /// <summary>Tight values as factors.</summary>
    [MethodImpl(Inline)]
    public static void ToFactor(in QuadraticLanes value, out QuadraticFactor result)
    {
        FqLanes.ToFactor(in value.C0, out result.C0);
        FqLanes.ToFactor(in value.C1, out result.C1);
    }

    /// <summary>
    /// a·b/2^260: (a₀b₀ − a₁b₁) + (a₀b₁ + a₁b₀)·u, by four products and two reductions. For a tight, with a₁ up to 4p; the parts of the result are
    /// tight and below 2p where the products of parts are below 36p².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(in QuadraticLanes a, in QuadraticFactor b, out QuadraticLanes result)
    {
        FqLanes.ToFactor(in a.C0, out LaneFactor a0);
        FqLanes.ToFactor(in a.C1, out LaneFactor a1);
        Negate(in a.C1, out LaneFactor minusA1);
        FqLanes.MultiplyAdd(in a0, in b.C0, in minusA1, in b.C1, out result.C0);
        FqLanes.MultiplyAdd(in a0, in b.C1, in a1, in b.C0, out result.C1);
    }

    /// <summary>a·(b₀ − b₁·u)/2^260, in the same way, with a₀ up to 4p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyByConjugate(in QuadraticLanes a, in QuadraticFactor b, out QuadraticLanes result)
    {
        FqLanes.ToFactor(in a.C0, out LaneFactor a0);
        FqLanes.ToFactor(in a.C1, out LaneFactor a1);
        Negate(in a.C0, out LaneFactor minusA0);
        FqLanes.MultiplyAdd(in a0, in b.C0, in a1, in b.C1, out result.C0);
        FqLanes.MultiplyAdd(in a1, in b.C0, in minusA0, in b.C1, out result.C1);
    }

    /// <summary>a²/2^260: (a₀ + a₁)(a₀ − a₁) + 2·a₀·a₁·u, for parts that are tight and below 2p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Square(in QuadraticLanes a, out QuadraticLanes result)
    {
        FqLanes.AddTight(in a.C0, in a.C1, out FqLanes sum);
        FqLanes.SubtractTight(in a.C0, in a.C1, out FqLanes difference);
        FqLanes.AddTight(in a.C0, in a.C0, out FqLanes twice);
        FqLanes.ToFactor(in a.C1, out LaneFactor a1);
        FqLanes.Multiply(in sum, in difference, out result.C0);
        FqLanes.ToFactor(in twice, out LaneFactor twiceFactor);
        FqLanes.Multiply(in twiceFactor, in a1, out result.C1);
    }

    /// <summary>(a₀² + a₁²)/2^260, the norm, below 2p for parts below 6p. It is zero for zero only.</summary>
    [MethodImpl(Inline)]
    public static void Norm(in QuadraticFactor a, out FqLanes result) =>
        FqLanes.MultiplyAdd(in a.C0, in a.C0, in a.C1, in a.C1, out result);

    /// <summary>4p − a as a factor, for a tight a up to 4p.</summary>
    [MethodImpl(Inline)]
    private static void Negate(in FqLanes a, out LaneFactor result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> t = Modulus.Twice0 + Modulus.Twice0 - a.L0;
        result.L0 = LaneFactor.Limb(t & mask);
        t = Modulus.Twice1 + Modulus.Twice1 - a.L1 + LaneBits.Carry(t);
        result.L1 = LaneFactor.Limb(t & mask);
        t = Modulus.Twice2 + Modulus.Twice2 - a.L2 + LaneBits.Carry(t);
        result.L2 = LaneFactor.Limb(t & mask);
        t = Modulus.Twice3 + Modulus.Twice3 - a.L3 + LaneBits.Carry(t);
        result.L3 = LaneFactor.Limb(t & mask);
        result.L4 = LaneFactor.Limb(Modulus.Twice4 + Modulus.Twice4 - a.L4 + LaneBits.Carry(t));
    }
}

/// <summary>Eight elements of <see cref="Fq2"/> ready to be multiplied.</summary>
[SkipLocalsInit]
internal struct QuadraticFactor
{
    public LaneFactor C0, C1;
}
