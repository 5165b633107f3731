using System.Buffers.Binary;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Prover.Groth16.Zkey;

/// <summary>
/// Section 4 of a <c>.zkey</c> file: the terms of A and B, row by row, those of A first. Coefficients are stored times R², R = 2^256, so that the
/// product with a plain integer, as Montgomery's multiplication makes it, is in Montgomery form.
/// </summary>
internal static class ZkeyCoefficients
{
    private const int PieceTerms = 1 << 12;
    private static readonly Fr Radix = Fr.FromBigInteger(BigInteger.One << 256);
    private static readonly Fr InverseRadix = Radix.Inverse();

    public static void Write(SectionWriter writer, SparseMatrix a, SparseMatrix b)
    {
        long terms = (long)a.TermCount + b.TermCount;
        SparseMatrix[] matrices = [a, b];
        byte[][] tables = Array.ConvertAll(matrices, Encode);
        writer.Begin(ZkeyLayout.CoefficientsSection, sizeof(uint) + (terms * ZkeyLayout.TermLength));
        writer.Write((uint)terms);
        Span<byte> term = stackalloc byte[ZkeyLayout.TermLength];
        for (int row = 0; row < a.Rows; row++)
        {
            for (int matrix = 0; matrix < matrices.Length; matrix++)
            {
                SparseMatrix source = matrices[matrix];
                for (int i = source.RowStarts[row]; i < source.RowStarts[row + 1]; i++)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(term, matrix);
                    BinaryPrimitives.WriteInt32LittleEndian(term[4..], row);
                    BinaryPrimitives.WriteInt32LittleEndian(term[8..], source.Wires[i]);
                    tables[matrix].AsSpan(source.CoefficientIndices[i] * Fr.ByteLength, Fr.ByteLength).CopyTo(term[12..]);
                    writer.Write(term);
                }
            }
        }
    }

    public static (SparseMatrix A, SparseMatrix B) Read(SectionReader section, int wires, int mostRows)
    {
        int count = section.ReadCount("coefficients", ZkeyLayout.MostTerms);
        if (section.Remaining != (long)count * ZkeyLayout.TermLength)
        {
            throw section.Error($"has {section.Remaining} bytes for {count} coefficients of {ZkeyLayout.TermLength} bytes");
        }

        var terms = new Terms(section, wires, mostRows);
        var bytes = new byte[Math.Min(count, PieceTerms) * ZkeyLayout.TermLength];
        for (int start = 0; start < count; start += PieceTerms)
        {
            int length = Math.Min(PieceTerms, count - start) * ZkeyLayout.TermLength;
            section.Read(bytes.AsSpan(0, length));
            for (int offset = 0; offset < length; offset += ZkeyLayout.TermLength)
            {
                terms.Add(bytes.AsSpan(offset, ZkeyLayout.TermLength), start + (offset / ZkeyLayout.TermLength));
            }
        }

        return terms.ToMatrices();
    }

    // x·R² is the Montgomery form of x·R.
    private static byte[] Encode(SparseMatrix matrix)
    {
        var table = new byte[matrix.Coefficients.Length * Fr.ByteLength];
        for (int i = 0; i < matrix.Coefficients.Length; i++)
        {
            (matrix.Coefficients[i] * Radix).EncodeMontgomery(table.AsSpan(i * Fr.ByteLength, Fr.ByteLength));
        }

        return table;
    }

    /// <summary>The terms that have been read. snarkjs writes them row by row, but no reader relies on that.</summary>
    private sealed class Terms(SectionReader section, int wires, int mostRows)
    {
        private readonly CoefficientTable _coefficients = new();
        private readonly List<(int Row, int Wire, int Place)> _a = [];
        private readonly List<(int Row, int Wire, int Place)> _b = [];
        private int _rows;

        public void Add(ReadOnlySpan<byte> term, int index)
        {
            uint matrix = BinaryPrimitives.ReadUInt32LittleEndian(term);
            uint row = BinaryPrimitives.ReadUInt32LittleEndian(term[4..]);
            uint wire = BinaryPrimitives.ReadUInt32LittleEndian(term[8..]);
            if (matrix > 1 || row >= mostRows || wire >= wires)
            {
                throw section.Error($"coefficient {index}: matrix {matrix} of 2, row {row} of {mostRows}, wire {wire} of {wires}");
            }

            if (!Fr.TryDecodeMontgomery(term[12..], out Fr value))
            {
                throw section.Error($"coefficient {index} is not below the modulus");
            }

            (matrix == 0 ? _a : _b).Add(((int)row, (int)wire, _coefficients.PlaceOf(value * InverseRadix)));
            _rows = Math.Max(_rows, (int)row + 1);
        }

        public (SparseMatrix A, SparseMatrix B) ToMatrices()
        {
            Fr[] table = _coefficients.ToArray();
            return (ToMatrix(_a, table), ToMatrix(_b, table));
        }

        // A counting sort, which keeps the order of terms within a row.
        private SparseMatrix ToMatrix(List<(int Row, int Wire, int Place)> terms, Fr[] table)
        {
            var starts = new int[_rows + 1];
            foreach ((int row, _, _) in terms)
            {
                starts[row + 1]++;
            }

            for (int row = 0; row < _rows; row++)
            {
                starts[row + 1] += starts[row];
            }

            int[] next = starts[.._rows];
            var wireOf = new int[terms.Count];
            var placeOf = new int[terms.Count];
            foreach ((int row, int wire, int place) in terms)
            {
                (wireOf[next[row]], placeOf[next[row]]) = (wire, place);
                next[row]++;
            }

            return new SparseMatrix(starts, wireOf, placeOf, table);
        }
    }
}
