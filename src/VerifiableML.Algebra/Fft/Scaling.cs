namespace VerifiableML.Algebra.Fft;

/// <summary>Products with the terms of a geometric series.</summary>
internal static class Scaling
{
    private const int ChunkSize = 1 << 12;

    /// <summary>values[i] ← values[i]·first·ratioⁱ, in chunks on all cores.</summary>
    public static void ByGeometricSeries(Memory<Fr> values, Fr first, Fr ratio)
    {
        int chunks = (values.Length + ChunkSize - 1) / ChunkSize;
        if (chunks == 1)
        {
            Scale(values.Span, first, ratio);
            return;
        }

        Fr chunkRatio = ratio.Pow(ChunkSize);
        Parallel.For(0, chunks, chunk =>
        {
            int start = chunk * ChunkSize;
            int length = Math.Min(ChunkSize, values.Length - start);
            Scale(values.Span.Slice(start, length), first * chunkRatio.Pow((ulong)chunk), ratio);
        });
    }

    private static void Scale(Span<Fr> values, Fr factor, in Fr ratio)
    {
        bool constant = ratio == Fr.One;
        foreach (ref Fr value in values)
        {
            value *= factor;
            if (!constant)
            {
                factor *= ratio;
            }
        }
    }
}
