using Spectre.Console;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Groth16.Zkey;

namespace VerifiableML.Cli.Commands.Benchmarks;

/// <summary>Prints what wrapping costs.</summary>
internal static class WrapBenchmarkReport
{
    /// <summary>Prints medians of <paramref name="runs"/>.</summary>
    public static void Show(Terminal terminal, WrapBenchmark benchmark, WrapRun[] runs, FieldMultiplicationClock unit)
    {
        ConstraintSystem system = benchmark.Constraints.System;
        TimeSpan prove = Median(runs.Select(run => run.Prove));
        TimeSpan wrap = Median(runs.Select(run => run.Wrap.Total));
        TimeSpan verify = Median(runs.Select(run => run.Verify));
        double equivalents = wrap.TotalNanoseconds / unit.ScalarNanoseconds;
        long keyBytes = KeyBytes(benchmark.Groth16);
        int verificationBytes = WrapVerificationKeyFormat.Encode(benchmark.Verification).Length;

        terminal.Report["model"] = new { benchmark.Key.Model.Name, Weights = BenchmarkModel.Weights(benchmark.Key.Model) };
        terminal.Report["batch"] = benchmark.Key.Circuit.Options.BatchSize;
        terminal.Report["wrapCircuit"] = new
        {
            Constraints = system.ConstraintCount,
            Wires = system.WireCount,
            Terms = system.A.TermCount + system.B.TermCount + system.C.TermCount,
            DomainBits = benchmark.Groth16.DomainBits,
        };
        terminal.Report["wrapKeySeconds"] = benchmark.Generation?.TotalSeconds;
        terminal.Report["proveSeconds"] = prove.TotalSeconds;
        terminal.Report["wrapSeconds"] = wrap.TotalSeconds;
        terminal.Report["fastestWrapSeconds"] = runs.Min(run => run.Wrap.Total).TotalSeconds;
        terminal.Report["verifySeconds"] = verify.TotalSeconds;
        terminal.Report["fastestVerifySeconds"] = runs.Min(run => run.Verify).TotalSeconds;
        terminal.Report["wrappedProofBytes"] = runs[0].ProofBytes;
        terminal.Report["wrapKeyBytes"] = keyBytes;
        terminal.Report["wrapVerificationKeyBytes"] = verificationBytes;
        terminal.Report["verificationKeyBytes"] = VerificationKeyFormat.Encode(benchmark.Key.Verification).Length;
        terminal.Report["peakMemoryBytes"] = MemoryUse.Peak;
        terminal.Report["fieldMultiplication"] = unit;
        terminal.Report["wrapInFieldMultiplications"] = equivalents;
        terminal.Report["perConstraint"] = equivalents / system.ConstraintCount;

        terminal.Line($"{benchmark.Key.Model.Name}: wrapped, batch {benchmark.Key.Circuit.Options.BatchSize}; medians of {runs.Length}");
        terminal.Line($"circuit  {system.ConstraintCount:N0} constraints, {system.WireCount:N0} wires, a domain of 2^{benchmark.Groth16.DomainBits}");
        if (benchmark.Generation is { } generation)
        {
            terminal.Line($"wrap key {Terminal.Duration(generation)} to make from known secrets, with one contribution");
        }

        terminal.Line($"keys     wrap.zkey {Terminal.Bytes(keyBytes)}, wrap.key {Terminal.Bytes(verificationBytes)}");
        terminal.Line($"prove    {Terminal.Duration(prove)}   the core proof, with blinding");
        terminal.Line($"wrap     {Terminal.Duration(wrap)}   = {equivalents:N0} field multiplications: {equivalents / system.ConstraintCount:0} a constraint");
        terminal.Line($"verify   {Terminal.Duration(verify)}");
        terminal.Line($"proof    {Terminal.Bytes(runs[0].ProofBytes)}");
        terminal.Line($"memory   {Terminal.Bytes(MemoryUse.Peak)} at its peak, making the keys included");
        terminal.Line($"one field multiplication: {unit.ScalarNanoseconds:0.0} ns alone (the unit above), {unit.VectorNanoseconds:0.0} ns over slices on all cores");
        ShowStages(terminal, runs, wrap, unit);
    }

    private static void ShowStages(Terminal terminal, WrapRun[] runs, TimeSpan total, FieldMultiplicationClock unit)
    {
        (string Stage, TimeSpan Time)[] stages = [.. runs[0].Wrap.Times.Select((stage, i) => (stage.Stage, Median(runs.Select(run => run.Wrap.Times[i].Time))))];
        terminal.Report["wrapStages"] = stages.ToDictionary(stage => stage.Stage, stage => stage.Time.TotalSeconds);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("stage");
        table.AddColumn(new TableColumn("time").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        table.AddColumn(new TableColumn("field multiplications").RightAligned());
        foreach ((string stage, TimeSpan time) in stages)
        {
            table.AddRow(stage, Terminal.Duration(time), $"{time / total:0 %}", $"{time.TotalNanoseconds / unit.ScalarNanoseconds:N0}");
        }

        terminal.Write(table);
    }

    // Exact, and quick enough: the file is written and thrown away.
    private static long KeyBytes(Groth16ProvingKey key)
    {
        string path = Path.Combine(Path.GetTempPath(), $"vml-bench-{Guid.NewGuid():N}.zkey");
        try
        {
            ZkeyFile.Write(path, key);
            return new FileInfo(path).Length;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
