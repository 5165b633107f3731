namespace VerifiableML.Model.Quantized;

/// <summary>
/// How an accumulator becomes an activation: <c>acc + ⌊2^(Shift−1)⌋ = q · 2^Shift + rem</c> with <c>0 ≤ rem &lt; 2^Shift</c>, and the output is
/// <c>Table(q)</c>. Floor, not truncation; the rounding term is 0 for a shift of 0.
/// </summary>
/// <param name="Shift">Number of bits dropped, 0 to 48.</param>
/// <param name="Table">The saturating function applied to <c>q</c>.</param>
public sealed record Requantization(int Shift, ActivationTable Table)
{
    /// <summary>The rounding term that is added before the shift.</summary>
    public long Half => Shift == 0 ? 0 : 1L << (Shift - 1);

    /// <summary>The quotient <c>q</c> of <paramref name="accumulator"/>.</summary>
    public long Quotient(long accumulator) => (accumulator + Half) >> Shift;

    /// <summary>The remainder of <paramref name="accumulator"/>, between 0 and 2^Shift − 1.</summary>
    public long Remainder(long accumulator) => (accumulator + Half) & ((1L << Shift) - 1);
}
