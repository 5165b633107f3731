using System.CommandLine;
using Spectre.Console;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Benchmarks;
using VerifiableML.Cli.Devices;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml bench</c>: what proving and verifying cost, in seconds and in field multiplications.</summary>
internal sealed class BenchCommand : VmlCommand
{
    private readonly Argument<string> _model = new("model") { Description = $"A model's folder with keys, or random weights: {BenchmarkModel.Names}; with --device also {OperationComparison.Name}: sums of points and transforms alone." };
    private readonly Option<int> _batch = CircuitChoices.CreateBatch();
    private readonly Option<int> _runs = new("--runs") { Description = "Measured runs; medians are shown.", DefaultValueFactory = _ => 5, HelpName = "n" };

    private readonly Option<bool> _wrap = new("--wrap") { Description = "Measure wrapping and the check of wrapped proofs instead." };
    private readonly Option<string?> _device = DeviceOption.CreateForComparison();
    private readonly Option<bool> _runOnly = new("--run-only") { Description = "Measure running the model alone, without keys or proofs." };

    public BenchCommand()
        : base(
            "bench",
            "Measures proving and verifying with keys loaded: seconds, share of each stage, field-multiplication equivalents, proof size, memory.",
            "vml bench lenet5",
            "vml bench lenet5.vml --runs 9 --json",
            "vml bench 784-128-10 --batch 16",
            "vml bench lenet5 --wrap",
            "vml bench vgg16 --device cuda:0",
            "vml bench vgg16 --batch 256 --run-only --device cuda:0",
            "vml bench operations --device cuda:0")
    {
        Add(_model);
        Add(_batch);
        Add(_runs);
        Add(_wrap);
        Add(_device);
        Add(_runOnly);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        int runs = Math.Clamp(arguments.GetValue(_runs), 1, 1000);
        if (arguments.GetValue(_device) is { } || arguments.GetValue(_runOnly))
        {
            return RunOnDevice(arguments, runs, terminal);
        }

        if (arguments.GetValue(_wrap))
        {
            WrapBenchmark benchmark = GetWrapKeys(arguments.GetRequiredValue(_model), arguments.GetValue(_batch), terminal);
            WrapRun[] wrapped = Repeat(runs, benchmark.Measure, terminal);
            WrapBenchmarkReport.Show(terminal, benchmark, wrapped, FieldMultiplicationClock.Measure());
            return ExitCode.Accepted;
        }

        ProvingKey key = GetKey(arguments.GetRequiredValue(_model), arguments.GetValue(_batch), terminal);
        BenchmarkRun[] measured = Repeat(runs, seed => BenchmarkRun.Measure(key, seed), terminal);
        Show(terminal, key, measured, FieldMultiplicationClock.Measure());
        return ExitCode.Accepted;
    }

    private int RunOnDevice(ParseResult arguments, int runs, Terminal terminal)
    {
        using ComputeDevice device = DeviceJob.Open(arguments.GetValue(_device) ?? ComputeDevice.CpuId);
        DeviceBenchmark.ShowLimits(device, terminal);
        string name = arguments.GetRequiredValue(_model);
        if (name == OperationComparison.Name)
        {
            OperationComparison.Run(device, runs, terminal);
            return ExitCode.Accepted;
        }

        int batch = arguments.GetValue(_batch);
        QuantizedModel model = Directory.Exists(name) ? new ModelFolder(name).ReadModel() : BenchmarkModel.Create(name);
        ExecutorComparison.Run(model, batch, runs, device, terminal);
        if (!arguments.GetValue(_runOnly))
        {
            ProverComparison.Run(GetKey(name, batch, terminal), runs, device, terminal);
        }

        return ExitCode.Accepted;
    }

    private static T[] Repeat<T>(int runs, Func<ulong, T> measure, Terminal terminal)
    {
        terminal.Step("warm up", () => measure(0));
        return terminal.Step($"measure {runs} runs", progress => Enumerable.Range(1, runs).Select(run =>
        {
            progress.Report($"run {run}");
            return measure((ulong)run);
        }).ToArray());
    }

    private static WrapBenchmark GetWrapKeys(string model, int batchSize, Terminal terminal)
    {
        if (Directory.Exists(model))
        {
            var folder = new ModelFolder(model);
            ProvingKey key = ReadKey(folder, terminal);
            return WrapBenchmark.Read(folder, key, terminal);
        }

        QuantizedModel synthetic = BenchmarkModel.Create(model);
        SetupNotice.Show(SetupOrigin.InsecureLocal, terminal);
        return terminal.Step("make a setup and keys", () => WrapBenchmark.Generate(synthetic, batchSize));
    }

