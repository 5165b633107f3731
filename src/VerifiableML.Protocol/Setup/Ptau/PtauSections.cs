using System.Buffers.Binary;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>Where in a file the contents of one section lie.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct PtauSection(long Offset, long Length);

/// <summary>The table of sections of a <c>.ptau</c> file, each shown to lie within the file.</summary>
internal sealed class PtauSections
{
    private readonly Dictionary<uint, PtauSection> _sections = [];
    private readonly string _file;

    private PtauSections(string file) => _file = file;

    /// <summary>Walks over the sections of <paramref name="stream"/> without reading their contents.</summary>
    /// <exception cref="InvalidFileException">The file is not of this format, or cut off.</exception>
    public static PtauSections Read(string file, Stream stream)
    {
        var table = new PtauSections(file);
        Span<byte> prefix = stackalloc byte[PtauLayout.PrefixLength];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || !prefix.StartsWith("ptau"u8))
        {
            throw table.Error("offset 0", "not a .ptau file");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]);
        if (version != PtauLayout.Version)
        {
            throw table.Error("version", $"{version} is not readable by this program, which reads {PtauLayout.Version}");
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (count > PtauLayout.MostSections)
        {
            throw table.Error("number of sections", $"{count}, more than {PtauLayout.MostSections}");
        }

        for (uint i = 0; i < count; i++)
        {
            table.ReadSection(stream, i);
        }

        if (stream.Position != stream.Length)
        {
            throw table.Error($"offset {stream.Position}", $"{stream.Length - stream.Position} bytes follow the last section");
        }

        return table;
    }

    /// <summary>A section that must be there.</summary>
    /// <exception cref="InvalidFileException">It is not, or its length is not the expected one.</exception>
    public PtauSection Require(uint type, string description, long length)
    {
        if (!_sections.TryGetValue(type, out PtauSection section))
        {
            throw Error($"section {type} ({description})", "missing");
        }

        return section.Length == length
            ? section
            : throw Error($"section {type} ({description})", $"has {section.Length} bytes, expected {length}");
    }

    /// <summary>True where the section is there.</summary>
    public bool Has(uint type) => _sections.ContainsKey(type);

    private void ReadSection(Stream stream, uint index)
    {
        Span<byte> header = stackalloc byte[PtauLayout.SectionHeaderLength];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw Error($"section table, entry {index}", "the file ends here");
        }

        uint type = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header[4..]);
        long left = stream.Length - stream.Position;
        if (length > (ulong)left)
        {
            throw Error($"section {type}", $"{length} bytes were announced, {left} are left in the file");
        }

        if (!_sections.TryAdd(type, new PtauSection(stream.Position, (long)length)))
        {
            throw Error($"section {type}", "appears twice");
        }

        stream.Seek((long)length, SeekOrigin.Current);
    }

    private InvalidFileException Error(string place, string cause) => new(new FileError(_file, place, cause));
}
