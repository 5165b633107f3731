using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Proofs;

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

            // Names, scales and the flag of an insecure setup are what a key says about itself; they take no part in a proof.
            bool same = key.ModelCommitment().AsSpan().SequenceEqual(Fixture.Key.Verification.ModelCommitment())
                && key.Setup.Id.AsSpan().SequenceEqual(Fixture.Key.Verification.Setup.Id.AsSpan()) && key.Setup.Tau == Fixture.Key.Verification.Setup.Tau;
            Rejection? rejection = InferenceVerifier.Verify(key, Fixture.Proven.Statement, CoreProofFormat.Encode(Fixture.Proven.Proof));
            Assert.Equal(same, rejection is null);
            Assert.NotEqual(RejectionReason.Internal, rejection?.Reason);
        }
    }
}
