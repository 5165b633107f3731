using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VerifiableML.Protocol.Serialization;

/// <summary>
/// The binary file that keys, proofs and reference strings share. All integers are little-endian.
/// <code>
/// offset  bytes
/// 0       3       "VML"
/// 3       1       kind, a letter (<see cref="ContainerKind"/>)
/// 4       2       version of the kind's format
/// 6       2       number of sections, n
/// 8       12 · n  table: tag of 4 ASCII characters, then the length of the contents as a 64-bit integer
/// …               the contents, back to back; the file ends with the last one
/// </code>
/// The sections must be those of the <see cref="ContainerSchema"/>, in its order and within its limits: nothing is skipped, padded or
/// optional, so that a container has exactly one byte string.
/// </summary>
public sealed class Container
{
    internal const int PrefixLength = 8;
    internal const int TableEntryLength = 12;
    private const int TagLength = 4;

    private readonly ImmutableArray<ReadOnlyMemory<byte>> _sections;

    private Container(ContainerSchema schema, ImmutableArray<ReadOnlyMemory<byte>> sections)
    {
        Schema = schema;
        _sections = sections;
    }

    /// <summary>The layout that the container was read with.</summary>
    public ContainerSchema Schema { get; }

    /// <summary>The contents of section <paramref name="index"/> of the schema.</summary>
    public ReadOnlyMemory<byte> this[int index] => _sections[index];

    /// <summary>Lays out a container.</summary>
    /// <param name="schema">The layout.</param>
    /// <param name="contents">One item for each section of the layout.</param>
    /// <exception cref="ArgumentException">The contents do not fit the layout.</exception>
    public static byte[] Encode(ContainerSchema schema, params ReadOnlyMemory<byte>[] contents)
    {
        byte[] header = EncodeHeader(schema, contents);
        var bytes = new byte[checked(header.Length + contents.Sum(content => content.Length))];
        header.CopyTo(bytes, 0);
        int offset = header.Length;
        foreach (ReadOnlyMemory<byte> content in contents)
        {
            content.Span.CopyTo(bytes.AsSpan(offset));
            offset += content.Length;
        }

        return bytes;
    }

