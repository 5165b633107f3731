using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// Witnesses as <c>.wtns</c> files, in the format of circom and snarkjs: a header (1) with the prime and the number of values, and the values (2),
/// 32 bytes each, one for each wire.
/// </summary>
public static class WtnsFile
{
    private const uint HeaderSection = 1;
    private const uint ValuesSection = 2;
    private const int HeaderLength = 4 + Fr.ByteLength + 4;
    private const int PieceValues = 1 << 12;

    /// <summary>Writes a witness to a file, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wires">One value for each wire, the first of which is one.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<Fr> wires) => SectionWriter.Write(path, SectionFormat.Witness, 2, writer =>
    {
        writer.Begin(HeaderSection, HeaderLength);
        writer.WritePrime(Fr.Modulus);
        writer.Write((uint)wires.Length);
        writer.Begin(ValuesSection, (long)wires.Length * Fr.ByteLength);
        Span<byte> bytes = stackalloc byte[Fr.ByteLength];
        foreach (ref readonly Fr value in wires.Span)
        {
            value.EncodeLittleEndian(bytes);
            writer.Write(bytes);
        }
    });

    /// <summary>Reads a witness.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wires">One value for each wire. That they satisfy a system is not known.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out Fr[]? wires, [NotNullWhen(false)] out FileError? error) =>
        SectionFile.TryRead(path, SectionFormat.Witness, Read, out wires, out error);

    private static Fr[] Read(SectionFile file)
    {
        SectionReader header = file.Open(HeaderSection, "header", HeaderLength);
        header.RequirePrime(Fr.Modulus);
        int count = header.ReadCount("values", R1csLayout.MostWires);
        SectionReader section = file.Open(ValuesSection, "values", (long)count * Fr.ByteLength);
        var wires = new Fr[count];
        var bytes = new byte[PieceValues * Fr.ByteLength];
        for (int start = 0; start < count; start += PieceValues)
        {
            int piece = Math.Min(PieceValues, count - start);
            section.Read(bytes.AsSpan(0, piece * Fr.ByteLength));
            for (int i = 0; i < piece; i++)
            {
                if (!Fr.TryDecodeLittleEndian(bytes.AsSpan(i * Fr.ByteLength, Fr.ByteLength), out wires[start + i]))
                {
                    throw section.Error($"value {start + i} is not below the modulus");
                }
            }
        }

        return count > 0 && wires[0] == Fr.One ? wires : throw section.Error("value 0 is not one");
    }
}
