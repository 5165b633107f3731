using System.Runtime.CompilerServices;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <inheritdoc/>
    public void ExpandEquality(ReadOnlySpan<Fr> point, Fr scale, FrSlice destination)
    {
        Require.PowerOfTwo(point.Length, destination.Length);

        // The last coordinates, which belong to the least significant bits, fill one group of lanes; the others double what is filled.
        int inGroup = Math.Min(point.Length, 3);
        Scalar.ExpandEquality(point[^inGroup..], scale, destination.Slice(0, 1 << inGroup));
        int filled = 1 << inGroup;
        for (int variable = point.Length - 1 - inGroup; variable >= 0; variable--, filled *= 2)
        {
            Fr r = point[variable];
            FrSlice lower = destination.Slice(0, filled), upper = destination.Slice(filled, filled);
            Parallelism.For(filled, (start, length) => DoubleEquality(lower, upper, r, start, start + length));
        }
    }

    /// <summary>upper = r·lower, then lower −= upper: one multiplication for two values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DoubleEquality(FrSlice lower, FrSlice upper, Fr r, int start, int end)
    {
        nuint stride = (nuint)lower.Stride;
        LaneFactor.BroadcastTimes16(r, out LaneFactor factor);
        for (int i = start; i < end; i += Width)
        {
            FrLanes.Load(in At(lower, i), stride, out FrLanes x);
            FrLanes.ToFactor(in x, out LaneFactor y);
            FrLanes.Multiply(in y, in factor, out FrLanes one);
            FrLanes.ReduceOnce(in one, out one);
            FrLanes.SubtractReduced(in x, in one, out FrLanes zero);
            FrLanes.Store(in one, ref At(upper, i), stride);
            FrLanes.Store(in zero, ref At(lower, i), stride);
        }
    }
}
