using VerifiableML.Algebra;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Protocol.Tests.Transcript;

/// <summary>The sponge against its definition, step by step on the state.</summary>
public sealed class Poseidon2SpongeTests
{
    [Fact]
    public void A_sponge_is_permutations_of_what_was_added_to_its_rate()
    {
        Fr[] input = Draw.Scalars(5, 1);
        Poseidon2Sponge<Fr> sponge = New(Draw.Scalar(7));
        foreach (Fr element in input)
        {
            sponge.Absorb(element);
        }

        Fr[] state = [Poseidon2Sponge.InitialCapacity, Draw.Scalar(7), input[0], input[1]];
        Poseidon2.Permute(state);
        state[1] += input[2];
        state[2] += input[3];
        state[3] += input[4];
        Poseidon2.Permute(state);
        Assert.Equal<Fr>(state[1..].ToList(), new List<Fr> { sponge.Squeeze(), sponge.Squeeze(), sponge.Squeeze() });
        Poseidon2.Permute(state);
        Assert.Equal(state[1], sponge.Squeeze());

        // What is left of a squeezed block is void once something comes in.
        sponge.Absorb(input[0]);
        state[1] += input[0];
        Poseidon2.Permute(state);
        Assert.Equal(state[1], sponge.Squeeze());
    }

    [Fact]
    public void Seed_order_and_number_of_messages_all_count()
    {
        Fr a = Draw.Scalar(1);
        Fr b = Draw.Scalar(2);
        Fr[] outputs = [After(Fr.Zero), After(Fr.One), After(Fr.Zero, a), After(Fr.Zero, a, b), After(Fr.Zero, b, a), After(Fr.Zero, a, b, a, b)];
        Assert.Equal(outputs.Length, outputs.Distinct().Count());
    }

    [Fact]
    public void Both_ends_of_the_channel_draw_the_same_challenges()
    {
        Fr[] messages = Draw.Scalars(7, 3);
        var prover = new ProverChannel(Draw.Scalar(9));
        var verifier = new NativeVerifierChannel(Draw.Scalar(9), messages);
        for (int i = 0; i < messages.Length; i++)
        {
            prover.Send(messages[i]);
            Assert.Equal(messages[i], verifier.Receive($"message {i}"));
            Assert.Equal(prover.ChallengePoint(i).Coordinates.ToArray(), verifier.ChallengePoint(i).Coordinates.ToArray());
        }

        verifier.RequireEnd();
        Assert.Null(verifier.Rejection);
        Assert.Equal(messages, prover.Messages);
    }

    [Fact]
    public void Too_few_and_too_many_messages_are_malformed()
    {
        var few = new NativeVerifierChannel(Fr.Zero, new Fr[1]);
        few.Receive("first");
        Assert.Equal(Fr.Zero, few.Receive("second"));
        Assert.Equal(RejectionReason.Malformed, few.Rejection?.Reason);
        Assert.Contains("second", few.Rejection!.Detail, StringComparison.Ordinal);

        var many = new NativeVerifierChannel(Fr.Zero, new Fr[2]);
        many.Receive("first");
        many.RequireEnd();
        Assert.Equal(RejectionReason.Malformed, many.Rejection?.Reason);
    }

    [Fact]
    public void The_first_failed_check_is_kept()
    {
        var channel = new NativeVerifierChannel(Fr.Zero, Array.Empty<Fr>());
        channel.RequireZero(Fr.Zero, "holds");
        channel.RequireNonZero(Fr.One, "holds too");
        Assert.Null(channel.Rejection);
        channel.RequireEqual(Fr.One, Fr.Zero, "relation of a node: sum");
        channel.RequireNonZero(Fr.Zero, "lookup denominator is zero");
        Assert.Equal(new Rejection(RejectionReason.Relation, "relation of a node: sum"), channel.Rejection);
    }

    private static Poseidon2Sponge<Fr> New(Fr seed) => new(seed, state => Poseidon2.Permute(state));

    private static Fr After(Fr seed, params Fr[] messages)
    {
        Poseidon2Sponge<Fr> sponge = New(seed);
        foreach (Fr message in messages)
        {
            sponge.Absorb(message);
        }

        return sponge.Squeeze();
    }
}
