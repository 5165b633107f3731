using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Prover.Witness;

/// <summary>
/// Random scalars, one for each row of a column that is published by its commitment, in a slot beyond the row's columns. Without them
/// whoever guesses the values could check the guess against the commitment.
/// </summary>
/// <param name="Input">One scalar for each row of a committed input, else empty.</param>
/// <param name="Output">The same of the output.</param>
public sealed record ColumnBlinding(Fr[] Input, Fr[] Output)
{
    /// <summary>Fresh blinding for a circuit.</summary>
    public static ColumnBlinding Draw(Circuit circuit)
    {
        using var generator = RandomNumberGenerator.Create();
        return new ColumnBlinding(
            Draw(circuit, circuit.Options.Input, 0, generator),
            Draw(circuit, circuit.Options.Output, circuit.Architecture.OutputValue, generator));
    }

    /// <summary>The hash that a statement carries for a committed value: what the prover publishes, and what whoever knows the opening recomputes.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="powers">Powers of tau.</param>
    /// <param name="value">The value of the model: 0 for the input.</param>
    /// <param name="values">Its integers, <c>[b][y][x][c]</c>.</param>
    /// <param name="blinding">One scalar for each row.</param>
    public static byte[] HashCommitment(Circuit circuit, G1Bases powers, int value, int[] values, Fr[] blinding)
    {
        Column column = circuit.ValueColumns[value];
        (int _, int rows) = circuit.RowsOf(column);
        var cells = new int[rows << circuit.Layout.ColumnBits];
        ColumnPadding.Pad(circuit, value, values, cells);
        G1[] commitments = MultiScalarMultiplication.ComputeRows(powers, cells, rows, 1 << circuit.Layout.ColumnBits);
        AddTo(commitments, circuit, powers, blinding);
        return TranscriptSeed.HashRows(commitments);
    }

    /// <summary>Adds the blinding to the rows of a witness.</summary>
    public void AddTo(Circuit circuit, G1Bases powers, G1[] rows)
    {
        foreach ((int first, Fr[] blinding) in Parts(circuit))
        {
            AddTo(rows.AsSpan(first, blinding.Length), circuit, powers, blinding);
        }
    }

    /// <summary>The blinding of the rows folded at a point.</summary>
    public Fr Fold(Circuit circuit, EvaluationPoint<Fr> rowPoint)
    {
        Fr sum = Fr.Zero;
        foreach ((int first, Fr[] blinding) in Parts(circuit))
        {
            for (int i = 0; i < blinding.Length; i++)
            {
                sum += blinding[i] * Equality.AtIndex(rowPoint, first + i);
            }
        }

        return sum;
    }

    private static void AddTo(Span<G1> rows, Circuit circuit, G1Bases powers, Fr[] blinding)
    {
        G1 slot = powers[1 << circuit.Layout.ColumnBits];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] += slot.Multiply(blinding[i]);
        }
    }

    private static Fr[] Draw(Circuit circuit, Visibility visibility, int value, RandomNumberGenerator generator)
    {
        int count = visibility == Visibility.Committed ? circuit.RowsOf(circuit.ValueColumns[value]).Count : 0;
        var blinding = new Fr[count];
        for (int i = 0; i < count; i++)
        {
            blinding[i] = Fr.Random(generator);
        }

        return blinding;
    }

    private IEnumerable<(int First, Fr[] Blinding)> Parts(Circuit circuit)
    {
        if (Input.Length > 0)
        {
            yield return (circuit.RowsOf(circuit.ValueColumns[0]).First, Input);
        }

        if (Output.Length > 0)
        {
            yield return (circuit.RowsOf(circuit.ValueColumns[circuit.Architecture.OutputValue]).First, Output);
        }
    }
}
