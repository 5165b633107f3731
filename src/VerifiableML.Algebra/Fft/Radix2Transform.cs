namespace VerifiableML.Algebra.Fft;

/// <summary>
/// The transform itself: decimation in frequency (Gentleman and Sande, 1966), block by block, the inner blocks while they are still in the cache;
/// then the permutation that undoes its bit-reversed order.
/// </summary>
internal static class Radix2Transform
{
    /// <summary>Blocks of at most this many elements are left to one core: half a megabyte, so that they fit its cache.</summary>
    private const int SequentialSize = 1 << 12;

    public static void Run(Memory<Fr> values, TwiddleTable twiddles)
    {
        TransformBlock(values, twiddles);
        BitReversal.Permute(values.Span, twiddles.LogSize);
    }

    /// <summary>Transforms a block into bit-reversed order.</summary>
    private static void TransformBlock(Memory<Fr> block, TwiddleTable twiddles)
    {
        int half = block.Length / 2;
        if (block.Length <= SequentialSize)
        {
            TransformInCache(block.Span, twiddles);
            return;
        }

        int pieces = Math.Max(1, half / SequentialSize);
        int piece = half / pieces;
        Parallel.For(0, pieces, i => Butterflies(
            block.Span.Slice(i * piece, piece), block.Span.Slice(half + (i * piece), piece), twiddles.Row(half).Slice(i * piece, piece)));
        Parallel.Invoke(() => TransformBlock(block[..half], twiddles), () => TransformBlock(block[half..], twiddles));
    }

    private static void TransformInCache(Span<Fr> block, TwiddleTable twiddles)
    {
        for (int half = block.Length / 2; half >= 1; half /= 2)
        {
            ReadOnlySpan<Fr> roots = twiddles.Row(half);
            for (int start = 0; start < block.Length; start += 2 * half)
            {
                Butterflies(block.Slice(start, half), block.Slice(start + half, half), roots);
            }
        }
    }

    /// <summary>(a, b) ← (a + b, (a − b)·root), element by element.</summary>
    private static void Butterflies(Span<Fr> lower, Span<Fr> upper, ReadOnlySpan<Fr> roots)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            Fr a = lower[i];
            Fr b = upper[i];
            lower[i] = a + b;
            upper[i] = (a - b) * roots[i];
        }
    }
}