    private static ProvingKey ReadKey(ModelFolder folder, Terminal terminal)
    {
        ProvingKey read = terminal.Step(
            "read the proving key",
            () => ProvingKeyFormat.TryRead(folder.ProvingKey, out ProvingKey? key, out FileError? error) ? key : throw error.ToException());
        SetupNotice.Show(read.Verification.Setup, terminal);
        return read;
    }

    private static ProvingKey GetKey(string model, int batchSize, Terminal terminal)
    {
        if (Directory.Exists(model))
        {
            return ReadKey(new ModelFolder(model), terminal);
        }

        QuantizedModel synthetic = BenchmarkModel.Create(model);
        SetupNotice.Show(SetupOrigin.InsecureLocal, terminal);
        var options = new CircuitOptions(batchSize);
        return terminal.Step("make a setup and keys", () =>
        {
            int powers = CircuitCompiler.Compile(synthetic, options).Layout.RequiredPowers;
            StructuredReferenceString srs = InsecureSetup.Generate(powers);
            return KeyGenerator.Generate(synthetic, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
        });
    }

    private static void Show(Terminal terminal, ProvingKey key, BenchmarkRun[] runs, FieldMultiplicationClock unit)
    {
        long weights = BenchmarkModel.Weights(key.Model);
        long activations = BenchmarkModel.Activations(key.Model) * key.Circuit.Options.BatchSize;
        TimeSpan prove = Median(runs.Select(run => run.Prove));
        TimeSpan verify = Median(runs.Select(run => run.Verify));
        TimeSpan execute = Median(runs.Select(run => run.Execute));
        double equivalents = prove.TotalNanoseconds / unit.ScalarNanoseconds;

        terminal.Report["model"] = new { key.Model.Name, Weights = weights, Activations = activations };
        terminal.Report["batch"] = key.Circuit.Options.BatchSize;
        terminal.Report["executeSeconds"] = execute.TotalSeconds;
        terminal.Report["proveSeconds"] = prove.TotalSeconds;
        terminal.Report["fastestProveSeconds"] = runs.Min(run => run.Prove).TotalSeconds;
        terminal.Report["verifySeconds"] = verify.TotalSeconds;
        terminal.Report["proofBytes"] = runs[0].ProofBytes;
        terminal.Report["verificationKeyBytes"] = VerificationKeyFormat.Encode(key.Verification).Length;
        terminal.Report["peakMemoryBytes"] = MemoryUse.Peak;
        terminal.Report["fieldMultiplication"] = unit;
        terminal.Report["proveInFieldMultiplications"] = equivalents;
        terminal.Report["perWeight"] = equivalents / weights;
        terminal.Report["perActivation"] = equivalents / activations;

        terminal.Line($"{key.Model.Name}: {weights:N0} weights and biases, {activations:N0} activations, batch {key.Circuit.Options.BatchSize}; medians of {runs.Length}");
        terminal.Line($"run      {Terminal.Duration(execute)}");
        terminal.Line($"prove    {Terminal.Duration(prove)}   = {equivalents:N0} field multiplications: {equivalents / weights:0.0} a weight, {equivalents / activations:0.0} an activation");
        terminal.Line($"verify   {Terminal.Duration(verify)}");
        terminal.Line($"proof    {Terminal.Bytes(runs[0].ProofBytes)}");
        terminal.Line($"memory   {Terminal.Bytes(MemoryUse.Peak)} at its peak, making the keys included");
        terminal.Line($"one field multiplication: {unit.ScalarNanoseconds:0.0} ns alone (the unit above), {unit.VectorNanoseconds:0.0} ns over slices on all cores");
        ShowStages(terminal, runs);
    }

    private static void ShowStages(Terminal terminal, BenchmarkRun[] runs)
    {
        var stages = runs[0].Stages.Keys.ToDictionary(stage => stage, stage => Median(runs.Select(run => run.Stages.GetValueOrDefault(stage))));
        TimeSpan total = stages.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
        terminal.Report["stages"] = stages.ToDictionary(stage => stage.Key.ToString(), stage => stage.Value.TotalSeconds);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("stage");
        table.AddColumn(new TableColumn("time").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        foreach ((ProverStage stage, TimeSpan time) in stages)
        {
            table.AddRow(stage.ToString(), Terminal.Duration(time), $"{time / total:0 %}");
        }

        terminal.Write(table);
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
