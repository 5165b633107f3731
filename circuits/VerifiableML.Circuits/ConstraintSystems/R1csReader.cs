using System.Buffers.Binary;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>Reads the sections of a <c>.r1cs</c> file. Every count is held against the file's length before anything of its size is allocated.</summary>
internal static class R1csReader
{
    public static ConstraintSystem Read(SectionFile file)
    {
        SectionReader header = file.Open(R1csLayout.HeaderSection, "header", R1csLayout.HeaderLength);
        header.RequirePrime(Fr.Modulus);
        int wires = header.ReadCount("wires", R1csLayout.MostWires);
        int outputs = header.ReadCount("outputs", R1csLayout.MostWires);
        int publicInputs = header.ReadCount("public inputs", R1csLayout.MostWires);
        int privateInputs = header.ReadCount("private inputs", R1csLayout.MostWires);
        _ = header.ReadUInt64(); // labels: names of the compiler's own, of no meaning here
        int constraints = header.ReadCount("constraints", R1csLayout.MostConstraints);
        if ((long)outputs + publicInputs + privateInputs + 1 > wires)
        {
            throw header.Error($"{outputs} outputs, {publicInputs} public and {privateInputs} private inputs do not fit into {wires} wires");
        }

        CheckOtherSections(file, wires);
        SectionReader section = file.Open(R1csLayout.ConstraintsSection, "constraints");
        if (section.Length < (long)constraints * 3 * sizeof(uint))
        {
            throw section.Error($"has {section.Length} bytes, too few for {constraints} constraints");
        }

        return ReadConstraints(section, wires, outputs + publicInputs, constraints);
    }

    private static void CheckOtherSections(SectionFile file, int wires)
    {
        if (file.Has(R1csLayout.LabelsSection))
        {
            file.Open(R1csLayout.LabelsSection, "labels", (long)wires * sizeof(ulong));
        }

        if (file.Has(R1csLayout.CustomGatesSection) && file.Open(R1csLayout.CustomGatesSection, "custom gates") is var gates
            && gates.ReadUInt32() != 0)
        {
            throw gates.Error("custom gates are not constraints of rank one");
        }
    }

    private static ConstraintSystem ReadConstraints(SectionReader section, int wires, int publicCount, int constraints)
    {
        var coefficients = new CoefficientTable();
        var rows = new Rows[] { new(constraints), new(constraints), new(constraints) };
        var buffer = new RowBuffer(section, wires, coefficients);
        for (int constraint = 0; constraint < constraints; constraint++)
        {
            foreach (Rows matrix in rows)
            {
                buffer.Read(matrix, constraint);
            }
        }

        section.RequireEnd();
        Fr[] table = coefficients.ToArray();
        return new ConstraintSystem(wires, publicCount, rows[0].ToMatrix(table), rows[1].ToMatrix(table), rows[2].ToMatrix(table));
    }

    /// <summary>The rows of one matrix that have been read.</summary>
    private sealed class Rows(int count)
    {
        private readonly int[] _starts = new int[count + 1];

        public List<int> Wires { get; } = [];

        public List<int> Places { get; } = [];

        public void End(int row) => _starts[row + 1] = Wires.Count;

        public SparseMatrix ToMatrix(Fr[] table) => new(_starts, Wires.ToArray(), Places.ToArray(), table);
    }

    /// <summary>Reads one row at a time.</summary>
    private sealed class RowBuffer(SectionReader section, int wires, CoefficientTable coefficients)
    {
        private byte[] _bytes = new byte[64 * R1csLayout.TermLength];

        public void Read(Rows rows, int constraint)
        {
            uint count = section.ReadUInt32();
            if (count > R1csLayout.MostWires || count * (long)R1csLayout.TermLength > section.Remaining
                || rows.Wires.Count + (long)count > R1csLayout.MostTerms)
            {
                throw section.Error($"constraint {constraint}: {count} terms do not fit into the section");
            }

            int length = (int)count * R1csLayout.TermLength;
            if (length > _bytes.Length)
            {
                _bytes = new byte[length];
            }

            section.Read(_bytes.AsSpan(0, length));
            for (int offset = 0; offset < length; offset += R1csLayout.TermLength)
            {
                ReadTerm(_bytes.AsSpan(offset, R1csLayout.TermLength), rows, constraint);
            }

            rows.End(constraint);
        }

        private void ReadTerm(ReadOnlySpan<byte> term, Rows rows, int constraint)
        {
            uint wire = BinaryPrimitives.ReadUInt32LittleEndian(term);
            if (wire >= wires)
            {
                throw section.Error($"constraint {constraint}: wire {wire} of {wires}");
            }

            if (!Fr.TryDecodeLittleEndian(term[sizeof(uint)..], out Fr coefficient))
            {
                throw section.Error($"constraint {constraint}: the coefficient of wire {wire} is not below the modulus");
            }

            rows.Wires.Add((int)wire);
            rows.Places.Add(coefficients.PlaceOf(coefficient));
        }
    }
}
