using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Circuits.Verification;

/// <summary>Columns that are published by their commitment have rows of their own, and the hash of those is the public datum.</summary>
internal static class CommittedColumns
{
    /// <summary>Whether the rows of a proof are those that the statement names.</summary>
    public static Rejection? Check(Circuit circuit, PublicStatement statement, ReadOnlySpan<G1> rows)
    {
        if (circuit.Options.Input == Visibility.Committed && !Matches(circuit, circuit.ValueColumns[0], statement.InputCommitment.AsSpan(), rows))
        {
            return new Rejection(RejectionReason.PublicValues, "the proof is about another committed input");
        }

        Column output = circuit.ValueColumns[circuit.Architecture.OutputValue];
        return circuit.Options.Output == Visibility.Committed && !Matches(circuit, output, statement.OutputCommitment.AsSpan(), rows)
            ? new Rejection(RejectionReason.PublicValues, "the proof is about another committed output")
            : null;
    }

    private static bool Matches(Circuit circuit, Column column, ReadOnlySpan<byte> expected, ReadOnlySpan<G1> rows)
    {
        (int first, int count) = circuit.RowsOf(column);
        return TranscriptSeed.HashRows(rows.Slice(first, count)).AsSpan().SequenceEqual(expected);
    }
}
