using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Lookups;
using VerifiableML.Protocol.Sumcheck;

namespace VerifiableML.Circuits;

/// <summary>What the protocol leaves to the polynomial opening.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="WitnessRow">The point at which the witness rows are folded.</param>
/// <param name="WeightRow">The point at which the rows of the preprocessed data are folded.</param>
/// <param name="Column">The point of the columns.</param>
/// <param name="Combination">The weight of the preprocessed data beside the witness.</param>
/// <param name="Value">The value of the combined row at the column point.</param>
/// <param name="Link">The sponge's last challenge, from which the opening's own challenges start.</param>
public readonly record struct OpeningClaim<T>(
    EvaluationPoint<T> WitnessRow, EvaluationPoint<T> WeightRow, EvaluationPoint<T> Column, T Combination, T Value, T Link)
    where T : struct, IScalar<T>;

/// <summary>
/// The interactive protocol, stage by stage, as both sides follow it. The verifier receives the prover's values from the channel and the
/// prover computes and sends them; which claims they make, where they are discharged and what must vanish is written here, once.
/// Over the variables of a constraint system the verifier's half emits a circuit.
/// </summary>
/// <typeparam name="T">The scalar: a field element, or a variable of a circuit.</typeparam>
/// <param name="circuit">The circuit.</param>
public abstract class InferenceProtocol<T>(Circuit circuit)
    where T : struct, IScalar<T>
{
    private readonly List<ColumnClaim<T>> _columnClaims = [];
    private readonly List<SegmentClaim<T>> _segmentClaims = [];
    private readonly List<Contraction<T>> _contractions = [];
    private readonly List<Wiring<T>> _wirings = [];
    private (T Key, T Value)[] _lookups = [];

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; } = circuit;

    /// <summary>The point at which all lookups, and with them all accumulators, are evaluated.</summary>
    public EvaluationPoint<T> LookupPoint { get; private set; }

    /// <summary>The point at which the rows of the preprocessed data are folded: the lowest coordinates of the lookup point.</summary>
    public EvaluationPoint<T> WeightRowPoint => LookupPoint.Suffix(Circuit.Layout.WeightRowBits);

    /// <summary>Runs all stages up to the opening.</summary>
    public OpeningClaim<T> Run()
    {
        Enter(ProtocolStage.Lookups);
        if (Circuit.Options.IsHiding)
        {
            ReceiveBlinding();
        }

        T gamma = Challenge();
        T alpha = Challenge();
        LeafClaim<T> leaves = ReduceLookups(alpha, gamma);
        LookupPoint = leaves.Point;
        Enter(ProtocolStage.Relations);
        StateRelations();
        Enter(ProtocolStage.Leaves);
        CheckLeaves(leaves, alpha, gamma);
        Enter(ProtocolStage.Contractions);
        ReduceContractions();
        Enter(ProtocolStage.Wirings);
        ReduceWirings();
        Enter(ProtocolStage.Claims);
        StatePublicValues();
        return ReduceClaims();
    }

    /// <summary>Receives the value of a committed column at the lookup point and owes its proof.</summary>
    public T EvaluateColumn(Column column)
    {
        T value = ReceiveColumn(column);
        Owe(new EvaluationClaim<T>(column, LookupPoint.Suffix(column.Bits), value) { IsAtLookupPoint = true });
        return value;
    }

    /// <summary>Receives the value of a virtual column at the lookup point. The caller must discharge it.</summary>
    public abstract T ReceiveVirtual(VirtualColumn column);

    /// <summary>Receives the value of a folded segment at a point, and owes its proof.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="blockPoints">One point for each block axis.</param>
    /// <param name="low">The point inside a block.</param>
    public T EvaluateSegment(WeightSegment segment, EvaluationPoint<T>[] blockPoints, EvaluationPoint<T> low)
    {
        T value = ReceiveSegment(segment, blockPoints, low);
        OweSegment(segment, blockPoints, low, value);
        return value;
    }

    /// <summary>Owes the proof of a claim on a committed column.</summary>
    public void Owe(ColumnClaim<T> claim) => _columnClaims.Add(claim);

    /// <summary>
    /// Owes the proof that a segment has <paramref name="value"/>. Rows that the segment does not use are zero, so folding all rows multiplies
    /// it by <c>Π (1 − r_j)</c> over the row coordinates that it lacks.
    /// </summary>
    public void OweSegment(WeightSegment segment, EvaluationPoint<T>[] blockPoints, EvaluationPoint<T> low, T value)
    {
        int unused = Circuit.Layout.WeightRowBits - (segment.IsRowSplit ? Math.Min(segment.OutputBits, Circuit.Layout.WeightRowBits) : 0);
        T scale = Equality.AtIndex(WeightRowPoint.Prefix(unused), 0);
        _segmentClaims.Add(new SegmentClaim<T>(segment, blockPoints, low, value * scale));
    }

    /// <summary>Owes the proof of a contraction.</summary>
    public void Owe(Contraction<T> contraction) => _contractions.Add(contraction);

    /// <summary>
    /// Owes the proof of a wiring; where every axis passes through, that is a claim on the source. An axis of one index that has a kernel sums over
    /// no variable, but its kernel still counts.
    /// </summary>
    public void Owe(Wiring<T> wiring)
    {
        if (wiring.PassesThrough)
        {
            Owe(new EvaluationClaim<T>(wiring.Source, wiring.SourcePoint(default), wiring.Value));
        }
        else
        {
            _wirings.Add(wiring);
        }
    }

    /// <summary>States what a column of lookups holds at the lookup point.</summary>
    public void State(Lookup lookup, T key, T value) => _lookups[lookup.Index] = (key, value);

    /// <summary>Demands that a value is zero.</summary>
    public abstract void RequireZero(T value, string check);

    /// <summary>
    /// The transcript's seed. It depends on all commitments and public values, and whoever evaluates public values outside of a circuit knows it:
    /// so it is their base.
    /// </summary>
    protected abstract T Seed { get; }

    /// <summary>A stage begins.</summary>
    protected virtual void Enter(ProtocolStage stage)
    {
    }

    /// <summary>The next challenge.</summary>
    protected abstract T Challenge();

    /// <summary>
    /// Receives a random scalar that means nothing. With it in the transcript, challenges that become public tell nothing about the messages to one
    /// who guesses those.
    /// </summary>
    protected abstract void ReceiveBlinding();

    /// <summary>Receives the value of a committed column at the lookup point.</summary>
    protected abstract T ReceiveColumn(Column column);

    /// <summary>Receives the value of a folded segment.</summary>
    protected abstract T ReceiveSegment(WeightSegment segment, EvaluationPoint<T>[] blockPoints, EvaluationPoint<T> low);

    /// <summary>The value of a <see cref="PowerClaim{T}"/> that the public input or output demands.</summary>
    protected abstract T PublicValue(Column column, T powerBase);

    /// <summary>Proves all lookups together.</summary>
    protected abstract LeafClaim<T> ReduceLookups(T alpha, T gamma);

    /// <summary>Reduces all contractions side by side.</summary>
    protected abstract ReducedBatch<T> ReduceContractions(IReadOnlyList<Contraction<T>> contractions, int degree);

    /// <summary>Receives the factors of a contraction at the reduced point.</summary>
    protected abstract (T Left, T Right) ReceiveFactors(int contraction);

    /// <summary>Reduces all wirings side by side.</summary>
    protected abstract ReducedBatch<T> ReduceWirings(IReadOnlyList<Wiring<T>> wirings);

    /// <summary>Receives the value of a wiring's source at the reduced point.</summary>
    protected abstract T ReceiveSource(int wiring);

    /// <summary>Reduces all claims on committed polynomials to one point of each.</summary>
    protected abstract ReducedBatch<T> ReduceClaims(
        IReadOnlyList<ColumnClaim<T>> columnClaims, IReadOnlyList<SegmentClaim<T>> segmentClaims, T witnessSum, T segmentSum, T[] weights);

    /// <summary>Receives the witness's and the folded preprocessed data's values at the last point.</summary>
    protected abstract (T Witness, T Weights) ReceiveOpened();

    /// <summary>Every relation receives what it needs at the lookup point and states what it owes.</summary>
    private void StateRelations()
    {
        _lookups = new (T, T)[Circuit.Lookups.Length];
        foreach (Relation relation in Circuit.Relations)
        {
            relation.State(this);
        }
    }

    /// <summary>The leaves of the fraction tree are what relations and tables say, each at its own prefix; all other leaves are 0/1.</summary>
    private void CheckLeaves(LeafClaim<T> leaves, T alpha, T gamma)
    {
        T numerator = T.Zero;
        T denominator = T.One;
        T gammaSquared = gamma * gamma;
        for (int i = 0; i < Circuit.Lookups.Length; i++)
        {
            T prefix = Prefix(Circuit.LookupLeaves[i]);
            (T key, T value) = _lookups[i];
            numerator += prefix;
            denominator += prefix * (Fingerprint(Circuit.Lookups[i].Table, key, value) - T.One);
        }

        for (int i = 0; i < Circuit.Tables.Length; i++)
        {
            LookupTable table = Circuit.Tables[i];
            EvaluationPoint<T> point = LookupPoint.Suffix(table.Bits);
            T prefix = Prefix(Circuit.TableLeaves[i]);
            numerator -= prefix * EvaluateColumn(Circuit.Multiplicities[i]);
            denominator += prefix * (Fingerprint(i, table.KeyAt(point), table.ValueAt(point)) - T.One);
        }

        RequireZero(leaves.Numerator - numerator, "lookup numerators do not match the columns");
        RequireZero(leaves.Denominator - denominator, "lookup denominators do not match the columns");

        T Prefix(LeafSegment segment) =>
            Equality.AtIndex(LookupPoint.Prefix(LookupPoint.Count - segment.Bits), segment.Offset >> segment.Bits);
        T Fingerprint(int table, T key, T value) =>
            alpha - key - (gamma * value) - (gammaSquared * ScalarConstants.Integer<T>(table + 1));
    }

    private void ReduceContractions()
    {
        if (_contractions.Count == 0)
        {
            return;
        }

        ReducedBatch<T> reduced = ReduceContractions(_contractions, Circuit.ContractionDegree);
        T sum = T.Zero;
        for (int i = 0; i < _contractions.Count; i++)
        {
            Contraction<T> contraction = _contractions[i];
            EvaluationPoint<T> point = reduced.Point.Suffix(contraction.Variables);
            (T Left, T Right) factors = ReceiveFactors(i);
            T product = factors.Left * factors.Right;
            sum += reduced.Weights[i] * (contraction.Weight is { } weight ? product * Equality.Evaluate(weight, point.Suffix(weight.Count)) : product);
            contraction.Discharge(this, factors, point);
        }

        RequireZero(reduced.Value - sum, "contraction sumcheck does not end in its factors");
    }

    private void ReduceWirings()
    {
        if (_wirings.Count == 0)
        {
            return;
        }

        ReducedBatch<T> reduced = ReduceWirings(_wirings);
        T sum = T.Zero;
        for (int i = 0; i < _wirings.Count; i++)
        {
            EvaluationPoint<T> point = reduced.Point.Suffix(_wirings[i].Variables);
            T source = ReceiveSource(i);
            sum += reduced.Weights[i] * source * _wirings[i].KernelAt(point);
            Owe(new EvaluationClaim<T>(_wirings[i].Source, _wirings[i].SourcePoint(point), source));
        }

        RequireZero(reduced.Value - sum, "wiring sumcheck does not end in its sources");
    }

    /// <summary>
    /// Live cells of public columns are what the verifier knows. Padded cells of the input are zero, which nothing else says: a model
    /// with weights in its padding would have inputs that nobody sees. Those of the output are zero by its relation as well; the claim is cheap.
    /// </summary>
    private void StatePublicValues()
    {
        State(0, Circuit.Options.Input, true);
        State(Circuit.Architecture.OutputValue, Circuit.Options.Output, Circuit.Options.Output == Visibility.Public);

        void State(int value, Visibility visibility, bool isPadded)
        {
            Column column = Circuit.ValueColumns[value];
            TensorShape shape = Circuit.Architecture.Tensor(value).Shape;
            if (visibility == Visibility.Public)
            {
                Owe(new PowerClaim<T>(column, shape, Circuit.LayoutOf(value), Seed, PublicValue(column, Seed)));
            }

            if (isPadded)
            {
                Owe(new PaddingClaim<T>(column, shape, Circuit.LayoutOf(value), Seed));
            }
        }
    }

    /// <summary>
    /// All claims become one on the witness at <c>(row, column)</c> and one on the folded preprocessed data at the same column point: the
    /// sumcheck over the witness begins with its row variables, and the preprocessed data join when the columns begin.
    /// </summary>
    private OpeningClaim<T> ReduceClaims()
    {
        T[] weights = BatchedSumcheck.Weights(Challenge(), _columnClaims.Count + _segmentClaims.Count);
        T witnessSum = T.Zero;
        T segmentSum = T.Zero;
        for (int i = 0; i < _columnClaims.Count; i++)
        {
            witnessSum += weights[i] * _columnClaims[i].Value;
        }

        for (int i = 0; i < _segmentClaims.Count; i++)
        {
            segmentSum += weights[_columnClaims.Count + i] * _segmentClaims[i].Value;
        }

        ReducedBatch<T> reduced = ReduceClaims(_columnClaims, _segmentClaims, witnessSum, segmentSum, weights);
        EvaluationPoint<T> columnPoint = reduced.Point.Suffix(Circuit.Layout.ColumnBits);
        (T witness, T folded) = ReceiveOpened();
        T expected = (reduced.Weights[0] * witness * WitnessKernel(reduced.Point, weights))
            + (reduced.Weights[1] * folded * SegmentKernel(columnPoint, weights));
        RequireZero(reduced.Value - expected, "claim sumcheck does not end in the opened values");
        T combination = Challenge();
        return new OpeningClaim<T>(
            reduced.Point.Prefix(Circuit.Layout.WitnessRowBits), WeightRowPoint, columnPoint, combination, witness + (combination * folded),
            Challenge());
    }

    private T WitnessKernel(EvaluationPoint<T> point, T[] weights)
    {
        // All columns of one length are evaluated at the same suffix of the lookup point: their factor is computed once.
        var shared = new Dictionary<int, T>();
        T sum = T.Zero;
        for (int i = 0; i < _columnClaims.Count; i++)
        {
            ColumnClaim<T> claim = _columnClaims[i];
            int bits = claim.Column.Bits;
            EvaluationPoint<T> suffix = point.Suffix(bits);
            T kernel;
            if (claim is EvaluationClaim<T> { IsAtLookupPoint: true })
            {
                if (!shared.TryGetValue(bits, out kernel))
                {
                    shared[bits] = kernel = claim.KernelAt(suffix);
                }
            }
            else
            {
                kernel = claim.KernelAt(suffix);
            }

            sum += weights[i] * kernel * Equality.AtIndex(point.Prefix(point.Count - bits), claim.Column.Offset >> bits);
        }

        return sum;
    }

    private T SegmentKernel(EvaluationPoint<T> point, T[] weights)
    {
        T sum = T.Zero;
        for (int i = 0; i < _segmentClaims.Count; i++)
        {
            sum += weights[_columnClaims.Count + i] * _segmentClaims[i].KernelAt(point);
        }

        return sum;
    }
}
