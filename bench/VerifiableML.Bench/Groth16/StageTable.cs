using System.Diagnostics;
using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Bench.Groth16;

/// <summary>What key generation and each stage of a proof take for 100,000 constraints, medians of a few runs.</summary>
internal static class StageTable
{
    private const int Constraints = 100_000;
    private const int Runs = 5;

    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        SyntheticCircuit circuit = SyntheticCircuit.Create(Constraints);
        ConstraintSystem system = circuit.System;
        Console.WriteLine($"{system.ConstraintCount:N0} constraints, {system.A.TermCount + system.B.TermCount + system.C.TermCount:N0} terms");
        var secrets = new PhaseOneSecrets(Fr.FromUInt64(1234567), Fr.FromUInt64(2345678), Fr.FromUInt64(3456789));
        Groth16ProvingKey key = GenerateKey(system, secrets, "known secrets");
        GenerateKey(system, secrets, "known secrets, again");
        var points = new LagrangeSource(secrets, Groth16KeyGenerator.DomainBits(system));
        GenerateKey(system, points, "Lagrange points");
        GenerateKey(system, points, "Lagrange points, again");

        var runs = new List<StageTimes>();
        for (int run = 0; run <= Runs; run++)
        {
            var times = new StageTimes();
            Groth16Prover.Prove(key, circuit.Wires, times);
            runs.Add(times);
        }

        Console.WriteLine($"the first proof: {runs[0].Total:F0} ms; then, median of {Runs}:");
        double total = Median(runs.Skip(1).Select(run => run.Total));
        Console.WriteLine($"  {"all",-12}{total,8:F0} ms");
        foreach (Groth16Stage stage in Enum.GetValues<Groth16Stage>())
        {
            double median = Median(runs.Skip(1).Select(run => run.Milliseconds[stage]));
            Console.WriteLine($"  {stage,-12}{median,8:F0} ms {median / total,8:P0}");
        }
    }

    private static Groth16ProvingKey GenerateKey(ConstraintSystem system, PhaseOne phaseOne, string source)
    {
        long start = Stopwatch.GetTimestamp();
        Groth16ProvingKey key = Groth16KeyGenerator.Generate(system, phaseOne);
        Console.WriteLine($"key generation from {source}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        return key;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Runs / 2);

    private sealed class StageTimes : IProgress<Groth16Stage>
    {
        private long _last = Stopwatch.GetTimestamp();

        public Dictionary<Groth16Stage, double> Milliseconds { get; } = [];

        public double Total => Milliseconds.Values.Sum();

        public void Report(Groth16Stage value)
        {
            long now = Stopwatch.GetTimestamp();
            Milliseconds[value] = Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds;
            _last = now;
        }
    }
}
