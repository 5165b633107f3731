using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Bench.Groth16;

/// <summary>
/// A satisfied system of products of combinations, ten terms a constraint, whose wires are all of full length: the hard case for the
/// multiplications, and about what a sponge leads to.
/// </summary>
/// <param name="System">The constraints.</param>
/// <param name="Wires">Values that satisfy them.</param>
internal sealed record SyntheticCircuit(ConstraintSystem System, Fr[] Wires)
{
    private const int PublicCount = 3;
    private const int FreeWires = 8;
    private const int TermsOfA = 6;
    private const int TermsOfB = 3;
    private const int Coefficients = 64;

    /// <summary>A system of so many constraints.</summary>
    public static SyntheticCircuit Create(int constraints)
    {
        var random = new Random(17);
        var wires = new Fr[1 + PublicCount + FreeWires + constraints];
        var table = new Fr[Coefficients];
        table[0] = wires[0] = Fr.One;
        table[1] = -Fr.One;
        for (int i = 2; i < Coefficients; i++)
        {
            table[i] = Draw(random);
        }

        int known = 1;
        while (known <= PublicCount + FreeWires)
        {
            wires[known++] = Draw(random);
        }

        SparseMatrix a = RandomRows(random, constraints, TermsOfA, known, table);
        SparseMatrix b = RandomRows(random, constraints, TermsOfB, known, table);
        for (int row = 0; row < constraints; row++)
        {
            wires[known + row] = a.Evaluate(row, wires) * b.Evaluate(row, wires);
        }

        int[] starts = [.. Enumerable.Range(0, constraints + 1)];
        int[] products = [.. Enumerable.Range(known, constraints)];
        var c = new SparseMatrix(starts, products, new int[constraints], table);
        return new SyntheticCircuit(new ConstraintSystem(wires.Length, PublicCount, a, b, c), wires);
    }

    /// <summary>Rows over wires that earlier constraints define; half of the coefficients are one.</summary>
    private static SparseMatrix RandomRows(Random random, int rows, int terms, int known, Fr[] table)
    {
        var wires = new int[rows * terms];
        var indices = new int[rows * terms];
        for (int i = 0; i < wires.Length; i++)
        {
            wires[i] = random.Next(known + (i / terms));
            indices[i] = random.Next(2) == 0 ? 0 : random.Next(table.Length);
        }

        return new SparseMatrix(Enumerable.Range(0, rows + 1).Select(row => row * terms).ToArray(), wires, indices, table);
    }

    private static Fr Draw(Random random)
    {
        var bytes = new byte[48];
        random.NextBytes(bytes);
        return Fr.FromWideBytes(bytes);
    }
}
