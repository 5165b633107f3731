using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Lookups;
using VerifiableML.Protocol.Sumcheck;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Circuits.Verification;

/// <summary>The verifier's half of the protocol: every value comes from the channel.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="circuit">The circuit.</param>
/// <param name="channel">The channel.</param>
/// <param name="publicValue">The sum <c>Σ_i value_i · base^i</c> over the values of a public column.</param>
/// <param name="entered">Called with each stage as it begins; may be null.</param>
public sealed class VerifierProtocol<T>(
    Circuit circuit, VerifierChannel<T> channel, Func<Column, T, T> publicValue, Action<ProtocolStage>? entered = null)
    : InferenceProtocol<T>(circuit)
    where T : struct, IScalar<T>
{
    /// <inheritdoc/>
    protected override T Seed => channel.Seed;

    /// <inheritdoc/>
    public override void RequireZero(T value, string check) => channel.RequireZero(value, check);

    /// <inheritdoc/>
    public override T ReceiveVirtual(VirtualColumn column) => channel.Receive(column.Name);

    /// <inheritdoc/>
    protected override void Enter(ProtocolStage stage) => entered?.Invoke(stage);

    /// <inheritdoc/>
    protected override T Challenge() => channel.Challenge();

    /// <inheritdoc/>
    protected override void ReceiveBlinding() => channel.Receive("blinding");

    /// <inheritdoc/>
    protected override T ReceiveColumn(Column column) => channel.Receive(column.Name);

    /// <inheritdoc/>
    protected override T ReceiveSegment(WeightSegment segment, EvaluationPoint<T>[] blockPoints, EvaluationPoint<T> low) =>
        channel.Receive($"node {segment.Node}, {segment.Name}");

    /// <inheritdoc/>
    protected override T PublicValue(Column column, T powerBase) => publicValue(column, powerBase);

    /// <inheritdoc/>
    protected override LeafClaim<T> ReduceLookups(T alpha, T gamma) => FractionTree.Reduce(channel, Circuit.LookupLevels);

    /// <inheritdoc/>
    protected override ReducedBatch<T> ReduceContractions(IReadOnlyList<Contraction<T>> contractions, int degree) =>
        BatchedSumcheck.Reduce(channel, [.. contractions.Select(c => new SumcheckClaim<T>(c.Variables, c.Value))], degree, "contraction");

    /// <inheritdoc/>
    protected override (T Left, T Right) ReceiveFactors(int contraction) =>
        (channel.Receive($"contraction {contraction}, left"), channel.Receive($"contraction {contraction}, right"));

    /// <inheritdoc/>
    protected override ReducedBatch<T> ReduceWirings(IReadOnlyList<Wiring<T>> wirings) =>
        BatchedSumcheck.Reduce(channel, [.. wirings.Select(w => new SumcheckClaim<T>(w.Variables, w.Value))], 2, "wiring");

    /// <inheritdoc/>
    protected override T ReceiveSource(int wiring) => channel.Receive($"wiring {wiring}, source");

    /// <inheritdoc/>
    protected override ReducedBatch<T> ReduceClaims(
        IReadOnlyList<ColumnClaim<T>> columnClaims, IReadOnlyList<SegmentClaim<T>> segmentClaims, T witnessSum, T segmentSum, T[] weights) =>
        BatchedSumcheck.Reduce(
            channel,
            [new SumcheckClaim<T>(Circuit.Layout.WitnessBits, witnessSum), new SumcheckClaim<T>(Circuit.Layout.ColumnBits, segmentSum)],
            2, "claims");

    /// <inheritdoc/>
    protected override (T Witness, T Weights) ReceiveOpened() => (channel.Receive("witness, opened"), channel.Receive("weights, opened"));
}
