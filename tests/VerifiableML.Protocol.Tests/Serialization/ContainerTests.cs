using System.Buffers.Binary;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Tests.Serialization;

public sealed class ContainerTests : IDisposable
{
    private static readonly ContainerSchema Schema = new(
        ContainerKind.Proof, 3, [new("HEAD", "header", 2, 2), new("BODY", "body", 0, 1000)]);

    private readonly string folder = Directory.CreateTempSubdirectory("vml-container-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_byte_string_is_the_documented_one()
    {
        byte[] bytes = Container.Encode(Schema, new byte[] { 0xAA, 0xBB }, new byte[] { 1, 2, 3 });

        const string Expected = "564D4C50" + "0300" + "0200"
            + "48454144" + "0200000000000000" + "424F4459" + "0300000000000000" + "AABB" + "010203";
        Assert.Equal(Expected, Convert.ToHexString(bytes));
    }

    [Fact]
    public void What_was_written_is_read_and_no_temporary_file_is_left()
    {
        string path = Path.Combine(folder, "deep", "proof.bin");
        Container.Write(path, Schema, new byte[] { 7, 8 }, new byte[] { 9 });
        Container.Write(path, Schema, new byte[] { 1, 2 }, new byte[] { 3, 4 });

        Assert.True(Container.TryRead(path, Schema, out Container? container, out _));
        Assert.Equal(new byte[] { 1, 2 }, container[0].ToArray());
        Assert.Equal(new byte[] { 3, 4 }, container[1].ToArray());
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_contents()
    {
        string path = Path.Combine(folder, "kept");
        AtomicFile.Write(path, new byte[] { 1 });

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(2);
            throw new InvalidOperationException("stopped half way");
        }));

        Assert.Equal(new byte[] { 1 }, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = Container.Encode(Schema, new byte[2], new byte[5]);
        for (int length = 0; length < bytes.Length; length++)
        {
            AssertRefused(bytes[..length]);
        }
    }

    [Fact]
    public void Every_changed_header_byte_is_refused()
    {
        byte[] bytes = Container.Encode(Schema, new byte[2], new byte[5]);
        for (int i = 0; i < 32; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x81;
            AssertRefused(changed);
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_refused() =>
        Assert.Contains("1 bytes follow the last section", AssertRefused([.. Container.Encode(Schema, new byte[2], new byte[5]), 0]));

    [Theory]
    [InlineData(-1L)]
    [InlineData(1001L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_length_out_of_its_limits_is_refused(long length)
    {
        byte[] bytes = Container.Encode(Schema, new byte[2], new byte[5]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), length);
        Assert.Contains("section BODY (body): length", AssertRefused(bytes));
    }

    [Fact]
    public void Another_kind_or_version_is_named()
    {
        byte[] bytes = Container.Encode(Schema, new byte[2], new byte[5]);
        bytes[3] = (byte)'V';
        Assert.Contains("kind: holds 'V', but a proof ('P') was expected", AssertRefused(bytes));
        bytes[3] = (byte)'P';
        bytes[4] = 9;
        Assert.Contains("version: 9 is not readable by this program, which reads 3", AssertRefused(bytes));
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused_before_it_is_read()
    {
        string path = Path.Combine(folder, "huge");
        using (FileStream stream = File.Create(path))
        {
            stream.SetLength(1L << 40);
        }

        Assert.False(Container.TryRead(path, Schema, out _, out FileError? error));
        Assert.StartsWith($"{path}: length: 1099511627776 bytes", error.ToString());
    }

    [Theory]
    [InlineData("missing/file", "no such file")]
    [InlineData(".", "access denied, or a folder")]
    [InlineData("nul\0name", "reading")]
    public void Files_that_cannot_be_opened_are_one_line(string name, string cause)
    {
        Assert.False(Container.TryRead(Path.Combine(folder, name), Schema, out _, out FileError? error));
        Assert.Contains(cause, error.ToString());
        Assert.DoesNotContain('\n', error.ToString());
        Assert.DoesNotContain('\0', error.ToString());
    }

    [Fact]
    public void Contents_that_do_not_fit_the_layout_are_not_written()
    {
        Assert.Throws<ArgumentException>(() => Container.Encode(Schema, new byte[3], new byte[5]));
        Assert.Throws<ArgumentException>(() => Container.Encode(Schema, new byte[2]));
    }

    private static string AssertRefused(byte[] bytes)
    {
        Assert.False(Container.TryDecode("x.bin", bytes, Schema, out Container? container, out FileError? error));
        Assert.Null(container);
        string message = error.ToString();
        Assert.StartsWith("x.bin: ", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
