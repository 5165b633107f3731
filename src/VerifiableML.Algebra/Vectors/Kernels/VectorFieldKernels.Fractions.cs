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

        int whole = WholeGroups(h);
        ColumnSumPair sums = Parallelism.Sum(
            whole, (start, length) => FractionRoundGroups(weight, n0, d0, n1, d1, lambda, start, start + length));
        (Fr AtZero, Fr Leading) result = (ProductOfThree(in sums.First), ProductOfThree(in sums.Second));
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
            whole, (start, length) => FractionCombineGroups(n0, d0, n1, d1, numerator, denominator, start, start + length));
        Scalar.FractionCombine(
            Rest(n0, whole), Rest(d0, whole), Rest(n1, whole), Rest(d1, whole), Rest(numerator, whole), Rest(denominator, whole));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ColumnSumPair FractionRoundGroups(
        FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda, int start, int end)
    {
        ColumnSumPair sums = default;
        ProductSum atZero = default, leading = default;
        LaneFactor.BroadcastTimes16(lambda, out LaneFactor scale);
        bool scaled = !lambda.IsZero;
        nuint stride = (nuint)weight.Stride;
        int h = n0.Length / 2;
        for (int i = start; i < end;)
        {
            for (int blockEnd = Math.Min(end, i + BlockLength); i < blockEnd; i += Width)
            {
                LaneFactor.Load(in At(weight, i), stride, out LaneFactor w);
                LoadHalves(n0, i, h, out LaneFactor a0, out LaneFactor da0);
                LoadHalves(d0, i, h, out LaneFactor b0, out LaneFactor db0);
                LoadHalves(d1, i, h, out LaneFactor b1, out LaneFactor db1);
                LoadHalves(n1, i, h, out FrLanes a1, out FrLanes da1);
                AddFraction(ref atZero, in w, in a0, in b0, in a1, in b1, in scale, scaled);
                AddFraction(ref leading, in w, in da0, in db0, in da1, in db1, in scale, scaled);
            }

            atZero.DrainTo(ref sums.First);
            leading.DrainTo(ref sums.Second);
        }

        return sums;
    }

    /// <summary>
    /// sum += w·((n0·d1 + d0·(n1 + λ·d1))/2^260). With arguments below 3p the inner bracket is below 4.7·p and the quotient below
    /// (9 + 14.1)·p²/2^260 + 1.13·p, that is, 1.5·p.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFraction(
        ref ProductSum sum,
        in LaneFactor w,
        in LaneFactor n0,
        in LaneFactor d0,
        in FrLanes n1,
        in LaneFactor d1,
        in LaneFactor lambda,
        bool scaled)
    {
        FrLanes bracket = n1;
        if (scaled)
        {
            FrLanes.Multiply(in d1, in lambda, out FrLanes product);
            FrLanes.Add(in n1, in product, out bracket);
            FrLanes.Tighten(in bracket, out bracket);
        }

        FrLanes.ToFactor(in bracket, out LaneFactor factor);
        FrLanes.MultiplyAdd(in n0, in d1, in d0, in factor, out FrLanes value);
        FrLanes.ToFactor(in value, out factor);
        ProductSum.Add(ref sum, in w, in factor);
    }

    /// <summary>values[i …] and values[i + h …] − values[i …] + 2p, both tight integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadHalves(FrSlice values, int i, int h, out FrLanes lower, out FrLanes difference)
    {
        nuint stride = (nuint)values.Stride;
        FrLanes.Load(in At(values, i), stride, out lower);
        FrLanes.Load(in At(values, i + h), stride, out FrLanes y);
        FrLanes.Subtract(in y, in lower, out difference);
        FrLanes.Tighten(in difference, out difference);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FractionCombineGroups(
        FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator, int start, int end)
    {
        nuint strideN = (nuint)numerator.Stride, strideD = (nuint)denominator.Stride;
        for (int i = start; i < end; i += Width)
        {
            LaneFactor.Load(in At(n0, i), (nuint)n0.Stride, out LaneFactor a0);
            LaneFactor.Load(in At(n1, i), (nuint)n1.Stride, out LaneFactor a1);
            LaneFactor.LoadTimes16(in At(d0, i), (nuint)d0.Stride, out LaneFactor b0);
            LaneFactor.LoadTimes16(in At(d1, i), (nuint)d1.Stride, out LaneFactor b1);
            LaneFactor.Load(in At(d0, i), (nuint)d0.Stride, out LaneFactor plain);

            // Below 2·0.19·p + 1.13·p.
            FrLanes.MultiplyAdd(in a0, in b1, in a1, in b0, out FrLanes sum);
            FrLanes.Multiply(in plain, in b1, out FrLanes product);
            FrLanes.StoreReduced(in sum, ref At(numerator, i), strideN);
            FrLanes.StoreReduced(in product, ref At(denominator, i), strideD);
        }
    }
}
