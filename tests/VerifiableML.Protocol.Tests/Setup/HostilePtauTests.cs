using System.Buffers.Binary;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup.Ptau;

namespace VerifiableML.Protocol.Tests.Setup;

/// <summary>Files that somebody damaged or made up: one line, never an exception.</summary>
public sealed class HostilePtauTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-ptau-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        for (int length = 0; length < bytes.Length; length += 1 + (length / 7))
        {
            AssertRefused(bytes[..length]);
        }

        AssertRefused(bytes[..^1]);
    }

    [Fact]
    public void Another_magic_or_version_is_refused()
    {
        Assert.Contains("offset 0: not a .ptau file", AssertRefused(Changed(0, (byte)'z')));
        Assert.Contains("version: 2 is not readable", AssertRefused(Changed(4, 2)));
    }

    [Fact]
    public void Another_curve_is_refused() =>
        Assert.Contains("section 1 (header): the curve is not BN254", AssertRefused(Changed(PtauFixture.Header + 4, 0x46)));

    [Fact]
    public void A_prime_of_another_length_is_refused() =>
        Assert.Contains("section 1 (header): a prime of 48 bytes", AssertRefused(Changed(PtauFixture.Header, 48)));

    [Theory]
    [InlineData(0u, 8u)]
    [InlineData(29u, 29u)]
    [InlineData(8u, 7u)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]
    public void An_impossible_power_is_refused(uint power, uint ceremonyPower)
    {
        byte[] bytes = PtauFixture.Bytes();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PtauFixture.Header + 36), power);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PtauFixture.Header + 40), ceremonyPower);
        Assert.Contains("section 1 (header): power", AssertRefused(bytes));
    }

    [Fact]
    public void A_power_that_does_not_fit_the_sections_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PtauFixture.Header + 36), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PtauFixture.Header + 40), 9);
        Assert.Contains("section 2 (powers in G1): has 32704 bytes, expected 65472", AssertRefused(bytes));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 40)]
    public void An_impossible_length_is_refused(ulong length)
    {
        byte[] bytes = PtauFixture.Bytes();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(PtauFixture.TauG1Entry + 4), length);
        Assert.Contains("section 2: ", AssertRefused(bytes));
    }

    [Fact]
    public void A_million_sections_are_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 1_000_000);
        Assert.Contains("number of sections: 1000000", AssertRefused(bytes));
    }

    [Fact]
    public void A_section_that_appears_twice_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes[PtauFixture.TauG2Entry] = 2;
        Assert.Contains("section 2: appears twice", AssertRefused(bytes));
    }

    [Fact]
    public void A_missing_section_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes[PtauFixture.TauG2Entry] = 99;
        Assert.Contains("section 3 (powers in G2): missing", AssertRefused(bytes));
    }

    [Fact]
    public void A_flipped_bit_in_a_power_is_refused() =>
        Assert.Contains("point 17 is not a point of the group G1", AssertRefused(Flipped(PtauFixture.TauG1 + (17 * 64))));

    [Fact]
    public void A_coordinate_that_is_not_reduced_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes.AsSpan(PtauFixture.TauG1 + (5 * 64), 32).Fill(0xFF);
        Assert.Contains("point 5 is not a point of the group G1", AssertRefused(bytes));
    }

    [Fact]
    public void Powers_in_another_order_are_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        Span<byte> points = bytes.AsSpan(PtauFixture.TauG1);
        byte[] seventh = points.Slice(7 * 64, 64).ToArray();
        points.Slice(8 * 64, 64).CopyTo(points[(7 * 64)..]);
        seventh.CopyTo(points[(8 * 64)..]);
        Assert.Contains("section 2 (powers in G1): the points are not consecutive powers of the secret", AssertRefused(bytes));
    }

    [Fact]
    public void The_last_power_counts_too()
    {
        byte[] bytes = PtauFixture.Bytes();
        Span<byte> points = bytes.AsSpan(PtauFixture.TauG1);
        points.Slice(100 * 64, 64).CopyTo(points[((PtauFixture.Count - 1) * 64)..]);
        Assert.Contains("not consecutive powers", AssertRefused(bytes));
    }

    [Fact]
    public void A_power_at_infinity_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes.AsSpan(PtauFixture.TauG1 + 64, 64).Clear();
        Assert.Contains("the secret is 0 or 1", AssertRefused(bytes));
    }

    [Fact]
    public void Another_generator_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes.AsSpan(PtauFixture.TauG1 + 64, 64).CopyTo(bytes.AsSpan(PtauFixture.TauG1));
        Assert.Contains("the first point is not the generator", AssertRefused(bytes));

        bytes = PtauFixture.Bytes();
        bytes.AsSpan(PtauFixture.TauG2 + 128, 128).CopyTo(bytes.AsSpan(PtauFixture.TauG2));
        Assert.Contains("section 3 (powers in G2): point 0 is not the generator", AssertRefused(bytes));
    }

    [Fact]
    public void The_secret_of_another_file_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes.AsSpan(PtauFixture.TauG2 + 256, 128).CopyTo(bytes.AsSpan(PtauFixture.TauG2 + 128));
        Assert.Contains("not consecutive powers of the secret of [τ]G2", AssertRefused(bytes));
    }

    [Fact]
    public void A_point_of_the_twist_outside_the_subgroup_is_refused()
    {
        byte[] bytes = PtauFixture.Bytes();
        PointOutsideTheSubgroup().CopyTo(bytes.AsSpan(PtauFixture.TauG2 + 128));
        Assert.Contains("section 3 (powers in G2): point 1 is not a point of the group G2", AssertRefused(bytes));
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        var random = new Random(1);
        byte[] bytes = PtauFixture.Bytes();
        for (int round = 0; round < 40; round++)
        {
            byte[] damaged = [.. bytes];
            for (int i = 0; i < 3; i++)
            {
                damaged[random.Next(PtauFixture.TauG1 + 64)] = (byte)random.Next(256);
            }

            PtauReader.TryRead(Write(damaged), 2, out _, out FileError? error);
            Assert.DoesNotContain('\n', error?.ToString() ?? string.Empty);
        }
    }

    /// <summary>
    /// A point of y² = x³ + 3/(9+i) over Fq2 with x = small integers, which lies in the subgroup with probability about 2^-254.
    /// Written as the file has it.
    /// </summary>
    private static byte[] PointOutsideTheSubgroup()
    {
        Fq2 b = new Fq2(Fq.FromInt64(3), Fq.Zero) * new Fq2(Fq.FromInt64(9), Fq.One).Inverse();
        for (int i = 1; ; i++)
        {
            var x = new Fq2(Fq.FromInt64(i), Fq.Zero);
            if (((x.Square() * x) + b).TrySquareRoot(out Fq2 y))
            {
                return [.. Montgomery(x.C0), .. Montgomery(x.C1), .. Montgomery(y.C0), .. Montgomery(y.C1)];
            }
        }
    }

    private static byte[] Montgomery(Fq value)
    {
        var bytes = new byte[32];
        Fq.FromBigInteger(value.ToBigInteger() << 256).Encode(bytes);
        Array.Reverse(bytes);
        return bytes;
    }

    private static byte[] Changed(int offset, byte value)
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes[offset] = value;
        return bytes;
    }

    private static byte[] Flipped(int offset)
    {
        byte[] bytes = PtauFixture.Bytes();
        bytes[offset] ^= 1;
        return bytes;
    }

    private string AssertRefused(byte[] bytes)
    {
        string path = Write(bytes);
        Assert.False(PtauReader.TryRead(path, PtauFixture.Count, out var srs, out FileError? error));
        Assert.Null(srs);
        string message = error.ToString();
        Assert.StartsWith(path + ": ", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder, "hostile.ptau");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
