using System.Diagnostics;
using Spectre.Console;
using VerifiableML.Circuits.Verification;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Devices;

/// <summary>The prover's part of <c>vml bench --device</c>: a device beside the cores, stage by stage.</summary>
internal static class ProverComparison
{
    /// <summary>Measures and prints.</summary>
    /// <exception cref="MisuseException">A proof was refused, which would make its time worthless.</exception>
    public static void Run(ProvingKey key, int runs, ComputeDevice device, Terminal terminal)
    {
        using var cpu = ComputeDevice.CreateCpu();
        Proving[] onCpu = terminal.Step("prove on the cores", () => Measure(cpu, key, runs));
        Proving[] onDevice = device.IsCpu ? onCpu : terminal.Step($"prove on {device.Id}", () => Measure(device, key, runs));
        Table table = new Table().Border(TableBorder.Simple).AddColumn("stage");
        foreach (string column in new[] { "cpu", device.Id, "times faster", "kernels", "up", "down" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (ProverStage stage in onCpu[0].Clock.Durations.Keys)
        {
            DeviceTraffic traffic = onDevice[^1].Clock.Traffic.GetValueOrDefault(stage);
            Add(table, stage.ToString(), Median(onCpu, run => run.Clock.Durations.GetValueOrDefault(stage)),
                Median(onDevice, run => run.Clock.Durations.GetValueOrDefault(stage)), traffic);
        }

        DeviceTraffic all = onDevice[^1].Clock.Traffic.Values.Aggregate(default(DeviceTraffic), (sum, stage) => sum + stage);
        TimeSpan cpuTime = Median(onCpu, run => run.Whole);
        TimeSpan deviceTime = Median(onDevice, run => run.Whole);
        Add(table, "run and prove, transfers counted", cpuTime, deviceTime, all);
        terminal.Line($"{key.Model.Name}, batch {key.Circuit.Options.BatchSize}: core proof; medians of {runs}");
        terminal.Write(table);
        terminal.Report["proving"] = new
        {
            Batch = key.Circuit.Options.BatchSize,
            CpuSeconds = cpuTime.TotalSeconds,
            DeviceSeconds = deviceTime.TotalSeconds,
            CpuStages = Stages(onCpu),
            DeviceStages = Stages(onDevice),
            Traffic = all,
        };
    }

    private static Proving[] Measure(ComputeDevice device, ProvingKey key, int runs)
    {
        // The first proof compiles, and uploads what the key's proofs have in common.
        Prove(device, key, 0);
        return [.. Enumerable.Range(1, runs).Select(run => Prove(device, key, (ulong)run))];
    }

    private static Proving Prove(ComputeDevice device, ProvingKey key, ulong seed)
    {
        int batch = key.Circuit.Options.BatchSize;
        int[] input = SyntheticModels.Input(key.Model, batch, seed);
        long start = Stopwatch.GetTimestamp();
        ExecutionTrace trace = device.Executor.Execute(key.Model, input, batch);
        ProvenInference proven = InferenceProver.Prove(key, trace, backend: device.Backend);
        TimeSpan whole = Stopwatch.GetElapsedTime(start);
        Rejection? rejection = InferenceVerifier.Verify(key.Verification, proven.Statement, CoreProofFormat.Encode(proven.Proof));
        return rejection is null ? new Proving(whole, proven.Clock) : throw new MisuseException($"{device.Id}: the proof was rejected: {rejection}");
    }

    private static void Add(Table table, string stage, TimeSpan cpu, TimeSpan device, DeviceTraffic traffic) => table.AddRow(
        stage,
        Terminal.Duration(cpu),
        Terminal.Duration(device),
        $"{cpu / device:0.0}",
        $"{traffic.Launches:N0}",
        Terminal.Bytes(traffic.BytesUp),
        Terminal.Bytes(traffic.BytesDown));

    private static Dictionary<string, double> Stages(Proving[] runs) => runs[0].Clock.Durations.Keys.ToDictionary(
        stage => stage.ToString(), stage => Median(runs, run => run.Clock.Durations.GetValueOrDefault(stage)).TotalSeconds);

    private static TimeSpan Median(Proving[] runs, Func<Proving, TimeSpan> time) => runs.Select(time).Order().ElementAt(runs.Length / 2);

    /// <summary>One proof.</summary>
    private sealed record Proving(TimeSpan Whole, StageClock Clock);
}
