using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>
/// <c>Σ_o Σ_k outer(o) · inner(k) · eq(point, first + o·K + k)</c> over consecutive addresses, K being the number of inner weights, which is no power of two as a rule.
/// <para>
/// Addresses that share their upper bits share a factor of eq; what is left of them is a window of inner weights, folded at the lower coordinates. A window depends on nothing but where it
/// begins among the inner weights, so a few windows serve all outer indexes, and the sum takes about K/2^w products for each of those instead of 2K, for windows of 2^w addresses. That
/// is what these sums cost a circuit.
/// </para>
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
internal sealed class BlockSum<T>
    where T : struct, IScalar<T>
{
    private const int MostWindowBits = 6;

    private readonly EvaluationPoint<T> _point;
    private readonly T[] _inner;
    private readonly Dictionary<(int Bits, int Start), T> _windows = [];

    private BlockSum(EvaluationPoint<T> point, T[] inner) => (_point, _inner) = (point, inner);

    /// <summary>The sum.</summary>
    /// <param name="point">A point of the addresses.</param>
    /// <param name="first">The first address.</param>
    /// <param name="outer">Weights of the outer indexes.</param>
    /// <param name="inner">Weights of the inner ones.</param>
    public static T Evaluate(EvaluationPoint<T> point, int first, ReadOnlySpan<T> outer, T[] inner)
    {
        int bits = WindowBits(point.Count, outer.Length, inner.Length);
        int firstWindow = first >> bits;
        int windows = ((first + (outer.Length * inner.Length) - 1) >> bits) - firstWindow + 1;
        T[] upper = Equality.Range(point.Prefix(point.Count - bits), firstWindow, windows);
        var sum = new BlockSum<T>(point, inner);
        T total = T.Zero;
        for (int o = 0; o < outer.Length; o++)
        {
            int start = first + (o * inner.Length);
            T row = T.Zero;
            for (int window = start >> bits; window <= (start + inner.Length - 1) >> bits; window++)
            {
                row += upper[window - firstWindow] * sum.Window(bits, (window << bits) - start);
            }

            total += outer[o] * row;
        }

        return total;
    }

    /// <summary>The width at which the products are fewest: those of the windows, of the factors of eq above them, and of both.</summary>
    private static int WindowBits(int pointBits, int outer, int inner)
    {
        int best = 0;
        long fewest = long.MaxValue;
        for (int bits = 0; bits <= Math.Min(MostWindowBits, pointBits); bits++)
        {
            long folding = bits == 0 ? 0 : ((long)bits * inner) + (1L << bits);
            long products = folding + ((long)outer * inner >> bits) + (outer * (((long)inner >> bits) + 1));
            if (products < fewest)
            {
                (best, fewest) = (bits, products);
            }
        }

        return best;
    }

    /// <summary><c>Σ_{i &lt; 2^bits} eq(lowest coordinates, i) · inner(start + i)</c>, inner being zero outside of its range.</summary>
    private T Window(int bits, int start)
    {
        if (start >= _inner.Length || start + (1 << bits) <= 0)
        {
            return T.Zero;
        }

        if (bits == 0)
        {
            return _inner[start];
        }

        if (!_windows.TryGetValue((bits, start), out T window))
        {
            T low = Window(bits - 1, start);
            T high = Window(bits - 1, start + (1 << (bits - 1)));
            window = low + (_point[_point.Count - bits] * (high - low));
            _windows[(bits, start)] = window;
        }

        return window;
    }
}
