using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>Fiat–Shamir: what each challenge depends on, and what would be accepted if it did not.</summary>
public sealed class TranscriptTests
{
    private static readonly ProvingFixture Fixture = EveryRelation.Fixture;
    private static readonly Examination Honest = Examine(Fixture.Proven.Statement, Fixture.Proven.Proof.Messages);

    [Fact]
    public void Every_message_changes_every_later_challenge_and_no_earlier_one()
    {
        Fr[] messages = Fixture.Proven.Proof.Messages;
        Fr seed = TranscriptSeed.Compute(Fixture.Key.Verification, Fixture.Proven.Statement, Fixture.Proven.Proof.Rows);
        Assert.Empty(Honest.Failed);
        for (int k = 0; k < messages.Length; k++)
        {
            var channel = new TracingChannel(seed, With(messages, k, Fr.One));
            Examination.Protocol(Fixture.Key.Circuit, Fixture.Proven.Statement, channel).Run();
            IReadOnlyList<Fr> challenges = channel.Challenges;
            int before = Honest.Channel.ChallengesBefore[k];
            Assert.True(before < challenges.Count, $"nothing is drawn after {Honest.Channel.Labels[k]}");
            for (int i = 0; i < challenges.Count; i++)
            {
                Assert.True((challenges[i] == Honest.Channel.Challenges[i]) == (i < before), $"challenge {i} after {Honest.Channel.Labels[k]}");
            }
        }
    }

    [Fact]
    public void No_two_challenges_are_equal() =>
        Assert.Equal(Honest.Channel.Challenges.Count, Honest.Channel.Challenges.Distinct().Count());

    /// <summary>
    /// With challenges that do not depend on the round's message, a false claim is compensated in one coefficient of a later message. Everything
    /// is affine in that coefficient, so two runs show by how much.
    /// </summary>
    [Theory]
    [InlineData("contraction round 0, constant", "contraction round 1, constant", "contraction sumcheck does not end in its factors")]
    [InlineData("contraction round 0, X^2", "contraction round 1, X^3", "contraction sumcheck does not end in its factors")]
    [InlineData("wiring round 0, constant", "wiring round 1, X^2", "wiring sumcheck does not end in its sources")]
    [InlineData("claims round 0, constant", "claims round 1, constant", "claim sumcheck does not end in the opened values")]
    [InlineData("lookup level 3 round 0, X", "lookup level 3 round 1, X^2", "lookup level 3 does not follow from the level below")]
    public void With_frozen_challenges_a_changed_round_is_compensated_in_the_next(string changed, string compensating, string check)
    {
        Fr[] forged = With(Fixture.Proven.Proof.Messages, Index(changed), Fr.One);
        AssertForgedOnlyWhenFrozen(Fixture.Proven.Statement, forged, compensating, check);
    }

    /// <summary>The whole break: another output is accepted, down to the opening, if the first round of the last sumcheck is not absorbed.</summary>
    [Fact]
    public void With_frozen_challenges_another_output_is_accepted()
    {
        int[] output = [.. Fixture.Proven.Statement.Output!];
        output[0] += output[0] > 0 ? -1 : 1;
        PublicStatement statement = Fixture.Proven.Statement with { Output = output };
        AssertForgedOnlyWhenFrozen(
            statement, Fixture.Proven.Proof.Messages, "claims round 0, constant", "claim sumcheck does not end in the opened values");
    }

    [Fact]
    public void The_opening_absorbs_all_of_its_parts()
    {
        OpeningProof opening = Fixture.Proven.Proof.Opening;
        Fr link = Honest.Channel.Challenges[^1];
        Fr x = InnerProductOpening.Challenge(link, opening.Cross);
        Assert.NotEqual(x, InnerProductOpening.Challenge(link + Fr.One, opening.Cross));
        Assert.NotEqual(x, InnerProductOpening.Challenge(link, -opening.Cross));
        OpenedValues<Fr> values = opening.Values;
        Fr gamma = InnerProductOpening.BatchChallenge(x, values);
        Fr[] others =
        [
            InnerProductOpening.BatchChallenge(x + Fr.One, values),
            InnerProductOpening.BatchChallenge(x, values with { RowConstant = Fr.One }),
            InnerProductOpening.BatchChallenge(x, values with { RowSlope = Fr.One }),
            InnerProductOpening.BatchChallenge(x, values with { CrossConstant = Fr.One }),
            InnerProductOpening.BatchChallenge(x, values with { CrossSlope = Fr.One }),
        ];
        Assert.DoesNotContain(gamma, others);
        Fr z = InnerProductOpening.EvaluationChallenge(gamma, opening.Quotient);
        Assert.NotEqual(z, InnerProductOpening.EvaluationChallenge(gamma + Fr.One, opening.Quotient));
        Assert.NotEqual(z, InnerProductOpening.EvaluationChallenge(gamma, -opening.Quotient));
    }

    private static void AssertForgedOnlyWhenFrozen(PublicStatement statement, Fr[] forged, string compensating, string check)
    {
        int index = Index(compensating);
        Fr[] probe = With(forged, index, Fr.One);
        Fr atZero = Frozen(statement, forged).Channel.Failures[check];
        Fr slope = Frozen(statement, probe).Channel.Failures[check] - atZero;
        Fr[] compensated = With(forged, index, -(atZero * slope.Inverse()));

        Examination frozen = Frozen(statement, compensated);
        Assert.Empty(frozen.Failed);
        Assert.True(frozen.OpeningHolds);
        Assert.NotEmpty(Examine(statement, compensated).Failed);
    }

    private static Examination Frozen(PublicStatement statement, Fr[] messages) => Examine(statement, messages, Honest.Channel.Challenges);

    private static Examination Examine(PublicStatement statement, Fr[] messages, IReadOnlyList<Fr>? frozen = null)
    {
        CoreProof proof = Fixture.Proven.Proof with { Messages = messages };
        return Examination.Of(Fixture.Key.Verification, statement, proof, frozen);
    }

    private static int Index(string label)
    {
        int index = Honest.Channel.Labels.ToList().IndexOf(label);
        Assert.True(index >= 0, label);
        return index;
    }

    private static Fr[] With(Fr[] messages, int index, Fr change)
    {
        Fr[] changed = [.. messages];
        changed[index] += change;
        return changed;
    }
}
