using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Fft;

/// <summary><see cref="Radix2Transform"/> eight elements at a time, for at least 64 of them.</summary>
internal static class VectorTransform
{
    public const int MinimumLogSize = 6;

    /// <summary>Blocks of at most this many elements are left to one core: 128 kB, so that they fit its cache.</summary>
    private const int SequentialSize = 1 << 12;

    public static bool IsSupported => Lanes<ScalarModulus>.IsSupported;

    public static void Run(FrSlice values, VectorTwiddles twiddles)
    {
        TransformBlock(values, twiddles);
        VectorBitReversal.Permute(values, twiddles.LogSize);
    }

    private static void TransformBlock(FrSlice block, VectorTwiddles twiddles)
    {
        int half = block.Length / 2;
        if (block.Length <= SequentialSize)
        {
            TransformInCache(block, twiddles);
            return;
        }

        FrSlice lower = block.Slice(0, half), upper = block.Slice(half, half), roots = twiddles.Row(half);
        int pieces = half / Math.Min(half, SequentialSize);
        int piece = half / pieces;
        Parallel.For(0, pieces, i => VectorButterflies.Apply(
            lower.Slice(i * piece, piece), upper.Slice(i * piece, piece), roots.Slice(i * piece, piece)));
        Parallel.Invoke(() => TransformBlock(lower, twiddles), () => TransformBlock(upper, twiddles));
    }

    private static void TransformInCache(FrSlice block, VectorTwiddles twiddles)
    {
        for (int half = block.Length / 2; half >= Lanes<ScalarModulus>.Width; half /= 2)
        {
            FrSlice roots = twiddles.Row(half);
            for (int start = 0; start < block.Length; start += 2 * half)
            {
                VectorButterflies.Apply(block.Slice(start, half), block.Slice(start + half, half), roots);
            }
        }

        VectorButterflies.ApplyLastStages(block, twiddles.Small);
    }
}