    /// <summary>Takes a container apart. The sections are views into <paramref name="bytes"/>; nothing is copied.</summary>
    /// <param name="name">Name of the source, for the message.</param>
    /// <param name="bytes">The whole container.</param>
    /// <param name="schema">The layout it must have.</param>
    /// <param name="container">The container.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryDecode(
        string name, ReadOnlyMemory<byte> bytes, ContainerSchema schema,
        [NotNullWhen(true)] out Container? container, [NotNullWhen(false)] out FileError? error)
    {
        container = null;
        error = CheckPrefix(name, bytes.Span, schema);
        if (error is not null)
        {
            return false;
        }

        var sections = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(schema.Sections.Length);
        int offset = schema.HeaderLength;
        for (int i = 0; i < schema.Sections.Length; i++)
        {
            ReadOnlySpan<byte> entry = bytes.Span.Slice(PrefixLength + (i * TableEntryLength), TableEntryLength);
            error = CheckEntry(name, entry, schema.Sections[i], bytes.Length - offset, out int length);
            if (error is not null)
            {
                return false;
            }

            sections.Add(bytes.Slice(offset, length));
            offset += length;
        }

        if (offset != bytes.Length)
        {
            error = new FileError(name, $"offset {offset}", $"{bytes.Length - offset} bytes follow the last section");
            return false;
        }

        container = new Container(schema, sections.MoveToImmutable());
        return true;
    }

    /// <summary>Reads and takes apart a file. Nothing is allocated for a file whose length the layout does not allow.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The layout it must have.</param>
    /// <param name="container">The container.</param>
    /// <param name="error">Why it was refused; also when it cannot be read at all.</param>
    public static bool TryRead(
        string path, ContainerSchema schema,
        [NotNullWhen(true)] out Container? container, [NotNullWhen(false)] out FileError? error)
    {
        container = null;
        return BoundedFile.TryRead(path, Math.Min(schema.MaximumLength, Array.MaxLength), out byte[]? bytes, out error)
            && TryDecode(path, bytes, schema, out container, out error);
    }

    /// <summary>Writes a container to a file, atomically.</summary>
    /// <param name="path">The target.</param>
    /// <param name="schema">The layout.</param>
    /// <param name="contents">One item for each section of the layout.</param>
    /// <exception cref="ArgumentException">The contents do not fit the layout.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ContainerSchema schema, params ReadOnlyMemory<byte>[] contents)
    {
        byte[] header = EncodeHeader(schema, contents);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (ReadOnlyMemory<byte> content in contents)
            {
                stream.Write(content.Span);
            }
        });
    }

    private static byte[] EncodeHeader(ContainerSchema schema, ReadOnlyMemory<byte>[] contents)
    {
        if (contents.Length != schema.Sections.Length)
        {
            throw new ArgumentException($"a {schema.KindName} has {schema.Sections.Length} sections, not {contents.Length}", nameof(contents));
        }

        var header = new byte[schema.HeaderLength];
        "VML"u8.CopyTo(header);
        header[3] = (byte)schema.Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), schema.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), checked((ushort)schema.Sections.Length));
        for (int i = 0; i < contents.Length; i++)
        {
            SectionSchema section = schema.Sections[i];
            int length = contents[i].Length;
            if (length < section.MinimumLength || length > section.MaximumLength)
            {
                throw new ArgumentException($"section {section.Tag} has {length} bytes, allowed are {Limits(section)}", nameof(contents));
            }

            Span<byte> entry = header.AsSpan(PrefixLength + (i * TableEntryLength), TableEntryLength);
            Encoding.ASCII.GetBytes(section.Tag, entry[..TagLength]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[TagLength..], length);
        }

        return header;
    }

    private static FileError? CheckPrefix(string name, ReadOnlySpan<byte> bytes, ContainerSchema schema)
    {
        if (bytes.Length < PrefixLength || !bytes.StartsWith("VML"u8))
        {
            return new FileError(name, "offset 0", $"not a VerifiableML file: a {schema.KindName} was expected");
        }

        if (bytes[3] != (byte)schema.Kind)
        {
            return new FileError(name, "kind", $"holds '{Printable(bytes[3])}', but a {schema.KindName} ('{(char)schema.Kind}') was expected");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (version != schema.Version)
        {
            return new FileError(name, "version", $"{version} is not readable by this program, which reads {schema.Version}");
        }

        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (count != schema.Sections.Length)
        {
            return new FileError(name, "number of sections", $"{count}, but a {schema.KindName} has {schema.Sections.Length}");
        }

        return bytes.Length < schema.HeaderLength
            ? new FileError(name, "section table", $"the file ends after {bytes.Length} bytes, the table needs {schema.HeaderLength}")
            : null;
    }

    private static FileError? CheckEntry(string name, ReadOnlySpan<byte> entry, SectionSchema section, int available, out int length)
    {
        length = 0;
        string place = $"section {section.Tag} ({section.Description})";
        for (int i = 0; i < TagLength; i++)
        {
            if (entry[i] != section.Tag[i])
            {
                return new FileError(name, place, "another section stands in its place");
            }
        }

        long declared = BinaryPrimitives.ReadInt64LittleEndian(entry[TagLength..]);
        if (declared < section.MinimumLength || declared > section.MaximumLength)
        {
            return new FileError(name, place, $"length {declared}, allowed are {Limits(section)}");
        }

        if (declared > available)
        {
            return new FileError(name, place, $"{declared} bytes were announced, {available} are left in the file");
        }

        length = (int)declared;
        return null;
    }

    private static string Limits(SectionSchema section) => section.MinimumLength == section.MaximumLength
        ? $"exactly {section.MinimumLength} bytes"
        : $"{section.MinimumLength} to {section.MaximumLength} bytes";

    private static char Printable(byte value) => value is > 0x20 and < 0x7F ? (char)value : '?';
}
