using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>Verification keys from anywhere: read or refused without an exception, and a changed key accepts no proof of the old one.</summary>
public sealed class KeyBytesTests
{
    private static readonly ProvingFixture Fixture = EveryRelation.Fixture;
    private static readonly byte[] Bytes = VerificationKeyFormat.Encode(Fixture.Key.Verification);

    [Fact]
    public void A_key_survives_its_encoding()
    {
        Assert.True(VerificationKeyFormat.TryDecode("key", Bytes, out VerificationKey? key, out _));
        Assert.Equal(Fixture.Key.Verification.ModelCommitment(), key.ModelCommitment());
        Assert.Null(InferenceVerifier.Verify(key, Fixture.Proven.Statement, Fixture.Proven.Proof));
    }

    [Fact]
    public void Truncated_and_lengthened_keys_are_refused()
    {
        for (int length = 0; length < Bytes.Length; length += 13)
        {
            Assert.False(VerificationKeyFormat.TryDecode("key", Bytes.AsMemory(0, length), out _, out _));
        }

        Assert.False(VerificationKeyFormat.TryDecode("key", (byte[])[.. Bytes, 0], out _, out _));
    }

    [Fact]
    public void A_changed_key_is_another_key_or_none()
    {
        var random = new Random(11);
        for (int i = 0; i < 150; i++)
        {
            byte[] changed = [.. Bytes];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            if (!VerificationKeyFormat.TryDecode("key", changed, out VerificationKey? key, out _))
            {
                continue;
            }

            // Names and scales are what a key says about itself; they take no part in a proof.
            bool same = key.ModelCommitment().AsSpan().SequenceEqual(Fixture.Key.Verification.ModelCommitment())
                && key.Setup.Id.AsSpan().SequenceEqual(Fixture.Key.Verification.Setup.Id.AsSpan()) && key.Setup.Tau == Fixture.Key.Verification.Setup.Tau;
            Rejection? rejection = InferenceVerifier.Verify(key, Fixture.Proven.Statement, CoreProofFormat.Encode(Fixture.Proven.Proof));
            Assert.Equal(same, rejection is null);
            Assert.NotEqual(RejectionReason.Internal, rejection?.Reason);
        }
    }

    /// <summary>Proofs are bound to the setup's identity alone: under a known name, somebody's own [τ]G2 would open commitments to anything.</summary>
    [Fact]
    public void A_setup_under_the_name_of_another_is_refused()
    {
        SetupReference honest = Fixture.Key.Verification.Setup;
        SetupReference[] others =
        [
            honest with { Tau = honest.Tau + G2.Generator }, honest with { IsInsecure = !honest.IsInsecure }, honest with { Id = [.. new byte[32]] },
        ];
        foreach (SetupReference other in others)
        {
            byte[] bytes = VerificationKeyFormat.Encode(Fixture.Key.Verification with { Setup = other });
            Assert.False(VerificationKeyFormat.TryDecode("key", bytes, out _, out FileError? error));
            Assert.Contains("identity", error.ToString(), StringComparison.Ordinal);
        }
    }
}
