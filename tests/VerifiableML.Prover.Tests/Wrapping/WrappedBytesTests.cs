using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>One wrapped proof and one key have one byte string; every other one is refused with a reason and without an exception.</summary>
public sealed class WrappedBytesTests
{
    private const int Header = 8 + (4 * 12);
    private static readonly BigInteger BaseModulus = Fq.Modulus;
    private static readonly WrappedInference Inference = WrappedInference.Shared;
    private static readonly byte[] Bytes = WrappedProofFormat.Encode(Inference.Proof);
    private static readonly int Rows = Inference.Proof.Rows.Length;
    private static readonly int Signals = Inference.Proof.Told.ToArray().Length;

    [Fact]
    public void Encoding_and_decoding_return_the_bytes()
    {
        Assert.Equal(Header + (32 * (Rows + Signals + 3 + 4)), Bytes.Length);
        Assert.True(WrappedProofFormat.TryDecode("proof", Bytes, Inference.Fixture.Circuit, out WrappedProof? proof, out _));
        Assert.Equal(Bytes, WrappedProofFormat.Encode(proof));
    }

    [Fact]
    public void Every_truncation_and_every_trailing_byte_is_malformed()
    {
        for (int length = 0; length < Bytes.Length; length++)
        {
            Malformed(Bytes[..length]);
        }

        Malformed([.. Bytes, 0]);
        Malformed([.. Bytes, .. Bytes]);
    }

    [Fact]
    public void Scalars_with_the_modulus_added_are_malformed()
    {
        for (int i = 0; i < Signals; i++)
        {
            Malformed(WithAdded(Header + (32 * (Rows + i)), Fr.Modulus));
        }
    }

    [Fact]
    public void Coordinates_with_the_modulus_added_are_malformed()
    {
        // The top two bits are flags, and p has 254 bits: only a small coordinate leaves room for the modulus.
        for (int offset = Header; offset < Bytes.Length; offset += 32)
        {
            var coordinate = new BigInteger(Bytes.AsSpan(offset, 32), isUnsigned: true, isBigEndian: true) % (BigInteger.One << 254);
            if (coordinate + BaseModulus < BigInteger.One << 254)
            {
                Malformed(WithAdded(offset, BaseModulus));
            }
        }

        byte[] largest = [.. Bytes];
        largest.AsSpan(Header, 32).Fill(0xff);
        Malformed(largest);
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        for (int i = 0; i < Bytes.Length; i += 3)
        {
            byte[] changed = [.. Bytes];
            changed[i] ^= (byte)(1 << (i % 8));
            Rejection? rejection = Verify(changed);
            Assert.NotNull(rejection);
            Assert.NotEqual(RejectionReason.Internal, rejection.Reason);
        }
    }

    [Fact]
    public void A_core_proof_is_no_wrapped_proof() => Malformed(CoreProofFormat.Encode(Inference.Core));

    [Fact]
    public void The_key_returns_and_no_other_bytes_are_one()
    {
        WrapVerificationKey key = Inference.Fixture.Wrap;
        byte[] bytes = WrapVerificationKeyFormat.Encode(key);
        Assert.True(WrapVerificationKeyFormat.TryDecode("key", bytes, out WrapVerificationKey? read, out _));
        Assert.Equal(bytes, WrapVerificationKeyFormat.Encode(read));
        Assert.Equal(key.Groth16, read.Groth16);
        Assert.Equal((key.Trust, key.Contributions), (read.Trust, read.Contributions));
        for (int length = 0; length < bytes.Length; length++)
        {
            Refused(bytes[..length]);
        }

        Refused([.. bytes, 0]);
        Refused([.. bytes[..^5], 9, .. bytes[^4..]]);
        Refused([.. bytes[..^1], 0x80]);
        byte[] stray = [.. bytes];
        stray.AsSpan(8 + (3 * 12) + 32, 32).Fill(0xff);
        Refused(stray);
        Assert.Equal(SetupTrust.Insecure, read.Trust);

        static void Refused(byte[] bytes)
        {
            Assert.False(WrapVerificationKeyFormat.TryDecode("key", bytes, out _, out FileError? error));
            Assert.StartsWith("key: ", error.ToString(), StringComparison.Ordinal);
        }
    }

    private static byte[] WithAdded(int offset, BigInteger addend)
    {
        byte[] changed = [.. Bytes];
        BigInteger sum = new BigInteger(changed.AsSpan(offset, 32), isUnsigned: true, isBigEndian: true) + addend;
        byte[] digits = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        changed.AsSpan(offset, 32).Clear();
        digits.CopyTo(changed.AsSpan(offset + 32 - digits.Length));
        return changed;
    }

    private static Rejection? Verify(byte[] bytes) =>
        WrappedVerifier.Verify(Inference.Key.Verification, Inference.Fixture.Wrap, Inference.Statement, bytes);

    private static void Malformed(byte[] bytes) => Assert.Equal(RejectionReason.Malformed, Verify(bytes)!.Reason);
}
