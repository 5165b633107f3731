using System.Buffers.Binary;
using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Serialization.Sections;

/// <summary>
/// Writes a file in a <see cref="SectionFormat"/> from front to back. The lengths of sections are announced before their contents and held
/// against them, so that the stream needs no seeking and no section can be wrong unnoticed.
/// </summary>
public sealed class SectionWriter
{
    private readonly Stream _stream;
    private int _sectionsLeft;
    private long _left;

    private SectionWriter(Stream stream, int sections)
    {
        _stream = stream;
        _sectionsLeft = sections;
    }

    /// <summary>Writes a file, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="sections">Number of sections.</param>
    /// <param name="write">Writes them.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SectionFormat format, int sections, Action<SectionWriter> write) => AtomicFile.Write(path, stream =>
    {
        var writer = new SectionWriter(stream, sections);
        Span<byte> prefix = stackalloc byte[SectionFormat.PrefixLength];
        for (int i = 0; i < format.Magic.Length; i++)
        {
            prefix[i] = (byte)format.Magic[i];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(prefix[4..], format.Version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[8..], sections);
        stream.Write(prefix);
        write(writer);
        writer.RequireComplete();
        if (writer._sectionsLeft != 0)
        {
            throw new InvalidOperationException($"{writer._sectionsLeft} sections were not written");
        }
    });

    /// <summary>Begins a section.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="length">Number of bytes that will follow.</param>
    public void Begin(uint type, long length)
    {
        RequireComplete();
        Span<byte> header = stackalloc byte[SectionFormat.SectionHeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteInt64LittleEndian(header[4..], length);
        _stream.Write(header);
        _sectionsLeft--;
        _left = length;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _left -= bytes.Length;
        _stream.Write(bytes);
    }

    /// <summary>Writes 32 bits.</summary>
    public void Write(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>Writes 64 bits.</summary>
    public void Write(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>Writes the size of a prime below 2^256, always 32 bytes, and the prime.</summary>
    public void WritePrime(BigInteger prime)
    {
        Span<byte> bytes = stackalloc byte[Fq.ByteLength];
        bytes.Clear();
        prime.TryWriteBytes(bytes, out _, isUnsigned: true);
        Write((uint)bytes.Length);
        Write(bytes);
    }

    /// <summary>Writes a point.</summary>
    public void Write(in G1 point)
    {
        Span<byte> bytes = stackalloc byte[G1.ByteLength];
        point.EncodeMontgomery(bytes);
        Write(bytes);
    }

    /// <summary>Writes a point.</summary>
    public void Write(in G2 point)
    {
        Span<byte> bytes = stackalloc byte[G2.ByteLength];
        point.EncodeMontgomery(bytes);
        Write(bytes);
    }

    private void RequireComplete()
    {
        if (_left != 0)
        {
            throw new InvalidOperationException($"a section is {_left} bytes short of its announced length");
        }
    }
}
