using VerifiableML.Algebra;

namespace VerifiableML.Prover.Ceremony;

/// <summary>The point Q of G2 whose multiple x·Q proves that a party knew x: nobody chooses it, as it is a hash of what came before.</summary>
internal static class ChallengePoint
{
    /// <summary>The point that the first half of a transcript's hash is the seed of.</summary>
    public static G2 FromTranscript(ReadOnlySpan<byte> transcript)
    {
        using var generator = new ChaChaGenerator(transcript[..ChaChaGenerator.SeedLength]);
        return generator.NextG2();
    }
}
