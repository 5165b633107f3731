using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;

namespace VerifiableML.Prover.Witness;

/// <summary>The prover's integers for one proof, padded and laid out as the circuit says.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="Cells">All committed columns, at their offsets; whole rows.</param>
/// <param name="Virtual">The virtual columns.</param>
/// <param name="LookupRows">For each lookup, the table row that each cell takes.</param>
/// <remarks>A prover's device may keep copies of the arrays: they are not to be written to once a proof has begun.</remarks>
public sealed record Witness(Circuit Circuit, int[] Cells, int[][] Virtual, int[][] LookupRows)
{
    /// <summary>The cells of a committed column.</summary>
    public ReadOnlyMemory<int> Column(Column column) => Cells.AsMemory((int)column.Offset, 1 << column.Bits);
}
