using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>
/// A claim on preprocessed data after their rows were folded at the shared row point: <c>Σ_block Σ_low segment(block, low) · w(block) ·
/// eq(Low, low) = Value</c>, where <c>w</c> is a product of equality polynomials, one for each axis that numbers the blocks.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Segment">The segment.</param>
/// <param name="BlockPoints">One point for each block axis.</param>
/// <param name="Low">The point inside a block.</param>
/// <param name="Value">The claimed value of the folded segment.</param>
public sealed record SegmentClaim<T>(WeightSegment Segment, EvaluationPoint<T>[] BlockPoints, EvaluationPoint<T> Low, T Value)
    where T : struct, IScalar<T>
{
    /// <summary>The weight of each block, in order.</summary>
    public T[] BlockWeights() => Weights(0);

    /// <summary>The multilinear extension of the kernel at a point of the matrix's columns.</summary>
    public T KernelAt(EvaluationPoint<T> point)
    {
        EvaluationPoint<T> high = point.Prefix(point.Count - Segment.BlockBits);
        ReadOnlySpan<T> outer = BlockPoints.Length == 0 ? [T.One] : Equality.Table(BlockPoints[0]).AsSpan(0, Segment.BlockAxes[0]);
        T sum = BlockSum<T>.Evaluate(high, Segment.Offset >> Segment.BlockBits, outer, Weights(1));
        return sum * Equality.Evaluate(Low, point.Suffix(Segment.BlockBits));
    }

    /// <summary>The products of the weights on all axes from one on, in order.</summary>
    private T[] Weights(int firstAxis)
    {
        T[] weights = [T.One];
        for (int axis = firstAxis; axis < BlockPoints.Length; axis++)
        {
            T[] table = Equality.Table(BlockPoints[axis]);
            int extent = Segment.BlockAxes[axis];
            var next = new T[weights.Length * extent];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = axis == firstAxis ? table[i] : weights[i / extent] * table[i % extent];
            }

            weights = next;
        }

        return weights;
    }
}
