using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Claims;

/// <summary>
/// The equality polynomial <c>eq(x, y) = Π (x_j y_j + (1 − x_j)(1 − y_j))</c> and sums of it over index ranges, over any scalar.
/// </summary>
public static class Equality
{
    /// <summary><c>eq(x, y)</c> at two points of the same length.</summary>
    public static T Evaluate<T>(EvaluationPoint<T> x, EvaluationPoint<T> y)
        where T : struct, IScalar<T>
    {
        T product = T.One;
        for (int j = 0; j < x.Count; j++)
        {
            // x y + (1 − x)(1 − y) = 1 − x − y + 2 x y: one multiplication for the factor, one for the product.
            T xy = x[j] * y[j];
            product *= T.One - x[j] - y[j] + xy + xy;
        }

        return product;
    }

    /// <summary><c>eq(x, bits of index)</c>; the most significant bit belongs to coordinate 0.</summary>
    public static T AtIndex<T>(EvaluationPoint<T> x, long index)
        where T : struct, IScalar<T>
    {
        T product = T.One;
        for (int j = 0; j < x.Count; j++)
        {
            product *= Bit(index, x.Count - 1 - j) ? x[j] : T.One - x[j];
        }

        return product;
    }

    /// <summary>The table <c>eq(x, i)</c> for all <c>i &lt; 2^x.Count</c>.</summary>
    public static T[] Table<T>(EvaluationPoint<T> x)
        where T : struct, IScalar<T>
    {
        var table = new T[1 << x.Count];
        table[0] = T.One;
        for (int j = 0; j < x.Count; j++)
        {
            for (int i = (1 << j) - 1; i >= 0; i--)
            {
                T upper = table[i] * x[j];
                table[(2 * i) + 1] = upper;
                table[2 * i] = table[i] - upper;
            }
        }

        return table;
    }

    /// <summary>
    /// <c>eq(x, i)</c> for <paramref name="count"/> indexes from <paramref name="first"/> on: down the tree of prefixes, about one multiplication
    /// an index.
    /// </summary>
    public static T[] Range<T>(EvaluationPoint<T> x, int first, int count)
        where T : struct, IScalar<T>
    {
        T[] nodes = [T.One];
        int start = 0;
        for (int j = 0; j < x.Count; j++)
        {
            int shift = x.Count - 1 - j;
            int nextStart = first >> shift;
            var next = new T[((first + count - 1) >> shift) - nextStart + 1];
            for (int i = 0; i < nodes.Length; i++)
            {
                T upper = nodes[i] * x[j];
                int child = (2 * (start + i)) - nextStart;
                if (child >= 0)
                {
                    next[child] = nodes[i] - upper;
                }

                if (child + 1 < next.Length)
                {
                    next[child + 1] = upper;
                }
            }

            (nodes, start) = (next, nextStart);
        }

        return nodes;
    }

    /// <summary><c>Σ_{i &lt; bound} eq(x, i)</c> for <c>0 ≤ bound ≤ 2^x.Count</c>, in one multiplication a coordinate.</summary>
    public static T SumBelow<T>(EvaluationPoint<T> x, long bound)
        where T : struct, IScalar<T>
    {
        if (bound >= 1L << x.Count)
        {
            return T.One;
        }

        T sum = T.Zero;
        T prefix = T.One;
        for (int j = 0; j < x.Count; j++)
        {
            T upper = prefix * x[j];
            T lower = prefix - upper;
            if (Bit(bound, x.Count - 1 - j))
            {
                sum += lower;
                prefix = upper;
            }
            else
            {
                prefix = lower;
            }
        }

        return sum;
    }

    /// <summary><c>Σ_i i · eq(x, i)</c>: the multilinear extension of the identity.</summary>
    public static T Identity<T>(EvaluationPoint<T> x)
        where T : struct, IScalar<T>
    {
        T sum = T.Zero;
        for (int j = 0; j < x.Count; j++)
        {
            sum = sum + sum + x[j];
        }

        return sum;
    }

    private static bool Bit(long value, int position) => ((value >> position) & 1) != 0;
}
