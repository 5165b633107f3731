using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>One proof has one byte string; every other one is refused with a reason and without an exception.</summary>
public sealed class ProofBytesTests
{
    private const int Header = 8 + (3 * 12);
    private static readonly ProvingFixture Fixture = EveryRelation.Fixture;
    private static readonly byte[] Bytes = CoreProofFormat.Encode(Fixture.Proven.Proof);
    private static readonly int Rows = Fixture.Proven.Proof.Rows.Length;
    private static readonly int Messages = Fixture.Proven.Proof.Messages.Length;

    private static IEnumerable<int> PointOffsets =>
        Enumerable.Range(0, Rows).Select(i => Header + (32 * i)).Concat(Enumerable.Range(0, 3).Select(i => Header + (32 * (Rows + Messages + i))));

    private static IEnumerable<int> ScalarOffsets =>
        Enumerable.Range(0, Messages).Select(i => Header + (32 * (Rows + i)))
            .Concat(Enumerable.Range(0, 4).Select(i => Header + (32 * (Rows + Messages + 3 + i))));

    [Fact]
    public void The_offsets_are_those_of_the_format()
    {
        Assert.Equal(Header + (32 * (Rows + Messages + 7)), Bytes.Length);
        Assert.Null(Verify(Bytes));
    }

    [Fact]
    public void Every_truncation_is_malformed()
    {
        for (int length = 0; length < Bytes.Length; length += length < 64 ? 1 : 37)
        {
            Malformed(Bytes[..length]);
        }

        Malformed(Bytes[..^1]);
    }

    [Fact]
    public void Trailing_bytes_are_malformed()
    {
        Malformed([.. Bytes, 0]);
        Malformed([.. Bytes, .. new byte[32]]);
        Malformed([.. Bytes, .. Bytes]);
        Malformed([0, .. Bytes]);
    }

    [Fact]
    public void Any_changed_byte_of_the_header_is_malformed()
    {
        for (int i = 0; i < Header; i++)
        {
            foreach (byte change in (byte[])[1, 0x80, 0xFF])
            {
                Malformed(With(i, (byte)(Bytes[i] ^ change)));
            }
        }
    }

    [Fact]
    public void Scalars_of_the_modulus_or_more_are_malformed()
    {
        foreach (int offset in ScalarOffsets)
        {
            var value = new BigInteger(Bytes.AsSpan(offset, 32), isUnsigned: true, isBigEndian: true);
            for (BigInteger other = value + Fr.Modulus; other < BigInteger.One << 256; other += Fr.Modulus)
            {
                byte[] changed = [.. Bytes];
                byte[] written = other.ToByteArray(isUnsigned: true, isBigEndian: true);
                changed.AsSpan(offset, 32).Clear();
                written.CopyTo(changed.AsSpan(offset + 32 - written.Length));
                Malformed(changed);
            }
        }
    }

    [Fact]
    public void Points_in_another_form_are_malformed()
    {
        foreach (int offset in PointOffsets)
        {
            byte first = Bytes[offset];
            Malformed(With(offset, (byte)(first & 0x3F)));
            Malformed(With(offset, (byte)((first & 0x3F) | 0x40)));
            Malformed(With(offset, (byte)(first | 0x3F)));
        }
    }

    [Fact]
    public void Points_off_the_curve_are_malformed()
    {
        foreach (int offset in PointOffsets)
        {
            int refused = 0;
            for (int change = 1; change <= 6; change++)
            {
                // About half of all x have no y; the others are points, and then the proof is refused for what it says.
                Rejection? rejection = Verify(With(offset + 31, (byte)(Bytes[offset + 31] ^ change)));
                Assert.NotNull(rejection);
                refused += rejection.Reason == RejectionReason.Malformed ? 1 : 0;
            }

            Assert.NotEqual(0, refused);
        }
    }

    [Fact]
    public void The_negative_of_a_point_is_another_proof()
    {
        foreach (int offset in PointOffsets)
        {
            Rejection? rejection = Verify(With(offset, (byte)(Bytes[offset] ^ 0x40)));
            Assert.NotNull(rejection);
            Assert.NotEqual(RejectionReason.Internal, rejection.Reason);
        }
    }

    [Fact]
    public void Random_bytes_and_random_changes_never_throw()
    {
        var random = new Random(5);
        for (int i = 0; i < 120; i++)
        {
            byte[] changed = [.. Bytes];
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            }

            Assert.NotNull(Verify(changed));
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            Malformed(noise);
        }
    }

    private static byte[] With(int index, byte value)
    {
        byte[] changed = [.. Bytes];
        changed[index] = value;
        return changed;
    }

    private static Rejection? Verify(byte[] bytes) => InferenceVerifier.Verify(Fixture.Key.Verification, Fixture.Proven.Statement, bytes);

    private static void Malformed(byte[] bytes) => Assert.Equal(RejectionReason.Malformed, Verify(bytes)?.Reason);
}
