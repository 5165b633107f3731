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
    public T[] BlockWeights()
    {
        T[] weights = [T.One];
        for (int axis = 0; axis < BlockPoints.Length; axis++)
        {
            T[] table = Equality.Table(BlockPoints[axis]);
            int extent = Segment.BlockAxes[axis];
            var next = new T[weights.Length * extent];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = axis == 0 ? table[i] : weights[i / extent] * table[i % extent];
            }

            weights = next;
        }

        return weights;
    }

    /// <summary>The multilinear extension of the kernel at a point of the matrix's columns.</summary>
    public T KernelAt(EvaluationPoint<T> point)
    {
        EvaluationPoint<T> high = point.Prefix(point.Count - Segment.BlockBits);
        T[] sums = Equality.Range(high, Segment.Offset >> Segment.BlockBits, Segment.Blocks);

        // Block axes are summed away one after the other, the last first.
        for (int axis = BlockPoints.Length - 1; axis >= 0; axis--)
        {
            T[] weights = Equality.Table(BlockPoints[axis]);
            int extent = Segment.BlockAxes[axis];
            var outer = new T[sums.Length / extent];
            for (int i = 0; i < sums.Length; i++)
            {
                outer[i / extent] += weights[i % extent] * sums[i];
            }

            sums = outer;
        }

        return sums[0] * Equality.Evaluate(Low, point.Suffix(Segment.BlockBits));
    }
}
