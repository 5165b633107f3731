using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// Constraint systems as <c>.r1cs</c> files, in the format of circom and snarkjs ("iden3/r1csfile", doc/r1cs_bin_format.md). Public wires are
/// written as public inputs, and a wire's number as its label. Systems with custom gates are refused: Groth16 cannot prove them.
/// </summary>
public static class R1csFile
{
    /// <summary>Writes <paramref name="system"/> to a file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ConstraintSystem system) => SectionWriter.Write(path, SectionFormat.ConstraintSystem, 3, writer =>
    {
        WriteHeader(writer, system);
        WriteConstraints(writer, system);
        writer.Begin(R1csLayout.LabelsSection, (long)system.WireCount * sizeof(ulong));
        for (int wire = 0; wire < system.WireCount; wire++)
        {
            writer.Write((ulong)wire);
        }
    });

    /// <summary>Reads a constraint system.</summary>
    /// <param name="path">The file.</param>
    /// <param name="system">The system; its terms are in the order of the file.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out ConstraintSystem? system, [NotNullWhen(false)] out FileError? error) =>
        SectionFile.TryRead(path, SectionFormat.ConstraintSystem, R1csReader.Read, out system, out error);

    private static void WriteHeader(SectionWriter writer, ConstraintSystem system)
    {
        writer.Begin(R1csLayout.HeaderSection, R1csLayout.HeaderLength);
        writer.WritePrime(Fr.Modulus);
        writer.Write((uint)system.WireCount);
        writer.Write(0u);
        writer.Write((uint)system.PublicCount);
        writer.Write(0u);
        writer.Write((ulong)system.WireCount);
        writer.Write((uint)system.ConstraintCount);
    }

    private static void WriteConstraints(SectionWriter writer, ConstraintSystem system)
    {
        SparseMatrix[] matrices = [system.A, system.B, system.C];
        byte[][] tables = Array.ConvertAll(matrices, Encode);
        long terms = matrices.Sum(matrix => (long)matrix.TermCount);
        writer.Begin(
            R1csLayout.ConstraintsSection, (terms * R1csLayout.TermLength) + ((long)system.ConstraintCount * matrices.Length * sizeof(uint)));
        for (int row = 0; row < system.ConstraintCount; row++)
        {
            for (int i = 0; i < matrices.Length; i++)
            {
                WriteRow(writer, matrices[i], tables[i], row);
            }
        }
    }

    private static void WriteRow(SectionWriter writer, SparseMatrix matrix, byte[] table, int row)
    {
        Span<byte> term = stackalloc byte[R1csLayout.TermLength];
        int end = matrix.RowStarts[row + 1];
        writer.Write((uint)(end - matrix.RowStarts[row]));
        for (int i = matrix.RowStarts[row]; i < end; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(term, matrix.Wires[i]);
            table.AsSpan(matrix.CoefficientIndices[i] * Fr.ByteLength, Fr.ByteLength).CopyTo(term[sizeof(uint)..]);
            writer.Write(term);
        }
    }

    private static byte[] Encode(SparseMatrix matrix)
    {
        var table = new byte[matrix.Coefficients.Length * Fr.ByteLength];
        for (int i = 0; i < matrix.Coefficients.Length; i++)
        {
            matrix.Coefficients[i].EncodeLittleEndian(table.AsSpan(i * Fr.ByteLength, Fr.ByteLength));
        }

        return table;
    }
}
