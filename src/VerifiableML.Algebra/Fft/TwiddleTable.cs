namespace VerifiableML.Algebra.Fft;

/// <summary>
/// The roots of unity that the stages of a transform multiply by, each stage's in a row of its own, so that every stage reads memory in
/// order: the stage on blocks of 2^k elements uses ω_k⁰ … ω_k^(2^(k−1) − 1), with ω_k of order 2^k.
/// </summary>
internal sealed class TwiddleTable
{
    private readonly Fr[] _rows;

    public TwiddleTable(int logSize, in Fr generator)
    {
        LogSize = logSize;
        int half = (1 << logSize) / 2;

        // Row k starts at 2^(k−1); entry 0 is not used. The longest row is a geometric series, the others every second entry of the next.
        _rows = new Fr[Math.Max(1, 2 * half)];
        Memory<Fr> longest = _rows.AsMemory(half, half);
        longest.Span.Fill(Fr.One);
        Scaling.ByGeometricSeries(longest, Fr.One, generator);
        for (int length = half / 2; length >= 1; length /= 2)
        {
            for (int i = 0; i < length; i++)
            {
                _rows[length + i] = _rows[(2 * length) + (2 * i)];
            }
        }
    }

    public int LogSize { get; }

    /// <summary>The row for blocks of twice <paramref name="half"/> elements.</summary>
    public ReadOnlySpan<Fr> Row(int half) => _rows.AsSpan(half, half);
}
