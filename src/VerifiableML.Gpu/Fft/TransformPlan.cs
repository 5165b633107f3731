namespace VerifiableML.Gpu.Fft;

/// <summary>How the stages of a transform are shared out among passes over device memory: the last ones, on neighbouring elements, are one pass.</summary>
internal static class TransformPlan
{
    // Eight neighbouring columns are 64 bytes of a plane: two whole sectors of memory.
    private const int LogWidth = 3;
    private const int LastBits = 10;
    private const int MostBits = 7;

    /// <summary>The passes for 2^<paramref name="logSize"/> elements, in order.</summary>
    /// <param name="logSize">At least 0.</param>
    /// <param name="lastBits">Stages of the last pass at most.</param>
    /// <param name="mostBits">Stages of every other pass at most.</param>
    public static TransformPass[] Of(int logSize, int lastBits = LastBits, int mostBits = MostBits)
    {
        int last = Math.Min(logSize, lastBits);
        int rest = logSize - last;
        int count = (rest + mostBits - 1) / mostBits;
        var passes = new TransformPass[count + 1];
        int logStride = logSize;
        for (int i = 0; i < count; i++)
        {
            // As even as can be.
            int bits = (rest + count - i - 1) / (count - i);
            rest -= bits;
            logStride -= bits;
            passes[i] = new TransformPass(logSize, logStride, bits, Math.Min(LogWidth, logStride));
        }

        passes[count] = new TransformPass(logSize, 0, last, 0);
        return passes;
    }
}
