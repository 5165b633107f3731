using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Protocol.Transcript;

/// <summary>The prover's end of the channel: what it sends is kept for the proof and absorbed, just as the verifier absorbs it.</summary>
/// <param name="seed">The transcript's seed.</param>
public sealed class ProverChannel(Fr seed)
{
    private readonly Poseidon2Sponge<Fr> _sponge = new(seed, state => Poseidon2.Permute(state));
    private readonly List<Fr> _messages = [];

    /// <summary>The transcript's seed.</summary>
    public Fr Seed { get; } = seed;

    /// <summary>The messages so far, in order.</summary>
    public IReadOnlyList<Fr> Messages => _messages;

    /// <summary>Sends one message.</summary>
    public void Send(Fr message)
    {
        _messages.Add(message);
        _sponge.Absorb(message);
    }

    /// <summary>The next challenge.</summary>
    public Fr Challenge() => _sponge.Squeeze();

    /// <summary>A point of <paramref name="count"/> challenges.</summary>
    public EvaluationPoint<Fr> ChallengePoint(int count)
    {
        var point = new Fr[count];
        for (int i = 0; i < count; i++)
        {
            point[i] = Challenge();
        }

        return new EvaluationPoint<Fr>(point);
    }
}
