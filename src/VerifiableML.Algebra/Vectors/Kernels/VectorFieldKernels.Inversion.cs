using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <inheritdoc/>
    public void BatchInvert(FrSlice values)
    {
        int whole = WholeGroups(values.Length);
        if (whole > 0)
        {
            Parallelism.For(whole, (start, length) => InvertGroups(values.Slice(start, length)));
        }

        Scalar.BatchInvert(Rest(values, whole));
    }

    /// <summary>
    /// Montgomery's trick (Montgomery, "Speeding the Pollard and elliptic curve methods of factorization", 1987, §10.3.1) in eight lanes
    /// side by side: running products up, one inversion of each lane's product, and down again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InvertGroups(FrSlice values)
    {
        using FrVector before = FrVector.Rent(values.Length);
        FrSlice products = before.All;
        nuint stride = (nuint)values.Stride, strideP = (nuint)products.Stride;

        FrLanes.Broadcast(ScalarModulus.One, out FrLanes running);
        for (int i = 0; i < values.Length; i += Width)
        {
            FrLanes.Store(in running, ref At(products, i), strideP);
            FrLanes.Load(in At(values, i), stride, out FrLanes x);
            ReplaceZero(in x, out FrLanes factor);
            FrLanes.Times16(in running, out running);
            FrLanes.Multiply(in running, in factor, out running);
            FrLanes.ReduceOnce(in running, out running);
        }

        InvertLanes(ref running);
        for (int i = values.Length - Width; i >= 0; i -= Width)
        {
            FrLanes.Load(in At(products, i), strideP, out FrLanes product);
            FrLanes.Load(in At(values, i), stride, out FrLanes x);
            Vector512<ulong> zero = ReplaceZero(in x, out FrLanes factor);

            FrLanes.Times16(in running, out FrLanes scaled);
            FrLanes.ToFactor(in scaled, out LaneFactor inverse);
            FrLanes.ToFactor(in product, out LaneFactor others);
            FrLanes.Multiply(in inverse, in others, out FrLanes result);
            FrLanes.ReduceOnce(in result, out result);
            FrLanes.ToFactor(in factor, out LaneFactor self);
            FrLanes.Multiply(in inverse, in self, out running);
            FrLanes.ReduceOnce(in running, out running);

            result.L0 &= ~zero;
            result.L1 &= ~zero;
            result.L2 &= ~zero;
            result.L3 &= ~zero;
            result.L4 &= ~zero;
            FrLanes.Store(in result, ref At(values, i), stride);
        }
    }

    /// <summary>Puts one (as an integer: any value that is not zero will do) in the lanes that are zero; all ones in those lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> ReplaceZero(in FrLanes x, out FrLanes result)
    {
        Vector512<ulong> zero = Vector512.Equals(x.L0 | x.L1 | x.L2 | x.L3 | x.L4, Vector512<ulong>.Zero);
        result = x;
        result.L0 |= zero & Vector512<ulong>.One;
        return zero;
    }

    /// <summary>Inverts every lane, with one inversion for all of them.</summary>
    private static void InvertLanes(ref FrLanes lanes)
    {
        using FrVector eight = FrVector.Rent(Width);
        FrSlice values = eight.All;
        FrLanes.Store(in lanes, ref values.Origin, (nuint)values.Stride);

        Span<Fr> before = stackalloc Fr[Width];
        Fr product = Fr.One;
        for (int k = 0; k < Width; k++)
        {
            before[k] = product;
            product *= values[k];
        }

        Fr inverse = product.Inverse();
        for (int k = Width - 1; k >= 0; k--)
        {
            Fr value = values[k];
            values[k] = inverse * before[k];
            inverse *= value;
        }

        FrLanes.Load(in values.Origin, (nuint)values.Stride, out lanes);
    }
}
