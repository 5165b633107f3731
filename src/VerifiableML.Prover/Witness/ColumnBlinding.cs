using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Verification;

namespace VerifiableML.Prover.Witness;

/// <summary>
/// Random scalars, <see cref="CircuitLayout.BlindingSlots"/> for each row of a column that is published by its commitment, in slots beyond the row's
/// columns. Without them whoever guesses the values could check the guess against the commitment. Whoever keeps them can make further proofs about
/// the same commitment.
/// </summary>
/// <param name="Input">The scalars of a committed input, row by row, else empty.</param>
/// <param name="Output">The same of the output.</param>
public sealed record ColumnBlinding(Fr[] Input, Fr[] Output)
{
    /// <summary>Fresh blinding for a circuit.</summary>
    public static ColumnBlinding Draw(Circuit circuit)
    {
        using var random = RandomNumberGenerator.Create();
        return Draw(circuit, random);
    }

    /// <summary>The same with other randomness than the operating system's.</summary>
    internal static ColumnBlinding Draw(Circuit circuit, RandomNumberGenerator random) =>
        new(Draw(circuit, circuit.Options.Input, 0, random), Draw(circuit, circuit.Options.Output, circuit.Architecture.OutputValue, random));

    /// <summary>The hash that a statement carries for a committed value: what the prover publishes, and what whoever knows the opening recomputes.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="powers">Powers of tau.</param>
    /// <param name="value">The value of the model: 0 for the input.</param>
    /// <param name="values">Its integers, <c>[b][y][x][c]</c>.</param>
    /// <param name="blinding">The scalars.</param>
    public static byte[] HashCommitment(Circuit circuit, G1Bases powers, int value, int[] values, Fr[] blinding)
    {
        Column column = circuit.ValueColumns[value];
        (int _, int rows) = circuit.RowsOf(column);
        var cells = new int[rows << circuit.Layout.ColumnBits];
        ColumnPadding.Pad(circuit, value, values, cells);
        G1[] commitments = MultiScalarMultiplication.ComputeRows(powers, cells, rows, 1 << circuit.Layout.ColumnBits);
        for (int i = 0; i < rows; i++)
        {
            commitments[i] += WitnessBlinding.Commit(circuit, powers, blinding.AsSpan(i * CircuitLayout.BlindingSlots, CircuitLayout.BlindingSlots));
        }

        return TranscriptSeed.HashRows(commitments);
    }

    private static Fr[] Draw(Circuit circuit, Visibility visibility, int value, RandomNumberGenerator random) => visibility == Visibility.Committed
        ? WitnessBlinding.DrawScalars(circuit.RowsOf(circuit.ValueColumns[value]).Count * CircuitLayout.BlindingSlots, random)
        : [];
}
