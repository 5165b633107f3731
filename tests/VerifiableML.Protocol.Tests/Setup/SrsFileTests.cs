using System.Diagnostics;
using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Protocol.Tests.Setup;

public sealed class SrsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-srs-").FullName;

    private string FilePath => Path.Combine(_folder, "srs.vmls");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SrsCheck.Points)]
    [InlineData(SrsCheck.Powers)]
    public void What_was_written_is_read_with_its_mark(SrsCheck check)
    {
        StructuredReferenceString written = InsecureSetup.Generate(2000);
        SrsFile.Write(FilePath, written);

        Assert.True(SrsFile.TryRead(FilePath, check, out StructuredReferenceString? read, out FileError? error), error?.ToString());
        Assert.True(read.IsInsecure);
        Assert.Equal(written.Id.ToArray(), read.Id.ToArray());
        Assert.Equal(written.Count, read.Count);
        Assert.Equal(written.Powers[1999], read.Powers[1999]);
        Assert.Equal(written.TauG2, read.TauG2);
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        SrsFile.Write(FilePath, InsecureSetup.Generate(3));
        byte[] bytes = File.ReadAllBytes(FilePath);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x10;
            AssertRefused(changed, SrsCheck.Points);
        }
    }

    [Fact]
    public void The_mark_cannot_be_removed()
    {
        SrsFile.Write(FilePath, InsecureSetup.Generate(3));
        byte[] bytes = Rehashed(File.ReadAllBytes(FilePath), bytes => bytes[HeadOffset] = 0);
        File.WriteAllBytes(FilePath, bytes);

        Assert.True(SrsFile.TryRead(FilePath, SrsCheck.Powers, out StructuredReferenceString? srs, out _));
        Assert.Equal(SetupTrust.Insecure, srs.Origin.Trust);
        Assert.NotNull(srs.Origin.Warning);
    }

    [Fact]
    public void A_forged_hash_does_not_admit_points_off_the_curve()
    {
        SrsFile.Write(FilePath, InsecureSetup.Generate(5));
        byte[] bytes = Rehashed(File.ReadAllBytes(FilePath), bytes => bytes[PowersOffset + (3 * 64) + 63] ^= 1);
        Assert.Contains("section PWRS: point 3 is not a point of the group G1", AssertRefused(bytes, SrsCheck.Points));
    }

    [Fact]
    public void Powers_of_nothing_are_found_by_the_thorough_check()
    {
        SrsFile.Write(FilePath, InsecureSetup.Generate(5));
        byte[] bytes = Rehashed(
            File.ReadAllBytes(FilePath), bytes => bytes.AsSpan(PowersOffset + 64, 64).CopyTo(bytes.AsSpan(PowersOffset + 128)));
        Assert.Contains("not consecutive powers", AssertRefused(bytes, SrsCheck.Powers));
    }

    [Fact]
    public void A_count_that_does_not_fit_is_refused()
    {
        SrsFile.Write(FilePath, InsecureSetup.Generate(5));
        byte[] bytes = Rehashed(File.ReadAllBytes(FilePath), bytes => bytes[HeadOffset + 4] = 6);
        Assert.Contains("section HEAD: 6 powers were announced", AssertRefused(bytes, SrsCheck.Points));
    }

    [Fact]
    public void A_string_for_a_large_model_is_read_quickly()
    {
        SrsFile.Write(FilePath, InsecureSetup.Generate(1 << 14));
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            Assert.True(SrsFile.TryRead(FilePath, SrsCheck.Points, out _, out _));
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        // A few milliseconds on an idle machine; the bound only catches a subgroup check by multiplication, on a busy one too.
        Assert.True(best < TimeSpan.FromSeconds(2), $"took {best.TotalMilliseconds} ms");
    }

    private const int HeadOffset = 8 + (4 * 12);
    private const int PowersOffset = HeadOffset + 8 + 128;

    private static byte[] Rehashed(byte[] bytes, Action<byte[]> change)
    {
        change(bytes);
        SHA256.HashData(bytes.AsSpan(HeadOffset..^32)).CopyTo(bytes, bytes.Length - 32);
        return bytes;
    }

    private string AssertRefused(byte[] bytes, SrsCheck check)
    {
        File.WriteAllBytes(FilePath, bytes);
        Assert.False(SrsFile.TryRead(FilePath, check, out var srs, out FileError? error));
        Assert.Null(srs);
        Assert.DoesNotContain('\n', error.ToString());
        return error.ToString();
    }
}
