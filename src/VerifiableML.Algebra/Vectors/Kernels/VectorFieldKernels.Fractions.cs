using System.Runtime.CompilerServices;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) FractionRound(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda)
    {
        int h = Require.Halves(n0);
        Require.SameLength(h, weight.Length);
        Require.SameLength(n0.Length, d0.Length);
        Require.SameLength(n0.Length, n1.Length);
        Require.SameLength(n0.Length, d1.Length);
        if (h < Width)
        {
            return Scalar.FractionRound(weight, n0, d0, n1, d1, lambda);
        }

        int whole = WholeGroups(h);
        FractionSums sums = Parallelism.Sum(
            whole, (start, length) => FractionRoundGroups(weight, n0, d0, n1, d1, lambda, start, start + length), weight: 6);
        Fr atZero = ProductOfThree(in sums.Whole.First) + ProductOfTwo(in sums.LowerSum);
        Fr leading = ProductOfThree(in sums.Whole.Second);
        (Fr AtZero, Fr Leading) result = (
            atZero + (lambda * ProductOfThree(in sums.Denominators.First)),
            leading + (lambda * ProductOfThree(in sums.Denominators.Second)));
        if (whole == h)
        {
            return result;
        }

        using FrVector restN0 = RestOfHalves(n0, whole), restD0 = RestOfHalves(d0, whole);
        using FrVector restN1 = RestOfHalves(n1, whole), restD1 = RestOfHalves(d1, whole);
        return Plus(
            result, Scalar.FractionRound(Rest(weight, whole), restN0.All, restD0.All, restN1.All, restD1.All, lambda));
    }

    /// <inheritdoc/>
    public void FractionCombine(FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator)
    {
        Require.SameLength(n0.Length, d0.Length);
        Require.SameLength(n0.Length, n1.Length);
        Require.SameLength(n0.Length, d1.Length);
        Require.SameLength(n0.Length, numerator.Length);
        Require.SameLength(n0.Length, denominator.Length);

        int whole = WholeGroups(n0.Length);
        Parallelism.For(
            whole, (start, length) => FractionCombineGroups(n0, d0, n1, d1, numerator, denominator, start, start + length), weight: 2);
        Scalar.FractionCombine(
            Rest(n0, whole), Rest(d0, whole), Rest(n1, whole), Rest(d1, whole), Rest(numerator, whole), Rest(denominator, whole));
    }

    /// <summary>
    /// Leaves of lookups have numerator one, and padding is constant: in both cases most of H is not computed. Which case it is changes
    /// rarely from one group of lanes to the next, so the branches are well predicted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static FractionSums FractionRoundGroups(
        FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda, int start, int end)
    {
        FractionSums sums = default;
        ProductSum atZero = default, leading = default, lowerSum = default, denominatorsAtZero = default, denominatorsLeading = default;
        LaneFactor.BroadcastTimes16(in lambda, out LaneFactor scale);
        FrLanes.Broadcast(ScalarModulus.One, out FrLanes one);
        nuint stride = (nuint)weight.Stride;
        int h = n0.Length / 2;
        for (int i = start; i < end;)
        {
            for (int blockEnd = Math.Min(end, i + BlockLength); i < blockEnd; i += Width)
            {
                LaneFactor.Load(in At(weight, i), stride, out LaneFactor w);
                LoadHalves(n0, i, h, out FrLanes a0, out FrLanes upperA0);
                LoadHalves(n1, i, h, out FrLanes a1, out FrLanes upperA1);
                LoadHalves(d0, i, h, out FrLanes b0, out FrLanes upperB0);
                LoadHalves(d1, i, h, out FrLanes b1, out FrLanes upperB1);
                if (FrLanes.Same(in a0, in one) && FrLanes.Same(in a1, in one))
                {
                    AddDenominators(ref denominatorsAtZero, in w, in b0, in b1);
                    AddSum(ref lowerSum, in w, in b0, in b1);
                }
                else
                {
                    AddFraction(ref atZero, in w, in a0, in b0, in a1, in b1, in scale);
                }

                bool constantNumerators = FrLanes.Same(in a0, in upperA0) && FrLanes.Same(in a1, in upperA1);
                if (constantNumerators && (FrLanes.Same(in b0, in upperB0) || FrLanes.Same(in b1, in upperB1)))
                {
                    continue;
                }

                FrLanes.SubtractTight(in upperB0, in b0, out FrLanes db0);
                FrLanes.SubtractTight(in upperB1, in b1, out FrLanes db1);
                if (constantNumerators)
                {
                    AddDenominators(ref denominatorsLeading, in w, in db0, in db1);
                    continue;
                }

                FrLanes.SubtractTight(in upperA0, in a0, out FrLanes da0);
                FrLanes.SubtractTight(in upperA1, in a1, out FrLanes da1);
                AddFraction(ref leading, in w, in da0, in db0, in da1, in db1, in scale);
            }

            atZero.DrainTo(ref sums.Whole.First);
            leading.DrainTo(ref sums.Whole.Second);
            denominatorsAtZero.DrainTo(ref sums.Denominators.First);
            denominatorsLeading.DrainTo(ref sums.Denominators.Second);
            lowerSum.DrainTo(ref sums.LowerSum);
        }

        return sums;
    }

    /// <summary>
    /// sum += w·((n0·d1 + d0·(n1 + λ·d1))/2^260). With arguments below 3p the inner bracket is below 4.7·p and the quotient below
    /// (9 + 14.1)·p²/2^260 + 1.13·p, that is, 1.5·p.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFraction(
        ref ProductSum sum,
        in LaneFactor w,
        in FrLanes n0,
        in FrLanes d0,
        in FrLanes n1,
        in FrLanes d1,
        in LaneFactor lambda)
    {
        FrLanes.ToFactor(in n0, out LaneFactor a0);
        FrLanes.ToFactor(in d0, out LaneFactor b0);
        FrLanes.ToFactor(in d1, out LaneFactor b1);
        FrLanes.Multiply(in b1, in lambda, out FrLanes product);
        FrLanes.AddTight(in n1, in product, out FrLanes bracket);
        FrLanes.ToFactor(in bracket, out LaneFactor factor);
        FrLanes.MultiplyAdd(in a0, in b1, in b0, in factor, out FrLanes value);
        FrLanes.ToFactor(in value, out factor);
        ProductSum.Add(ref sum, in w, in factor);
    }

    /// <summary>sum += w·(d0·d1/2^260), for arguments below 3p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDenominators(ref ProductSum sum, in LaneFactor w, in FrLanes d0, in FrLanes d1)
    {
        FrLanes.ToFactor(in d0, out LaneFactor b0);
        FrLanes.ToFactor(in d1, out LaneFactor b1);
        AddWeighted(ref sum, in w, in b0, in b1);
    }

    /// <summary>sum += w·(d0 + d1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSum(ref ProductSum sum, in LaneFactor w, in FrLanes d0, in FrLanes d1)
    {
        FrLanes.AddTight(in d0, in d1, out FrLanes both);
        FrLanes.ToFactor(in both, out LaneFactor factor);
        ProductSum.Add(ref sum, in w, in factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadHalves(FrSlice values, int i, int h, out FrLanes lower, out FrLanes upper)
    {
        nuint stride = (nuint)values.Stride;
        FrLanes.Load(in At(values, i), stride, out lower);
        FrLanes.Load(in At(values, i + h), stride, out upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FractionCombineGroups(
        FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator, int start, int end)
    {
        nuint strideN = (nuint)numerator.Stride, strideD = (nuint)denominator.Stride;
        FrLanes.Broadcast(ScalarModulus.One, out FrLanes one);
        for (int i = start; i < end; i += Width)
        {
            FrLanes.Load(in At(n0, i), (nuint)n0.Stride, out FrLanes a0);
            FrLanes.Load(in At(n1, i), (nuint)n1.Stride, out FrLanes a1);
            FrLanes.Load(in At(d0, i), (nuint)d0.Stride, out FrLanes b0);
            FrLanes.Load(in At(d1, i), (nuint)d1.Stride, out FrLanes b1);
            if (FrLanes.Same(in a0, in one) && FrLanes.Same(in a1, in one))
            {
                FrLanes.AddTight(in b0, in b1, out FrLanes sum);
                FrLanes.StoreReduced(in sum, ref At(numerator, i), strideN);
            }
            else
            {
                StoreSumOfProducts(in a0, in b1, in a1, in b0, ref At(numerator, i), strideN);
            }

            FrLanes.Times16(in b1, out b1);
            FrLanes.Multiply(in b0, in b1, out FrLanes product);
            FrLanes.StoreReduced(in product, ref At(denominator, i), strideD);
        }
    }

    /// <summary>Stores a·b + c·d, which is below 2·0.19·p + 1.13·p before its reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreSumOfProducts(
        in FrLanes a, in FrLanes b, in FrLanes c, in FrLanes d, ref ulong destination, nuint stride)
    {
        FrLanes.Times16(in b, out FrLanes b16);
        FrLanes.Times16(in d, out FrLanes d16);
        FrLanes.ToFactor(in a, out LaneFactor x);
        FrLanes.ToFactor(in b16, out LaneFactor y);
        FrLanes.ToFactor(in c, out LaneFactor u);
        FrLanes.ToFactor(in d16, out LaneFactor v);
        FrLanes.MultiplyAdd(in x, in y, in u, in v, out FrLanes sum);
        FrLanes.StoreReduced(in sum, ref destination, stride);
    }
}
