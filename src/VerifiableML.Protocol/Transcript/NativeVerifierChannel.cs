using VerifiableML.Algebra;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Protocol.Transcript;

/// <summary>The verifier's channel over field elements: reads the messages of a proof and keeps the first failed check.</summary>
/// <param name="seed">The transcript's seed.</param>
/// <param name="messages">The proof's scalars, in order.</param>
public sealed class NativeVerifierChannel(Fr seed, ReadOnlyMemory<Fr> messages) : VerifierChannel<Fr>(seed, state => Poseidon2.Permute(state))
{
    private int _next;

    /// <summary>The first check that failed, or null.</summary>
    public Rejection? Rejection { get; private set; }

    /// <inheritdoc/>
    public override void RequireZero(Fr value, string check)
    {
        if (!value.IsZero)
        {
            Reject(check);
        }
    }

    /// <inheritdoc/>
    public override void RequireNonZero(Fr value, string check)
    {
        if (value.IsZero)
        {
            Reject(check);
        }
    }

    /// <summary>Demands that every message has been read.</summary>
    public void RequireEnd()
    {
        if (_next != messages.Length)
        {
            Rejection ??= new Rejection(RejectionReason.Malformed, $"{messages.Length} scalars in the proof, {_next} expected");
        }
    }

    /// <inheritdoc/>
    protected override Fr Next(string label)
    {
        if (_next >= messages.Length)
        {
            Rejection ??= new Rejection(RejectionReason.Malformed, $"the proof ends before «{label}»");
            return Fr.Zero;
        }

        return messages.Span[_next++];
    }

    private void Reject(string check)
    {
        RejectionReason reason = check.StartsWith("lookup", StringComparison.Ordinal) ? RejectionReason.Lookup : RejectionReason.Relation;
        Rejection ??= new Rejection(reason, check);
    }
}
