using System.Diagnostics;
using Spectre.Console;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Cli.Devices;

/// <summary>Times of one executor.</summary>
/// <param name="Whole">Input up, all nodes, output down; medians.</param>
/// <param name="Nodes">Each node by itself, waited for; medians.</param>
internal sealed record ExecutorTimes(TimeSpan Whole, TimeSpan[] Nodes);

/// <summary>The executor's part of <c>vml bench --device</c>: a device beside the cores, node by node, transfers counted.</summary>
internal static class ExecutorComparison
{
    /// <summary>Measures and prints.</summary>
    /// <exception cref="MisuseException">The device's output is not the cores': its time would be worth nothing.</exception>
    public static void Run(QuantizedModel model, int batchSize, int runs, ComputeDevice device, Terminal terminal)
    {
        int[] input = SyntheticModels.Input(model, batchSize);
        using var cpu = ComputeDevice.CreateCpu();
        int[] expected = [];
        ExecutorTimes onCpu = terminal.Step("run on the cores", () => Measure(cpu, model, input, batchSize, runs, out expected));
        int[] actual = expected;
        ExecutorTimes onDevice = device.IsCpu
            ? onCpu
            : terminal.Step($"run on {device.Id}", () => Measure(device, model, input, batchSize, runs, out actual));
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            throw new MisuseException($"{device.Id}: its output is not the cores' output");
        }

        Report(model, batchSize, onCpu, onDevice, device, terminal);
    }

    private static ExecutorTimes Measure(ComputeDevice device, QuantizedModel model, int[] input, int batchSize, int runs, out int[] output)
    {
        // The first run compiles, uploads the weights and takes memory.
        output = device.Run(model, input, batchSize, null);
        var whole = new TimeSpan[runs];
        var nodes = new TimeSpan[model.Nodes.Length][];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new TimeSpan[runs];
        }

        for (int run = 0; run < runs; run++)
        {
            int now = run;
            long start = Stopwatch.GetTimestamp();
            device.Run(model, input, batchSize, null);
            whole[run] = Stopwatch.GetElapsedTime(start);
            device.Run(model, input, batchSize, (node, time) => nodes[node][now] += time);
        }

        return new ExecutorTimes(Median(whole), [.. nodes.Select(Median)]);
    }

    private static void Report(
        QuantizedModel model, int batchSize, ExecutorTimes onCpu, ExecutorTimes onDevice, ComputeDevice device, Terminal terminal)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("node");
        string[] columns = ["multiply-adds", "cpu", device.Id, "times faster", "G a second"];
        foreach (string column in columns.Where((_, i) => !device.IsCpu || i is not (1 or 3)))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        for (int i = 0; i < model.Nodes.Length; i++)
        {
            table.AddRow([Markup.Escape(model.Nodes[i].Name), .. Cells(Multiplications(model.Nodes[i]) * batchSize, onCpu.Nodes[i], onDevice.Nodes[i], device)]);
        }

        double all = CpuEstimate.Multiplications(model) * batchSize;
        table.AddRow(["all, transfers counted", .. Cells(all, onCpu.Whole, onDevice.Whole, device)]);
        terminal.Line($"{model.Name}, batch {batchSize}: running it{(device.IsCpu ? "" : ", outputs equal")}");
        terminal.Write(table);
        terminal.Report["execution"] = new
        {
            Batch = batchSize,
            MultiplyAdds = all,
            CpuSeconds = onCpu.Whole.TotalSeconds,
            DeviceSeconds = onDevice.Whole.TotalSeconds,
            Nodes = model.Nodes.Select((node, i) => new { node.Name, CpuSeconds = onCpu.Nodes[i].TotalSeconds, DeviceSeconds = onDevice.Nodes[i].TotalSeconds }),
        };
    }

    private static IEnumerable<string> Cells(double multiplications, TimeSpan cpu, TimeSpan device, ComputeDevice on)
    {
        yield return multiplications == 0 ? "" : $"{multiplications:N0}";
        if (!on.IsCpu)
        {
            yield return Terminal.Duration(cpu);
        }

        yield return Terminal.Duration(device);
        if (!on.IsCpu)
        {
            yield return $"{cpu / device:0.0}";
        }

        yield return multiplications == 0 ? "" : $"{multiplications / device.TotalNanoseconds:0.0}";
    }

    private static double Multiplications(QuantizedNode node) =>
        node is ConvolutionNode convolution ? (double)convolution.Weights.Length * node.Output.Shape.Rows * node.Output.Shape.Columns : 0;

    private static TimeSpan Median(TimeSpan[] times) => times.Order().ElementAt(times.Length / 2);
}
