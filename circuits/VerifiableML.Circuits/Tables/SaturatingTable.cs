using VerifiableML.Algebra;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tables;

/// <summary>
/// The pairs <c>(q, f(q))</c> of an activation, on the whole domain that the accumulators' bound allows. Where <c>f(0) ≠ 0</c> the least key is
/// given up: its value is 0, and padded cells look it up, so that a padded cell is zero whatever the activation. The compiler of the
/// model leaves that key unused.
/// </summary>
/// <param name="Function">The activation.</param>
public sealed record SaturatingTable(ActivationTable Function) : LookupTable(Function.DomainBits)
{
    /// <inheritdoc/>
    public override string Name => $"{Function.Name} {Bits}";

    /// <inheritdoc/>
    public override int FirstKey => -(1 << (Bits - 1));

    /// <summary>Whether padded cells look up the least key in place of 0.</summary>
    public bool MarksPadding => Function.Evaluate(0) != 0;

    /// <inheritdoc/>
    public override int Value(int key) => MarksPadding && key == FirstKey ? 0 : Function.Evaluate(key);

    /// <inheritdoc/>
    /// <remarks>
    /// Constant below the centre, entry by entry inside, constant above: a multiplication for each entry of the centre and each bit, not for
    /// each row.
    /// </remarks>
    public override T ValueAt<T>(EvaluationPoint<T> point)
    {
        long rows = 1L << Bits;
        long start = Math.Clamp((long)Function.First - FirstKey, 0, rows);
        long end = Math.Clamp((long)Function.First - FirstKey + Function.Values.Length, 0, rows);
        T below = Equality.SumBelow(point, start);
        T above = T.One - Equality.SumBelow(point, end);
        T value = (below * ScalarConstants.Integer<T>(Function.Values[0])) + (above * ScalarConstants.Integer<T>(Function.Values[^1]))
            + Centre(point, start, end);
        if (MarksPadding)
        {
            value -= Equality.AtIndex(point, 0) * ScalarConstants.Integer<T>(Function.Evaluate(FirstKey));
        }

        return value;
    }

    /// <summary><c>Σ_{start ≤ i &lt; end} f(i) eq(point, i)</c>, block by block of a power of two at least the centre's length.</summary>
    private T Centre<T>(EvaluationPoint<T> point, long start, long end)
        where T : struct, IScalar<T>
    {
        int lowBits = Math.Min(Bits, Layout.TensorLayout.BitsFor(Math.Max(end - start, 1)));
        T[] low = Equality.Table(point.Suffix(lowBits));
        EvaluationPoint<T> high = point.Prefix(Bits - lowBits);
        T sum = T.Zero;
        for (long block = start >> lowBits; block << lowBits < end; block++)
        {
            T inner = T.Zero;
            for (long i = Math.Max(start, block << lowBits); i < Math.Min(end, (block + 1) << lowBits); i++)
            {
                int value = Function.Evaluate(i + FirstKey);
                if (value != 0)
                {
                    inner += low[i & ((1L << lowBits) - 1)] * ScalarConstants.Integer<T>(value);
                }
            }

            sum += inner * Equality.AtIndex(high, block);
        }

        return sum;
    }
}
