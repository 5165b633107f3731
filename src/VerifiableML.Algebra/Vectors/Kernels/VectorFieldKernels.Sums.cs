using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <summary>Groups of lanes after which a <see cref="ProductSum"/> is drained.</summary>
    private const int BlockLength = ProductSum.Capacity * Width;

    /// <inheritdoc/>
    public Fr Sum(FrSlice a)
    {
        int whole = WholeGroups(a.Length);
        ColumnSums sums = Parallelism.Sum(whole, (start, length) => SumGroups(a, start, start + length));
        return sums.ToMontgomeryForm(LaneBits.LimbBits) + Scalar.Sum(Rest(a, whole));
    }

    /// <inheritdoc/>
    public Fr InnerProduct(FrSlice a, FrSlice b)
    {
        Require.SameLength(a.Length, b.Length);
        int whole = WholeGroups(a.Length);
        ColumnSums sums = Parallelism.Sum(whole, (start, length) => InnerProductGroups(a, b, start, start + length));
        return ProductOfTwo(sums) + Scalar.InnerProduct(Rest(a, whole), Rest(b, whole));
    }

    /// <summary>The value of Σ (a·R)·(b·R), that is, divided by R once for the Montgomery form.</summary>
    private static Fr ProductOfTwo(in ColumnSums sums) => sums.ToMontgomeryForm(LaneBits.LimbBits) * new Fr(1, 0, 0, 0);

    /// <summary>
    /// The value of Σ (a·R)·((b·R)·(c·R)/2^260), where the product in the inner brackets was reduced in the lanes: as
    /// <see cref="ProductOfTwo"/>, times the 2^4 by which 2^260 exceeds R.
    /// </summary>
    private static Fr ProductOfThree(in ColumnSums sums) => sums.ToMontgomeryForm(LaneBits.LimbBits) * new Fr(16, 0, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ColumnSums SumGroups(FrSlice a, int start, int end)
    {
        // Limbs of 52 bits leave room for 4096 of them; fewer, so that the sum over the lanes fits as well.
        const int Block = 256 * Width;
        ColumnSums sums = default;
        nuint stride = (nuint)a.Stride;
        for (int i = start; i < end;)
        {
            FrLanes total = default;
            for (int blockEnd = Math.Min(end, i + Block); i < blockEnd; i += Width)
            {
                FrLanes.Load(in At(a, i), stride, out FrLanes x);
                FrLanes.Add(in total, in x, out total);
            }

            sums[0] += Vector512.Sum(total.L0);
            sums[1] += Vector512.Sum(total.L1);
            sums[2] += Vector512.Sum(total.L2);
            sums[3] += Vector512.Sum(total.L3);
            sums[4] += Vector512.Sum(total.L4);
        }

        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ColumnSums InnerProductGroups(FrSlice a, FrSlice b, int start, int end)
    {
        ColumnSums sums = default;
        ProductSum products = default;
        nuint strideA = (nuint)a.Stride, strideB = (nuint)b.Stride;
        for (int i = start; i < end;)
        {
            for (int blockEnd = Math.Min(end, i + BlockLength); i < blockEnd; i += Width)
            {
                LaneFactor.Load(in At(a, i), strideA, out LaneFactor x);
                LaneFactor.Load(in At(b, i), strideB, out LaneFactor y);
                ProductSum.Add(ref products, in x, in y);
            }

            products.DrainTo(ref sums);
        }

        return sums;
    }
}
