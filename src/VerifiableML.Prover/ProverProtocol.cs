using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Lookups;
using VerifiableML.Protocol.Sumcheck;
using VerifiableML.Protocol.Transcript;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Stages;
using VerifiableML.Prover.Witness;

namespace VerifiableML.Prover;

/// <summary>The prover's half of the protocol: every value is computed from the witness and sent.</summary>
internal sealed class ProverProtocol : InferenceProtocol<Fr>, IDisposable
{
    private readonly IFieldKernels _kernels;
    private readonly ProverChannel _channel;
    private readonly ProvingKey _key;
    private readonly Witness.Witness _witness;
    private readonly WitnessBlinding _blinding;
    private readonly RandomNumberGenerator _random;
    private readonly StageClock _clock;
    private readonly Dictionary<int, FrVector> _lookupTables = [];
    private FrVector? _weights;
    private FrVector? _row;
    private (Fr Left, Fr Right)[] _factors = [];
    private Fr[] _sources = [];
    private (Fr Witness, Fr Weights) _opened;

    public ProverProtocol(
        IFieldKernels kernels, ProverChannel channel, ProvingKey key, Witness.Witness witness, WitnessBlinding blinding,
        RandomNumberGenerator random, StageClock clock)
        : base(key.Circuit)
    {
        _kernels = kernels;
        _channel = channel;
        _key = key;
        _witness = witness;
        _blinding = blinding;
        _random = random;
        _clock = clock;
    }

    /// <summary>Where this prover lies; null for an honest one.</summary>
    public Deviations? Deviations { get; init; }

    /// <summary>The combined row <c>witness + combination · weights</c>, folded at the claim's row points: what is opened.</summary>
    public FrVector CombinedRow(OpeningClaim<Fr> claim)
    {
        FrVector row = _row ?? throw new InvalidOperationException("the claims have not been reduced");
        _kernels.AddScaled(Weights.All, claim.Combination, row.Slice(0, Weights.Length));
        Fr[] slots = _blinding.FoldSlots(claim.WitnessRow);
        slots[0] += claim.Combination * _key.FoldBlinding(claim.WeightRow);
        row.Slice(1 << Circuit.Layout.ColumnBits, slots.Length).CopyFrom(slots);
        return row;
    }

    /// <inheritdoc/>
    public override void RequireZero(Fr value, string check)
    {
        if (!value.IsZero && Deviations is null)
        {
            throw new UnsatisfiedCircuitException($"the witness does not satisfy the circuit: {check}");
        }
    }

