using System.Reflection;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>Every scalar and every point of a proof, changed in several ways: refused, and never by an exception.</summary>
public sealed class TamperingTests
{
    private static readonly Fr Random = Fr.FromWideBytes(Keccak256.Hash("a random scalar"u8));

    /// <summary>The manifest: for every field of a proof the proofs that differ from it there.</summary>
    private static readonly IReadOnlyDictionary<string, Func<CoreProof, IEnumerable<CoreProof>>> Manifest =
        new Dictionary<string, Func<CoreProof, IEnumerable<CoreProof>>>
        {
            ["CoreProof.Rows"] = proof => Changed(proof.Rows, Points, rows => proof with { Rows = rows }),
            ["CoreProof.Messages"] = proof => Changed(proof.Messages, Scalars, messages => proof with { Messages = messages }),
            ["CoreProof.Opening"] = proof =>
            [
                proof with { Opening = new OpeningProof(G1.Infinity, default, G1.Infinity, G1.Infinity) },
            ],
            ["OpeningProof.Cross"] = proof => Opening(proof, Points(proof.Opening.Cross), (opening, value) => opening with { Cross = value }),
            ["OpeningProof.Values"] = proof => [proof with { Opening = proof.Opening with { Values = default } }],
            ["OpenedValues`1.RowConstant"] = proof => Opening(
                proof, Scalars(proof.Opening.Values.RowConstant), (opening, value) => opening with { Values = opening.Values with { RowConstant = value } }),
            ["OpenedValues`1.RowSlope"] = proof => Opening(
                proof, Scalars(proof.Opening.Values.RowSlope), (opening, value) => opening with { Values = opening.Values with { RowSlope = value } }),
            ["OpenedValues`1.CrossConstant"] = proof => Opening(
                proof, Scalars(proof.Opening.Values.CrossConstant), (opening, value) => opening with { Values = opening.Values with { CrossConstant = value } }),
            ["OpenedValues`1.CrossSlope"] = proof => Opening(
                proof, Scalars(proof.Opening.Values.CrossSlope), (opening, value) => opening with { Values = opening.Values with { CrossSlope = value } }),
            ["OpeningProof.Quotient"] = proof =>
                Opening(proof, Points(proof.Opening.Quotient), (opening, value) => opening with { Quotient = value }),
            ["OpeningProof.Evaluation"] = proof =>
                Opening(proof, Points(proof.Opening.Evaluation), (opening, value) => opening with { Evaluation = value }),
        };

    public static TheoryData<string> Fields => [.. Manifest.Keys];

    [Fact]
    public void The_manifest_names_every_field()
    {
        IEnumerable<string> fields = new[] { typeof(CoreProof), typeof(OpeningProof), typeof(OpenedValues<Fr>) }.SelectMany(type => type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => $"{type.Name}.{property.Name}"));
        Assert.Equal(fields.Order(), Manifest.Keys.Order());
    }

    [Fact]
    public void The_inventory_names_every_scalar()
    {
        ProvingFixture fixture = EveryRelation.Fixture;
        IReadOnlyList<string> labels = MessageInventory.Of(fixture.Key.Circuit).Labels;
        Assert.Equal(fixture.Proven.Proof.Messages.Length, labels.Count);
        foreach (string kind in (string[])["lookup level", "contraction round", "wiring round", "claims round", "left", "right", "source", "opened",
            "multiplicities", "quotient", "remainder", "bias", "coefficients", "term", "offset", "maximum", "output", "input"])
        {
            Assert.Contains(labels, label => label.Contains(kind, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_honest_proof_is_accepted() => Assert.Null(EveryRelation.Fixture.Verify());

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_changed_field_is_refused(string field)
    {
        ProvingFixture fixture = EveryRelation.Fixture;
        int count = 0;
        foreach (CoreProof proof in Manifest[field](fixture.Proven.Proof))
        {
            Rejection? rejection = InferenceVerifier.Verify(fixture.Key.Verification, fixture.Proven.Statement, proof);
            Assert.True(rejection is not null, $"way {count} of {field}");
            Assert.True(rejection.Reason is not (RejectionReason.Internal or RejectionReason.Malformed), rejection.ToString());
            count++;
        }

        Assert.NotEqual(0, count);
    }

    [Fact]
    public void Proofs_of_another_length_are_malformed()
    {
        ProvingFixture fixture = EveryRelation.Fixture;
        CoreProof proof = fixture.Proven.Proof;
        CoreProof[] others =
        [
            proof with { Messages = proof.Messages[..^1] }, proof with { Messages = [.. proof.Messages, Fr.Zero] }, proof with { Messages = [] },
            proof with { Rows = proof.Rows[..^1] }, proof with { Rows = [.. proof.Rows, G1.Infinity] }, proof with { Rows = [] },
        ];
        foreach (CoreProof other in others)
        {
            Rejection? rejection = InferenceVerifier.Verify(fixture.Key.Verification, fixture.Proven.Statement, other);
            Assert.NotNull(rejection);
            if (other.Messages.Length >= proof.Messages.Length || other.Rows.Length != proof.Rows.Length)
            {
                Assert.Equal(RejectionReason.Malformed, rejection.Reason);
            }
        }
    }

    private static IEnumerable<Fr> Scalars(Fr value) => new[] { value + Fr.One, Fr.Zero, -value, Random }.Where(other => other != value);

    private static IEnumerable<G1> Points(G1 value) =>
        new[] { value + G1.Generator, -value, G1.Infinity, G1.Generator.Multiply(Random) }.Where(other => other != value);

    private static IEnumerable<CoreProof> Changed<T>(T[] values, Func<T, IEnumerable<T>> ways, Func<T[], CoreProof> build)
        where T : IEquatable<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            foreach (T other in ways(values[i]))
            {
                T[] changed = [.. values];
                changed[i] = other;
                yield return build(changed);
            }

            int next = (i + 1) % values.Length;
            if (!values[i].Equals(values[next]))
            {
                T[] swapped = [.. values];
                (swapped[i], swapped[next]) = (swapped[next], swapped[i]);
                yield return build(swapped);
            }
        }
    }

    private static IEnumerable<CoreProof> Opening<T>(CoreProof proof, IEnumerable<T> values, Func<OpeningProof, T, OpeningProof> change) =>
        values.Select(value => proof with { Opening = change(proof.Opening, value) });
}
