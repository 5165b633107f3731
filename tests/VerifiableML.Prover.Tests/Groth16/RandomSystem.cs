using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Prover.Tests.Groth16;

/// <summary>A constraint system with random sparse rows, and wires that satisfy it.</summary>
internal sealed record RandomSystem(ConstraintSystem System, Fr[] Wires)
{
    public ReadOnlySpan<Fr> PublicSignals => Wires.AsSpan(1, System.PublicCount);

    /// <summary>
    /// Each constraint multiplies two random combinations of earlier wires; its product is a new wire plus another combination. Coefficients
    /// are one, minus one, small or of full length.
    /// </summary>
    public static RandomSystem Create(int seed, int constraints, int publicCount, int freeWires = 2)
    {
        var random = new Random(seed);
        var wires = new List<Fr> { Fr.One };
        while (wires.Count < 1 + publicCount + freeWires)
        {
            wires.Add(Draw(random));
        }

        var table = new List<Fr> { Fr.One, -Fr.One, Fr.FromUInt64(3), Draw(random), Draw(random) };
        var (a, b, c) = (new Rows(table), new Rows(table), new Rows(table));
        for (int i = 0; i < constraints; i++)
        {
            Fr left = a.AddRandom(random, wires);
            Fr right = b.AddRandom(random, wires);
            Fr rest = c.AddRandom(random, wires);
            c.Extend(wires.Count);
            wires.Add((left * right) - rest);
        }

        return new RandomSystem(new ConstraintSystem(wires.Count, publicCount, a.Build(), b.Build(), c.Build()), [.. wires]);
    }

    public static Fr Draw(Random random)
    {
        var bytes = new byte[48];
        random.NextBytes(bytes);
        return Fr.FromWideBytes(bytes);
    }

    private sealed class Rows(List<Fr> table)
    {
        private readonly List<int> _starts = [0];
        private readonly List<int> _wires = [];
        private readonly List<int> _indices = [];

        public Fr AddRandom(Random random, List<Fr> wires)
        {
            Fr sum = Fr.Zero;
            int[] chosen = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(wires.Count)).Distinct().Order()];
            foreach (int wire in chosen)
            {
                int index = random.Next(table.Count);
                _wires.Add(wire);
                _indices.Add(index);
                sum += table[index] * wires[wire];
            }

            _starts.Add(_wires.Count);
            return sum;
        }

        public void Extend(int wire)
        {
            _wires.Add(wire);
            _indices.Add(0);
            _starts[^1]++;
        }

        public SparseMatrix Build() => new(_starts.ToArray(), _wires.ToArray(), _indices.ToArray(), table.ToArray());
    }
}
