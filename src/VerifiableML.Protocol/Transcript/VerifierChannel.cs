using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Transcript;

/// <summary>
/// The verifier's end of the interactive proof, made non-interactive by Fiat–Shamir. Receiving a message absorbs it, so no prover
/// message can be left out of a later challenge. Requirements are recorded, not thrown: the code of the verifier is a straight line, which
/// is what lets the same code check a proof (over field elements) and emit a circuit (over variables).
/// </summary>
/// <typeparam name="T">The scalar: a field element, or a variable of a circuit.</typeparam>
public abstract class VerifierChannel<T>
    where T : struct, IScalar<T>
{
    private readonly Poseidon2Sponge<T> _sponge;

    /// <summary>A channel whose transcript starts from <paramref name="seed"/>.</summary>
    protected VerifierChannel(T seed, Action<T[]> permutation)
    {
        Seed = seed;
        _sponge = new Poseidon2Sponge<T>(seed, permutation);
    }

    /// <summary>The transcript's seed: a hash of the statement and of all commitments, so it serves as the first challenge as well.</summary>
    public T Seed { get; }

    /// <summary>The prover's next message, absorbed.</summary>
    /// <param name="label">What the message is; for errors and the inventory, not part of the transcript.</param>
    public T Receive(string label)
    {
        T message = Next(label);
        _sponge.Absorb(message);
        return message;
    }

    /// <summary>Takes a value that is no message into the transcript.</summary>
    public void Absorb(T value) => _sponge.Absorb(value);

    /// <summary>The next challenge, which depends on every message before it. Tests override it to see what would hold if it did not.</summary>
    public virtual T Challenge() => _sponge.Squeeze();

    /// <summary>A point of <paramref name="count"/> challenges.</summary>
    public Claims.EvaluationPoint<T> ChallengePoint(int count)
    {
        var point = new T[count];
        for (int i = 0; i < count; i++)
        {
            point[i] = Challenge();
        }

        return new Claims.EvaluationPoint<T>(point);
    }

    /// <summary>Demands that <paramref name="value"/> is zero.</summary>
    /// <param name="value">What must vanish.</param>
    /// <param name="check">The name of the check, shown when it fails.</param>
    public abstract void RequireZero(T value, string check);

    /// <summary>Demands that <paramref name="value"/> is not zero.</summary>
    /// <param name="value">What must not vanish.</param>
    /// <param name="check">The name of the check, shown when it fails.</param>
    public abstract void RequireNonZero(T value, string check);

    /// <summary>Demands that two values are equal.</summary>
    public void RequireEqual(T left, T right, string check) => RequireZero(left - right, check);

    /// <summary>The next message of the proof.</summary>
    protected abstract T Next(string label);
}
