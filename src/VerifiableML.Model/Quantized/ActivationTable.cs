using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// A saturating function on integers, <c>y = Values[clamp(q − First, 0, Values.Length − 1)]</c>: constant below its centre, any
/// values inside, constant above. It is defined on <c>−2^(DomainBits−1) ≤ q &lt; 2^(DomainBits−1)</c>, which the compiler of the model
/// has shown to hold every <c>q</c> that any input can produce.
/// </summary>
/// <param name="Name">What the function is, for people: <c>clamp</c>, <c>relu</c>, <c>sigmoid</c> …</param>
/// <param name="DomainBits">Width of the domain in bits, 1 to 20.</param>
/// <param name="First">The <c>q</c> to which <c>Values[0]</c> belongs.</param>
/// <param name="Values">Values over the centre, at least one.</param>
public sealed record ActivationTable(string Name, int DomainBits, int First, ImmutableArray<int> Values)
{
    /// <summary>The value at <paramref name="q"/>.</summary>
    public int Evaluate(long q) => Values[(int)Math.Clamp(q - First, 0, Values.Length - 1)];

    /// <summary>Equality of contents, so that nodes with the same function share one lookup table.</summary>
    public bool Equals(ActivationTable? other) =>
        other is not null && DomainBits == other.DomainBits && First == other.First && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DomainBits, First, Values.Length);
}
