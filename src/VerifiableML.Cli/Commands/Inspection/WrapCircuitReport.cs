using Spectre.Console;
using VerifiableML.Circuits;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;

namespace VerifiableML.Cli.Commands.Inspection;

/// <summary>What the circuit of a model's wrapped proofs consists of.</summary>
internal static class WrapCircuitReport
{
    /// <summary>Writes the circuit and prints its parts, largest first.</summary>
    /// <param name="circuit">The circuit of the core proofs; it must be hiding.</param>
    /// <param name="terminal">Where to speak.</param>
    public static void Show(Circuit circuit, Terminal terminal)
    {
        terminal.Report["circuit"] = new
        {
            Digest = Convert.ToHexStringLower(circuit.Digest.AsSpan()),
            circuit.Layout.ColumnBits,
            circuit.Layout.WitnessRows,
            circuit.LookupLevels,
        };
        terminal.Line(
            $"core circuit     {circuit.Lookups.Length} lookup relations, {circuit.Relations.Length} linear relations, 2^{circuit.LookupLevels} leaves, "
            + $"{circuit.Layout.WitnessRows} witness rows of 2^{circuit.Layout.ColumnBits}");
        CompiledConstraints constraints = terminal.Step("write the wrap circuit", () => WrapCircuit.Compile(circuit));
        WrapKeyGeneration.ShowSize(constraints, terminal);
        int total = constraints.System.ConstraintCount;
        terminal.Report["wrapParts"] = constraints.Parts.Select(part => new { part.Name, part.Constraints, Share = (double)part.Constraints / total }).ToArray();

        Table table = new Table().Border(TableBorder.Simple).AddColumn("part of the wrap circuit");
        table.AddColumn(new TableColumn("constraints").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        foreach ((string name, int count) in constraints.Parts)
        {
            table.AddRow(Markup.Escape(name), $"{count:N0}", $"{(double)count / total:0.0 %}");
        }

        table.AddRow("all", $"{total:N0}", string.Empty);
        terminal.Write(table);
    }
}