    /// <inheritdoc/>
    public override Fr ReceiveVirtual(VirtualColumn column) => Send(EvaluateAtLookupPoint(_witness.Virtual[column.Index], column.Bits));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FrVector table in _lookupTables.Values)
        {
            table.Dispose();
        }

        _weights?.Dispose();
        _row?.Dispose();
    }

    /// <inheritdoc/>
    protected override Fr Seed => _channel.Seed;

    /// <inheritdoc/>
    protected override Fr Challenge() => _channel.Challenge();

    /// <inheritdoc/>
    protected override void ReceiveBlinding() => Send(WitnessBlinding.DrawScalars(1, _random)[0]);

    /// <inheritdoc/>
    protected override Fr ReceiveColumn(Column column) => Send(EvaluateAtLookupPoint(_witness.Column(column), column.Bits));

    /// <inheritdoc/>
    protected override Fr ReceiveSegment(WeightSegment segment, EvaluationPoint<Fr>[] blockPoints, EvaluationPoint<Fr> low)
    {
        switch (segment.Content)
        {
            case SegmentContent.Bias:
                var node = (AccumulatingNode)_key.Model.Nodes[segment.Node];
                Fr[] table = Equality.Table(LookupPoint.Suffix(segment.OutputBits));
                Fr sum = Fr.Zero;
                for (int o = 0; o < node.Bias.Length; o++)
                {
                    sum += table[o] * Fr.FromInt64(node.Bias[o]);
                }

                return Send(sum);
            case SegmentContent.Coefficients:
                var terms = ((WeightedSumNode)_key.Model.Nodes[segment.Node]).Terms;
                Fr[] choice = Equality.Table(blockPoints[0]);
                return Send(Fr.FromInt64(terms[Array.FindIndex(choice, weight => !weight.IsZero)].Coefficient));
            default:
                throw new InvalidOperationException($"segment «{segment.Name}» is not evaluated at the lookup point");
        }
    }

    /// <inheritdoc/>
    protected override Fr PublicValue(Column column, Fr powerBase)
    {
        int value = column.Index == Circuit.ValueColumns[0].Index ? 0 : Circuit.Architecture.OutputValue;
        TensorShape shape = Circuit.Architecture.Tensor(value).Shape;
        TensorLayout layout = Circuit.LayoutOf(value);
        ReadOnlySpan<int> cells = _witness.Column(column).Span;
        Fr sum = Fr.Zero;
        for (int b = (1 << layout.BatchBits) - 1; b >= 0; b--)
        {
            for (int cell = shape.Cells - 1; cell >= 0; cell--)
            {
                sum = (sum * powerBase) + Fr.FromInt64(cells[(b << layout.CellBits) + layout.CellAddress(shape, cell)]);
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override LeafClaim<Fr> ReduceLookups(Fr alpha, Fr gamma)
    {
        LeafClaim<Fr> leaves = FractionTreeProver.Prove(_kernels, _channel, _witness, alpha, gamma, Deviations?.EditLeaves);
        _clock.Stage(ProverStage.Lookups);
        return leaves;
    }

    /// <inheritdoc/>
    protected override ReducedBatch<Fr> ReduceContractions(IReadOnlyList<Contraction<Fr>> contractions, int degree)
    {
        _clock.Stage(ProverStage.Evaluations);
        _ = Weights;
        _clock.Stage(ProverStage.FoldWeights);
        var instances = new SumcheckInstance[contractions.Count];
        Parallel.For(0, instances.Length, i => instances[i] = Instance(contractions[i]));
        ReducedBatch<Fr> reduced = BatchedSumcheckProver.Reduce(
            _channel, [.. contractions.Select(c => new SumcheckClaim<Fr>(c.Variables, c.Value))], degree,
            weights => [.. instances.Select((instance, i) => new WeightedInstance(instance, weights[i]))]);
        _factors = [.. instances.Select(instance => instance.Factors)];
        DisposeAll(instances);
        _clock.Stage(ProverStage.Contractions);
        return reduced;
    }

    /// <inheritdoc/>
    protected override (Fr Left, Fr Right) ReceiveFactors(int contraction) =>
        (Send(_factors[contraction].Left), Send(_factors[contraction].Right));

    /// <inheritdoc/>
    protected override ReducedBatch<Fr> ReduceWirings(IReadOnlyList<Wiring<Fr>> wirings)
    {
        int[] group = Group(wirings);
        int groups = group.Max() + 1;
        var sources = new FrVector[groups];
        Parallel.For(0, groups, g =>
        {
            Wiring<Fr> wiring = wirings[Array.IndexOf(group, g)];
            sources[g] = WiringFactors.Source(_kernels, wiring, _witness.Column(wiring.Source));
        });
        var instances = new SumcheckInstance[groups];
        ReducedBatch<Fr> reduced = BatchedSumcheckProver.Reduce(
            _channel, [.. wirings.Select(w => new SumcheckClaim<Fr>(w.Variables, w.Value))], 2, Prepare);
        _sources = [.. group.Select(g => instances[g].Factors.Left)];
        DisposeAll(instances);
        _clock.Stage(ProverStage.Wirings);
        return reduced;

        IReadOnlyList<WeightedInstance> Prepare(Fr[] weights)
        {
            var kernels = sources.Select(source => _kernels.Rent(source.Length, cleared: true)).ToArray();
            var values = new Fr[groups];
            for (int i = 0; i < wirings.Count; i++)
            {
                values[group[i]] += weights[i] * wirings[i].Value;
            }

            Parallel.For(0, groups, g =>
            {
                for (int i = 0; i < wirings.Count; i++)
                {
                    if (group[i] == g)
                    {
                        WiringFactors.AddKernel(_kernels, wirings[i], weights[i], kernels[g]);
                    }
                }
            });
            for (int g = 0; g < groups; g++)
            {
                instances[g] = new SumcheckInstance(_kernels, sources[g], kernels[g], values[g]);
            }

            return [.. instances.Select(instance => new WeightedInstance(instance, Fr.One))];
        }
    }

    /// <inheritdoc/>
    protected override Fr ReceiveSource(int wiring) => Send(_sources[wiring]);

    /// <inheritdoc/>
    protected override ReducedBatch<Fr> ReduceClaims(
        IReadOnlyList<ColumnClaim<Fr>> columnClaims, IReadOnlyList<SegmentClaim<Fr>> segmentClaims, Fr witnessSum, Fr segmentSum, Fr[] weights)
    {
        CircuitLayout layout = Circuit.Layout;
        FrVector cells = _kernels.Rent(1 << layout.WitnessBits);
        _kernels.FromIntegers(_witness.Cells, cells.Slice(0, _witness.Cells.Length));
        cells.Slice(_witness.Cells.Length, cells.Length - _witness.Cells.Length).Clear();
        _blinding.AddTo(cells);
        var factors = new ClaimFactors(_kernels, Circuit);
        EnsureLookupTables(columnClaims);
        FrVector witnessKernel = factors.Witness(columnClaims, weights, _lookupTables);
        FrVector segmentKernel = factors.Segments(segmentClaims, weights.AsSpan(columnClaims.Count));
        FrVector folded = _kernels.Rent(Weights.Length);
        Weights.All.CopyTo(folded.All);
        using var witness = new SumcheckInstance(_kernels, cells, witnessKernel, witnessSum);
        using var segments = new SumcheckInstance(_kernels, folded, segmentKernel, segmentSum);
        ReducedBatch<Fr> reduced = BatchedSumcheckProver.Reduce(
            _channel,
            [new SumcheckClaim<Fr>(layout.WitnessBits, witnessSum), new SumcheckClaim<Fr>(layout.ColumnBits, segmentSum)],
            2,
            batch => [new WeightedInstance(witness, batch[0]), new WeightedInstance(segments, batch[1])],
            round => KeepRow(round, witness));
        if (layout.ColumnBits == 0)
        {
            KeepRow(layout.WitnessRowBits, witness);
        }

        _opened = (witness.Factors.Left, segments.Factors.Left);
        _clock.Stage(ProverStage.Claims);
        return reduced;
    }

    /// <inheritdoc/>
    protected override (Fr Witness, Fr Weights) ReceiveOpened() => (Send(_opened.Witness), Send(_opened.Weights));

    /// <summary>When all row variables are bound, what is left of the witness is its rows folded at the row point: the vector to open.</summary>
    private void KeepRow(int round, SumcheckInstance witness)
    {
        if (round == Circuit.Layout.WitnessRowBits)
        {
            _row = _kernels.Rent(Circuit.Layout.RequiredPowers, cleared: true);
            witness.Left.CopyTo(_row.Slice(0, 1 << Circuit.Layout.ColumnBits));
        }
    }

    private FrVector Weights => _weights ??= _key.Weights.Fold(_kernels, WeightRowPoint);

    private Fr Send(Fr value)
    {
        _channel.Send(value);
        return value;
    }

    private Fr EvaluateAtLookupPoint(ReadOnlyMemory<int> cells, int bits) => _kernels.InnerProduct(cells, LookupTable(bits).All);

    private FrVector LookupTable(int bits)
    {
        if (!_lookupTables.TryGetValue(bits, out FrVector? table))
        {
            table = _kernels.Rent(1 << bits);
            _kernels.ExpandEquality(LookupPoint.Suffix(bits).Coordinates, Fr.One, table.All);
            _lookupTables[bits] = table;
        }

        return table;
    }

    private void EnsureLookupTables(IReadOnlyList<ColumnClaim<Fr>> claims)
    {
        foreach (ColumnClaim<Fr> claim in claims)
        {
            LookupTable(claim.Column.Bits);
        }
    }

    private SumcheckInstance Instance(Contraction<Fr> contraction)
    {
        switch (contraction)
        {
            case ConvolutionContraction<Fr> convolution:
                var factors = new ConvolutionFactors(_kernels, Circuit, convolution.Relation, convolution.OutputPoint);
                return new SumcheckInstance(
                    _kernels,
                    factors.Weights(Weights, WeightRowPoint),
                    factors.Input(_witness.Column(Circuit.ValueColumns[convolution.Relation.Input])),
                    contraction.Value, contraction.Weight is { } weight ? weight.Coordinates : default);
            case ProductContraction<Fr> product:
                return new SumcheckInstance(
                    _kernels, Cells(product.Relation.Left), Cells(product.Relation.Right), contraction.Value, product.OutputPoint.Coordinates);
            default:
                throw new InvalidOperationException($"unknown contraction {contraction.GetType().Name}");
        }
    }

    private FrVector Cells(int value)
    {
        ReadOnlyMemory<int> cells = _witness.Column(Circuit.ValueColumns[value]);
        FrVector vector = _kernels.Rent(cells.Length);
        _kernels.FromIntegers(cells, vector.All);
        return vector;
    }

    private static int[] Group(IReadOnlyList<Wiring<Fr>> wirings)
    {
        var representatives = new List<int>();
        var group = new int[wirings.Count];
        for (int i = 0; i < wirings.Count; i++)
        {
            int found = representatives.FindIndex(r => WiringFactors.ShareSource(wirings[r], wirings[i]));
            if (found < 0)
            {
                found = representatives.Count;
                representatives.Add(i);
            }

            group[i] = found;
        }

        return group;
    }

    private static void DisposeAll(IEnumerable<IDisposable> items)
    {
        foreach (IDisposable item in items)
        {
            item.Dispose();
        }
    }
}
