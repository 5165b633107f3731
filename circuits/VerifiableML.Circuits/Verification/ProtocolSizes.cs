using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Lookups;
using VerifiableML.Protocol.Sumcheck;

namespace VerifiableML.Circuits.Verification;

/// <summary>How much of everything a circuit's protocol has, counted by running it on zeros.</summary>
internal sealed record ProtocolSizes
{
    /// <summary>Number of contractions.</summary>
    public int Contractions { get; private set; }

    /// <summary>Rounds of their sumcheck.</summary>
    public int ContractionRounds { get; private set; }

    /// <summary>Number of wirings.</summary>
    public int Wirings { get; private set; }

    /// <summary>Rounds of their sumcheck.</summary>
    public int WiringRounds { get; private set; }

    /// <summary>Claims on committed polynomials.</summary>
    public int Claims { get; private set; }

    /// <summary>Cells of all columns that are summed against powers: public ones, and an input whose padding must be zero.</summary>
    public double PowerCells { get; private set; }

    /// <summary>The sizes of <paramref name="circuit"/>'s protocol.</summary>
    public static ProtocolSizes Of(Circuit circuit)
    {
        var sizes = new ProtocolSizes();
        new Counter(circuit, sizes).Run();
        return sizes;
    }

    private sealed class Counter(Circuit circuit, ProtocolSizes sizes) : InferenceProtocol<Fr>(circuit)
    {
        public override Fr ReceiveVirtual(VirtualColumn column) => Fr.Zero;

        public override void RequireZero(Fr value, string check)
        {
        }

        protected override Fr Seed => Fr.Zero;

        protected override Fr Challenge() => Fr.Zero;

        protected override void ReceiveBlinding()
        {
        }

        protected override Fr ReceiveColumn(Column column) => Fr.Zero;

        protected override Fr ReceiveSegment(WeightSegment segment, EvaluationPoint<Fr>[] blockPoints, EvaluationPoint<Fr> low) => Fr.Zero;

        protected override Fr PublicValue(Column column, Fr powerBase) => Fr.Zero;

        protected override LeafClaim<Fr> ReduceLookups(Fr alpha, Fr gamma) => new(Zeros(Circuit.LookupLevels), Fr.Zero, Fr.Zero);

        protected override ReducedBatch<Fr> ReduceContractions(IReadOnlyList<Contraction<Fr>> contractions, int degree)
        {
            sizes.Contractions = contractions.Count;
            sizes.ContractionRounds = contractions.Max(contraction => contraction.Variables);
            return Batch(contractions.Count, sizes.ContractionRounds);
        }

        protected override (Fr Left, Fr Right) ReceiveFactors(int contraction) => default;

        protected override ReducedBatch<Fr> ReduceWirings(IReadOnlyList<Wiring<Fr>> wirings)
        {
            sizes.Wirings = wirings.Count;
            sizes.WiringRounds = wirings.Max(wiring => wiring.Variables);
            return Batch(wirings.Count, sizes.WiringRounds);
        }

        protected override Fr ReceiveSource(int wiring) => Fr.Zero;

        protected override ReducedBatch<Fr> ReduceClaims(
            IReadOnlyList<ColumnClaim<Fr>> columnClaims, IReadOnlyList<SegmentClaim<Fr>> segmentClaims, Fr witnessSum, Fr segmentSum, Fr[] weights)
        {
            sizes.Claims = columnClaims.Count + segmentClaims.Count;
            sizes.PowerCells = columnClaims.Where(claim => claim is PowerClaim<Fr> or PaddingClaim<Fr>).Sum(claim => Math.Pow(2, claim.Column.Bits));
            return Batch(2, Circuit.Layout.WitnessBits);
        }

        protected override (Fr Witness, Fr Weights) ReceiveOpened() => default;

        private static ReducedBatch<Fr> Batch(int count, int rounds) => new(Zeros(rounds), Fr.Zero, new Fr[count]);

        private static EvaluationPoint<Fr> Zeros(int count) => new(new Fr[count]);
    }
}
