using System.Buffers.Binary;
using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Serialization.Sections;

/// <summary>Reads the contents of one section in order. Never reads beyond the section; says where it stands when something is wrong.</summary>
public sealed class SectionReader
{
    private readonly SectionFile _file;
    private readonly string _place;
    private readonly FileStream _stream;
    private readonly long _start;
    private long _position;

    internal SectionReader(SectionFile file, string place, FileStream stream, long start, long length)
    {
        _file = file;
        _place = place;
        _stream = stream;
        _start = start;
        Length = length;
    }

    /// <summary>Number of bytes of the section.</summary>
    public long Length { get; }

    /// <summary>Number of bytes that have not been read.</summary>
    public long Remaining => Length - _position;

    /// <summary>Goes on reading at <paramref name="offset"/> from the section's start.</summary>
    /// <exception cref="InvalidFileException">It lies beyond the end.</exception>
    public void Seek(long offset) => _position = offset >= 0 && offset <= Length ? offset : throw Error($"ends before byte {offset}");

    /// <summary>Fills <paramref name="bytes"/>.</summary>
    /// <exception cref="InvalidFileException">The section ends before.</exception>
    public void Read(Span<byte> bytes)
    {
        if (bytes.Length > Remaining)
        {
            throw Error($"ends at byte {Length}, where {bytes.Length - Remaining} more were expected");
        }

        // Several readers of one file share its stream; seeking to where it stands already keeps its buffer.
        if (_stream.Position != _start + _position)
        {
            _stream.Position = _start + _position;
        }

        _stream.ReadExactly(bytes);
        _position += bytes.Length;
    }

    /// <summary>Reads what stands in the file behind this section, whatever it is.</summary>
    /// <exception cref="InvalidFileException">The file ends before.</exception>
    public void ReadFollowing(Span<byte> bytes)
    {
        long end = _start + Length;
        if (_stream.Length - end < bytes.Length)
        {
            throw Error($"{bytes.Length} bytes were expected to follow it in the file");
        }

        _stream.Position = end;
        _stream.ReadExactly(bytes);
    }

    /// <summary>Reads a byte.</summary>
    /// <exception cref="InvalidFileException">The section ends before.</exception>
    public byte ReadByte()
    {
        Span<byte> bytes = stackalloc byte[1];
        Read(bytes);
        return bytes[0];
    }

    /// <summary>Reads 32 bits.</summary>
    /// <exception cref="InvalidFileException">The section ends before.</exception>
    public uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Read(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Reads 64 bits.</summary>
    /// <exception cref="InvalidFileException">The section ends before.</exception>
    public ulong ReadUInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Read(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Reads a count of something, of which no file can have more than <paramref name="most"/>.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or the count is greater.</exception>
    public int ReadCount(string name, int most)
    {
        uint count = ReadUInt32();
        return count <= most ? (int)count : throw Error($"{count} {name}, more than the {most} that are possible");
    }

    /// <summary>Reads the size of a prime and the prime itself, and requires them to be 32 bytes and <paramref name="modulus"/>.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or it is another prime.</exception>
    public void RequirePrime(BigInteger modulus)
    {
        uint size = ReadUInt32();
        if (size != Fq.ByteLength)
        {
            throw Error($"a prime of {size} bytes, BN254 has one of {Fq.ByteLength}");
        }

        Span<byte> prime = stackalloc byte[Fq.ByteLength];
        Read(prime);
        if (new BigInteger(prime, isUnsigned: true) != modulus)
        {
            throw Error("the curve is not BN254");
        }
    }

    /// <summary>Reads a point of G1.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or it is no such point.</exception>
    public G1 ReadG1(string name)
    {
        Span<byte> bytes = stackalloc byte[G1.ByteLength];
        Read(bytes);
        return G1.TryDecodeMontgomery(bytes, out G1 point) ? point : throw Error($"{name} is not a point of the group G1");
    }

    /// <summary>Reads a point of G2.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or it is no such point.</exception>
    public G2 ReadG2(string name)
    {
        Span<byte> bytes = stackalloc byte[G2.ByteLength];
        Read(bytes);
        return G2.TryDecodeMontgomery(bytes, out G2 point) ? point : throw Error($"{name} is not a point of the group G2");
    }

    /// <summary>Requires that nothing is left.</summary>
    /// <exception cref="InvalidFileException">Something is.</exception>
    public void RequireEnd()
    {
        if (Remaining != 0)
        {
            throw Error($"{Remaining} bytes follow what belongs here");
        }
    }

    /// <summary>An exception that names the file and this section.</summary>
    public InvalidFileException Error(string cause) => _file.Error(_place, cause);
}
