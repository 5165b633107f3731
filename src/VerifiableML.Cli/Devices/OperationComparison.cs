using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Spectre.Console;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Prover;

namespace VerifiableML.Cli.Devices;

/// <summary>
/// <c>vml bench operations --device</c>: sums of multiples of points, and transforms, on a device beside the cores. Scalars and values are where a proof
/// has them, on the device; bases and roots of unity are there from the first run on.
/// </summary>
internal static class OperationComparison
{
    /// <summary>What stands in for a model's name.</summary>
    public const string Name = "operations";

    private static readonly int[] PointSizes = [16, 18, 20], TransformSizes = [17, 20, 22];

    /// <summary>Measures and prints.</summary>
    /// <exception cref="MisuseException">The device computes something else than the cores: its time would be worth nothing.</exception>
    public static void Run(ComputeDevice device, int runs, Terminal terminal)
    {
        // The simulated device is there to try the command; it would take hours for sizes that mean something.
        bool simulated = !device.IsCpu && DeviceOption.Ordinal(device.Id) is null;
        Table table = new Table().Border(TableBorder.Simple).AddColumn("operation");
        foreach (string column in (string[])["size", "cpu", device.Id, "times faster"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        var report = new List<object>();
        foreach (int bits in simulated ? [5] : PointSizes)
        {
            Add("sum of points, 254-bit scalars", bits, terminal.Step($"sums of 2^{bits} points", () => Sums(device.Backend, bits, runs)));
        }

        foreach (int bits in simulated ? [6] : TransformSizes)
        {
            Add("transform", bits, terminal.Step($"transforms of 2^{bits} values", () => Transforms(device.Backend, bits, runs)));
        }

        terminal.Write(table);
        terminal.Report["operations"] = report;

        void Add(string operation, int bits, (double Cpu, double Device, bool Equal) times)
        {
            if (!times.Equal)
            {
                throw new MisuseException($"{device.Id}: {operation} of size 2^{bits} is not what the cores compute");
            }

            table.AddRow(operation, $"2^{bits}", Milliseconds(times.Cpu), Milliseconds(times.Device), (times.Cpu / times.Device).ToString("N1", CultureInfo.InvariantCulture));
            report.Add(new { operation, size = 1L << bits, cpuSeconds = times.Cpu, deviceSeconds = times.Device });
        }
    }

    private static (double Cpu, double Device, bool Equal) Sums(ProverBackend backend, int bits, int runs)
    {
        using FrVector scalars = RandomVector(bits);
        G1Bases bases = FixedBaseMultiplication.Compute(G1.Generator, scalars.All);
        using FrVector onDevice = backend.Kernels.Rent(scalars.Length);
        scalars.All.CopyTo(onDevice.All);
        G1 expected = default, actual = default;
        double cpu = Median(runs, () => expected = ProverBackend.Cpu.Sums.Compute(bases, scalars.All));
        double device = Median(runs, () => actual = backend.Sums.Compute(bases, onDevice.All));
        return (cpu, device, expected == actual);
    }

    private static (double Cpu, double Device, bool Equal) Transforms(ProverBackend backend, int bits, int runs)
    {
        using FrVector values = RandomVector(bits);
        using FrVector onDevice = backend.Kernels.Rent(values.Length);
        values.All.CopyTo(onDevice.All);
        double cpu = Median(runs, () => ProverBackend.Cpu.Transforms.Transform(values.All));
        double device = Median(runs, () =>
        {
            backend.Transforms.Transform(onDevice.All);

            // A transform does not wait for the device; an element of its result does.
            _ = onDevice[0];
        });
        return (cpu, device, values.All.ToArray().AsSpan().SequenceEqual(onDevice.All.ToArray()));
    }

    private static FrVector RandomVector(int bits)
    {
        using var generator = RandomNumberGenerator.Create();
        FrVector vector = FrVector.Rent(1 << bits);
        Fr step = Fr.Random(generator), element = Fr.Random(generator);
        for (int i = 0; i < vector.Length; i++, element *= step)
        {
            vector[i] = element;
        }

        return vector;
    }

    /// <summary>Seconds of the middle one of some runs, after one that compiles and uploads.</summary>
    private static double Median(int runs, Action work)
    {
        work();
        double[] seconds = [.. Enumerable.Range(0, runs).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }).Order()];
        return seconds[runs / 2];
    }

    private static string Milliseconds(double seconds) => (seconds * 1e3).ToString("N1", CultureInfo.InvariantCulture) + " ms";
}
