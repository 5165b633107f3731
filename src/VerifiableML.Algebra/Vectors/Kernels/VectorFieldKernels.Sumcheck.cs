using System.Runtime.CompilerServices;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) ProductRound(FrSlice f, FrSlice g)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        if (h < Width)
        {
            return Scalar.ProductRound(f, g);
        }

        int whole = WholeGroups(h);
        ColumnSumPair sums = Parallelism.Sum(whole, (start, length) => ProductRoundGroups(f, g, start, start + length));
        (Fr AtZero, Fr Leading) result = (ProductOfTwo(in sums.First), ProductOfTwo(in sums.Second));
        if (whole == h)
        {
            return result;
        }

        using FrVector restF = RestOfHalves(f, whole), restG = RestOfHalves(g, whole);
        return Plus(result, Scalar.ProductRound(restF.All, restG.All));
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) WeightedProductRound(FrSlice weight, FrSlice f, FrSlice g)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        Require.SameLength(h, weight.Length);
        if (h < Width)
        {
            return Scalar.WeightedProductRound(weight, f, g);
        }

        int whole = WholeGroups(h);
        ColumnSumPair sums = Parallelism.Sum(
            whole, (start, length) => WeightedProductRoundGroups(weight, f, g, start, start + length), weight: 3);
        (Fr AtZero, Fr Leading) result = (ProductOfThree(in sums.First), ProductOfThree(in sums.Second));
        if (whole == h)
        {
            return result;
        }

        using FrVector restF = RestOfHalves(f, whole), restG = RestOfHalves(g, whole);
        return Plus(result, Scalar.WeightedProductRound(Rest(weight, whole), restF.All, restG.All));
    }

    private static (Fr AtZero, Fr Leading) Plus((Fr AtZero, Fr Leading) a, (Fr AtZero, Fr Leading) b) =>
        (a.AtZero + b.AtZero, a.Leading + b.Leading);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ColumnSumPair ProductRoundGroups(FrSlice f, FrSlice g, int start, int end)
    {
        ColumnSumPair sums = default;
        ProductSum atZero = default, leading = default;
        int h = f.Length / 2;
        for (int i = start; i < end;)
        {
            for (int blockEnd = Math.Min(end, i + BlockLength); i < blockEnd; i += Width)
            {
                if (!LoadHalves(f, i, h, out LaneFactor f0, out LaneFactor df) ||
                    !LoadHalves(g, i, h, out LaneFactor g0, out LaneFactor dg))
                {
                    continue;
                }

                ProductSum.Add(ref atZero, in f0, in g0);
                ProductSum.Add(ref leading, in df, in dg);
            }

            atZero.DrainTo(ref sums.First);
            leading.DrainTo(ref sums.Second);
        }

        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ColumnSumPair WeightedProductRoundGroups(FrSlice weight, FrSlice f, FrSlice g, int start, int end)
    {
        ColumnSumPair sums = default;
        ProductSum atZero = default, leading = default;
        nuint stride = (nuint)weight.Stride;
        int h = f.Length / 2;
        for (int i = start; i < end;)
        {
            for (int blockEnd = Math.Min(end, i + BlockLength); i < blockEnd; i += Width)
            {
                LaneFactor.Load(in At(weight, i), stride, out LaneFactor w);
                if (!LoadHalves(f, i, h, out LaneFactor f0, out LaneFactor df) ||
                    !LoadHalves(g, i, h, out LaneFactor g0, out LaneFactor dg))
                {
                    continue;
                }

                AddWeighted(ref atZero, in w, in f0, in g0);
                AddWeighted(ref leading, in w, in df, in dg);
            }

            atZero.DrainTo(ref sums.First);
            leading.DrainTo(ref sums.Second);
        }

        return sums;
    }

    /// <summary>sum += w·(a·b/2^260).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWeighted(ref ProductSum sum, in LaneFactor w, in LaneFactor a, in LaneFactor b)
    {
        FrLanes.Multiply(in a, in b, out FrLanes product);
        FrLanes.ToFactor(in product, out LaneFactor factor);
        ProductSum.Add(ref sum, in w, in factor);
    }

    /// <summary>
    /// values[i …] and values[i + h …] − values[i …]; false where all of them are zero, as long runs of padding are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool LoadHalves(FrSlice values, int i, int h, out LaneFactor lower, out LaneFactor difference)
    {
        nuint stride = (nuint)values.Stride;
        FrLanes.Load(in At(values, i), stride, out FrLanes x);
        FrLanes.Load(in At(values, i + h), stride, out FrLanes y);
        FrLanes.ToFactor(in x, out lower);
        Difference(in y, in x, out difference);
        return !FrLanes.IsZero(in x) || !FrLanes.IsZero(in y);
    }
}
