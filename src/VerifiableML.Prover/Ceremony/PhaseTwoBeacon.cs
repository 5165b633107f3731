using System.Collections.Immutable;

namespace VerifiableML.Prover.Ceremony;

/// <summary>
/// Public randomness that nobody could foresee, such as the hash of a block: the last contribution is made from it, so that the one before cannot be
/// chosen for what comes out in the end.
/// </summary>
/// <param name="Value">1 to 255 bytes.</param>
/// <param name="IterationsExponent">SHA-256 is applied 2^this times, which takes too long for trying out many values.</param>
public sealed record PhaseTwoBeacon(ImmutableArray<byte> Value, int IterationsExponent)
{
    /// <summary>Greatest length of <see cref="Value"/>.</summary>
    public const int GreatestLength = 255;

    /// <summary>Least exponent that snarkjs takes.</summary>
    public const int LeastExponent = 10;

    /// <summary>Greatest exponent that is repeated here, about a minute's work: a file must not be able to ask for centuries.</summary>
    public const int GreatestExponent = 28;

    /// <inheritdoc/>
    public bool Equals(PhaseTwoBeacon? other) =>
        other is not null && IterationsExponent == other.IterationsExponent && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IterationsExponent, Value.Length);
}
