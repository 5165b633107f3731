using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace VerifiableML.Protocol.Serialization.Sections;

/// <summary>
/// A file in a <see cref="SectionFormat"/>, opened for reading, with its table of sections, each shown to lie within the file. Contents are read
/// where they are asked for. Members throw <see cref="InvalidFileException"/>; <see cref="TryRead"/> turns that into a <see cref="FileError"/>.
/// </summary>
public sealed class SectionFile
{
    private readonly Dictionary<uint, (long Offset, long Length)> _sections = [];
    private readonly string _path;
    private readonly FileStream _stream;

    private SectionFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Opens a file, reads something from it, and closes it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="read">Reads; may throw <see cref="InvalidFileException"/>.</param>
    /// <param name="value">What was read.</param>
    /// <param name="error">Why the file was refused.</param>
    public static bool TryRead<T>(
        string path, SectionFormat format, Func<SectionFile, T> read, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out FileError? error)
        where T : class
    {
        value = null;
        error = null;
        try
        {
            using FileStream stream = BoundedFile.OpenRead(path);
            var file = new SectionFile(path, stream);
            file.ReadTable(format);
            value = read(file);
            return true;
        }
        catch (InvalidFileException exception)
        {
            error = exception.Error;
        }
        catch (Exception exception) when (BoundedFile.IsFileTrouble(exception))
        {
            error = new FileError(path, "reading", BoundedFile.Describe(exception));
        }

        return false;
    }

    /// <summary>True where the section is there.</summary>
    public bool Has(uint type) => _sections.ContainsKey(type);

    /// <summary>A section that must be there, to be read from its start.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="description">What it is called in messages.</param>
    /// <exception cref="InvalidFileException">It is missing.</exception>
    public SectionReader Open(uint type, string description)
    {
        string place = $"section {type} ({description})";
        return _sections.TryGetValue(type, out (long Offset, long Length) section)
            ? new SectionReader(this, place, _stream, section.Offset, section.Length)
            : throw Error(place, "missing");
    }

    /// <summary>A section that must be there and have a certain length.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="description">What it is called in messages.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="InvalidFileException">It is missing, or of another length.</exception>
    public SectionReader Open(uint type, string description, long length)
    {
        SectionReader section = Open(type, description);
        return section.Length == length ? section : throw section.Error($"has {section.Length} bytes, expected {length}");
    }

    /// <summary>An exception that names this file.</summary>
    /// <param name="place">Where in the file.</param>
    /// <param name="cause">What is wrong there.</param>
    public InvalidFileException Error(string place, string cause) => new(new FileError(_path, place, cause));

    private void ReadTable(SectionFormat format)
    {
        Span<byte> prefix = stackalloc byte[SectionFormat.PrefixLength];
        if (_stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || !IsMagic(prefix[..4], format.Magic))
        {
            throw Error("offset 0", $"not a .{format.Magic} file");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]);
        if (version != format.Version)
        {
            throw Error("version", $"{version} is not readable by this program, which reads {format.Version}");
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (count > SectionFormat.MostSections)
        {
            throw Error("number of sections", $"{count}, more than {SectionFormat.MostSections}");
        }

        for (uint i = 0; i < count; i++)
        {
            ReadEntry(i);
        }

        if (_stream.Position != _stream.Length)
        {
            throw Error($"offset {_stream.Position}", $"{_stream.Length - _stream.Position} bytes follow the last section");
        }
    }

    private void ReadEntry(uint index)
    {
        Span<byte> header = stackalloc byte[SectionFormat.SectionHeaderLength];
        if (_stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw Error($"section table, entry {index}", "the file ends here");
        }

        uint type = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header[4..]);
        long left = _stream.Length - _stream.Position;
        if (length > (ulong)left)
        {
            throw Error($"section {type}", $"{length} bytes were announced, {left} are left in the file");
        }

        if (!_sections.TryAdd(type, (_stream.Position, (long)length)))
        {
            throw Error($"section {type}", "appears twice");
        }

        _stream.Seek((long)length, SeekOrigin.Current);
    }

    private static bool IsMagic(ReadOnlySpan<byte> bytes, string magic)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != magic[i])
            {
                return false;
            }
        }

        return true;
    }
}
