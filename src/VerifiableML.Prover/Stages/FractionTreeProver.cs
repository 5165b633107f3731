using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Tables;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Lookups;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Prover.Stages;

/// <summary>The prover of <see cref="FractionTree"/>: builds all levels from the leaves up, then proves them from the root down.</summary>
internal sealed class FractionTreeProver
{
    private readonly IFieldKernels _kernels;
    private readonly ProverChannel _channel;
    private readonly List<Level> _levels = [];

    private FractionTreeProver(IFieldKernels kernels, ProverChannel channel)
    {
        _kernels = kernels;
        _channel = channel;
    }

    /// <summary>Proves that all lookups of a witness balance.</summary>
    public static LeafClaim<Fr> Prove(
        IFieldKernels kernels, ProverChannel channel, Witness.Witness witness, Fr alpha, Fr gamma, LeafEdit? edit = null)
    {
        var prover = new FractionTreeProver(kernels, channel);
        try
        {
            prover.Build(witness, alpha, gamma, edit);
            return prover.Reduce(witness.Circuit.LookupLevels);
        }
        finally
        {
            prover._levels.ForEach(level => level.Dispose());
        }
    }

    private void Build(Witness.Witness witness, Fr alpha, Fr gamma, LeafEdit? edit)
    {
        Level leaves = Level.Rent(_kernels, witness.Circuit.LookupLevels);
        _levels.Add(leaves);
        FillLeaves(witness, leaves, alpha, gamma);
        edit?.Invoke(leaves.Numerators.All, leaves.Denominators.All, alpha, gamma);
        for (int bits = witness.Circuit.LookupLevels - 1; bits >= 1; bits--)
        {
            Level child = _levels[^1];
            Level level = Level.Rent(_kernels, bits);
            _levels.Add(level);
            int half = 1 << bits;
            _kernels.FractionCombine(
                child.Numerators.Slice(0, half), child.Denominators.Slice(0, half),
                child.Numerators.Slice(half, half), child.Denominators.Slice(half, half),
                level.Numerators.All, level.Denominators.All);
        }

        _levels.Reverse();
    }

    /// <summary>A leaf of a lookup is 1/(α − row), taken from the table's own denominators; a leaf of a table is −multiplicity/(α − row).</summary>
    private void FillLeaves(Witness.Witness witness, Level leaves, Fr alpha, Fr gamma)
    {
        Circuit circuit = witness.Circuit;
        FrVector[] tables = [.. circuit.Tables.Select((table, i) => Denominators(table, i, alpha, gamma))];
        long used = 0;
        for (int i = 0; i < circuit.Lookups.Length; i++)
        {
            LeafSegment segment = circuit.LookupLeaves[i];
            int length = 1 << segment.Bits;
            leaves.Numerators.Slice((int)segment.Offset, length).Fill(Fr.One);
            _kernels.Gather(
                tables[circuit.Lookups[i].Table].All, witness.LookupRows[i], leaves.Denominators.Slice((int)segment.Offset, length));
            used = Math.Max(used, segment.Offset + length);
        }

        for (int i = 0; i < circuit.Tables.Length; i++)
        {
            LeafSegment segment = circuit.TableLeaves[i];
            int length = 1 << segment.Bits;
            FrSlice numerators = leaves.Numerators.Slice((int)segment.Offset, length);
            _kernels.FromIntegers(witness.Column(circuit.Multiplicities[i]), numerators);
            _kernels.Scale(numerators, -Fr.One, numerators);
            tables[i].All.CopyTo(leaves.Denominators.Slice((int)segment.Offset, length));
            used = Math.Max(used, segment.Offset + length);
            tables[i].Dispose();
        }

        int rest = (1 << circuit.LookupLevels) - (int)used;
        leaves.Numerators.Slice((int)used, rest).Clear();
        leaves.Denominators.Slice((int)used, rest).Fill(Fr.One);
    }

    /// <summary><c>α − key − γ · value − γ² · id</c> for every row of a table.</summary>
    private FrVector Denominators(LookupTable table, int index, Fr alpha, Fr gamma)
    {
        int rows = 1 << table.Bits;
        var keys = new int[rows];
        var values = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            keys[i] = table.FirstKey + i;
            values[i] = table.Value(keys[i]);
        }

        FrVector denominators = _kernels.Rent(rows);
        using FrVector scratch = _kernels.Rent(rows);
        denominators.All.Fill(alpha - (gamma.Square() * Fr.FromInt64(index + 1)));
        _kernels.FromIntegers(keys, scratch.All);
        _kernels.Subtract(denominators.All, scratch.All, denominators.All);
        _kernels.FromIntegers(values, scratch.All);
        _kernels.AddScaled(scratch.All, -gamma, denominators.All);
        return denominators;
    }

    private LeafClaim<Fr> Reduce(int levels)
    {
        LeafClaim<Fr> claim = Descend(_levels[0].Children(), new EvaluationPoint<Fr>(Array.Empty<Fr>()));
        for (int level = 1; level < levels; level++)
        {
            claim = ReduceLevel(claim, level, _levels[level]);
        }

        return claim;
    }

    private LeafClaim<Fr> ReduceLevel(LeafClaim<Fr> claim, int variables, Level child)
    {
        Fr lambda = _channel.Challenge();
        Fr value = claim.Numerator + (lambda * claim.Denominator);
        var inverses = claim.Point.Coordinates.ToArray();
        BatchInversion.Invert(inverses.AsSpan());
        var point = new Fr[variables];
        using var tables = new FractionLevelProver(_kernels, child.Numerators, child.Denominators, claim.Point.Coordinates[1..], lambda);
        for (int j = 0; j < variables; j++)
        {
            (Fr constant, Fr quadratic) = tables.Round();

            // (1 − r) g(0) + r g(1) = value, with g(1) = constant + linear + quadratic.
            Fr linear = ((value - constant) * inverses[j]) - quadratic;
            _channel.Send(linear);
            _channel.Send(quadratic);
            point[j] = _channel.Challenge();
            value = (((quadratic * point[j]) + linear) * point[j]) + constant;
            tables.Bind(point[j]);
        }

        return Descend(tables.Children(), new EvaluationPoint<Fr>(point));
    }

    private LeafClaim<Fr> Descend(FractionPair children, EvaluationPoint<Fr> point)
    {
        _channel.Send(children.Numerator0);
        _channel.Send(children.Numerator1);
        _channel.Send(children.Denominator0);
        _channel.Send(children.Denominator1);
        Fr beta = _channel.Challenge();
        return new LeafClaim<Fr>(
            EvaluationPoint<Fr>.Join(new EvaluationPoint<Fr>(new[] { beta }), point),
            children.Numerator0 + (beta * (children.Numerator1 - children.Numerator0)),
            children.Denominator0 + (beta * (children.Denominator1 - children.Denominator0)));
    }

    /// <summary>One level of the tree: 2^bits fractions.</summary>
    private sealed record Level(FrVector Numerators, FrVector Denominators) : IDisposable
    {
        public static Level Rent(IFieldKernels kernels, int bits) => new(kernels.Rent(1 << bits), kernels.Rent(1 << bits));

        public FractionPair Children() => new(Numerators[0], Numerators[1], Denominators[0], Denominators[1]);

        public void Dispose()
        {
            Numerators.Dispose();
            Denominators.Dispose();
        }
    }
}
