using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// Reads the powers that are needed from a snarkjs <c>.ptau</c> file, prepared for phase 2 or not. Nothing in it is believed: lengths are held
/// against the file's, the curve must be BN254, every point must be on it, [τ]G2 in the subgroup, and the points must be the powers of
/// that one secret. The origin is recognised by [τ]G2 and by nothing else. (The list of contributions is not checked: for a ceremony that is
/// recognised it adds nothing, and for another it proves only that somebody contributed.)
/// </summary>
public static class PtauReader
{
    private const int ChunkPoints = 1 << 12;

    /// <summary>Reads a reference string.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Number of powers to read, at least 2; the rest of the file is not touched.</param>
    /// <param name="srs">The string.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(
        string path, int count, [NotNullWhen(true)] out StructuredReferenceString? srs, [NotNullWhen(false)] out FileError? error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, StructuredReferenceString.MaximumCount);
        srs = null;
        error = null;
        try
        {
            using FileStream stream = BoundedFile.OpenRead(path);
            srs = Read(path, stream, count);
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

    private static StructuredReferenceString Read(string file, Stream stream, int count)
    {
        PtauSections sections = PtauSections.Read(file, stream);
        int power = ReadHeader(file, stream, sections.Require(PtauLayout.HeaderSection, "header", PtauLayout.HeaderLength));
        PtauSection tauG1 = sections.Require(PtauLayout.TauG1Section, "powers in G1", PtauLayout.TauG1Length(power));
        PtauSection tauG2 = sections.Require(PtauLayout.TauG2Section, "powers in G2", PtauLayout.TauG2Length(power));
        long available = (2L << power) - 1;
        if (count > available)
        {
            throw Error(file, "header", $"the file has {available} powers, {count} are needed");
        }

        G2 secret = ReadTauG2(file, stream, tauG2);
        var powers = new G1Bases(ReadTauG1(file, stream, tauG1, count));
        return PowersCheck.FindFault(powers, secret) is string fault
            ? throw Error(file, "section 2 (powers in G1)", fault)
            : new StructuredReferenceString(powers, secret, isInsecure: false);
    }

    private static int ReadHeader(string file, Stream stream, PtauSection section)
    {
        Span<byte> header = stackalloc byte[PtauLayout.HeaderLength];
        stream.Position = section.Offset;
        stream.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Fq.ByteLength)
        {
            throw Error(file, "header", $"a prime of {BinaryPrimitives.ReadUInt32LittleEndian(header)} bytes, BN254 has one of {Fq.ByteLength}");
        }

        if (new BigInteger(header.Slice(4, Fq.ByteLength), isUnsigned: true) != Fq.Modulus)
        {
            throw Error(file, "header", "the curve is not BN254");
        }

        uint power = BinaryPrimitives.ReadUInt32LittleEndian(header[36..]);
        uint ceremonyPower = BinaryPrimitives.ReadUInt32LittleEndian(header[40..]);
        return power is >= 1 and <= PtauLayout.GreatestPower && ceremonyPower >= power && ceremonyPower <= PtauLayout.GreatestPower
            ? (int)power
            : throw Error(file, "header", $"power {power} of a ceremony of power {ceremonyPower}, allowed are 1 to {PtauLayout.GreatestPower}");
    }

    private static G2 ReadTauG2(string file, Stream stream, PtauSection section)
    {
        const string Place = "section 3 (powers in G2)";
        Span<byte> bytes = stackalloc byte[2 * PtauLayout.G2Length];
        stream.Position = section.Offset;
        stream.ReadExactly(bytes);
        if (!PtauPoints.TryDecodeG2(bytes[..PtauLayout.G2Length], out G2 generator) || generator != G2.Generator)
        {
            throw Error(file, Place, "point 0 is not the generator");
        }

        return PtauPoints.TryDecodeG2(bytes[PtauLayout.G2Length..], out G2 secret)
            ? secret
            : throw Error(file, Place, "point 1 is not a point of the group G2");
    }

    private static G1[] ReadTauG1(string file, Stream stream, PtauSection section, int count)
    {
        var points = new G1[count];
        var bytes = new byte[Math.Min(count, ChunkPoints) * PtauLayout.G1Length];
        stream.Position = section.Offset;
        for (int start = 0; start < count; start += ChunkPoints)
        {
            int chunk = Math.Min(ChunkPoints, count - start);
            stream.ReadExactly(bytes.AsSpan(0, chunk * PtauLayout.G1Length));
            bool[] good = new bool[chunk];
            Parallel.For(0, chunk, i =>
                good[i] = PtauPoints.TryDecodeG1(bytes.AsSpan(i * PtauLayout.G1Length, PtauLayout.G1Length), out points[start + i]));
            int bad = Array.IndexOf(good, false);
            if (bad >= 0)
            {
                throw Error(file, "section 2 (powers in G1)", $"point {start + bad} is not a point of the group G1");
            }
        }

        return points;
    }

    private static InvalidFileException Error(string file, string place, string cause) => new(new FileError(file, place, cause));
}
