using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Transcript;

/// <summary>
/// A duplex sponge over Fr with the Poseidon2 permutation (eprint 2023/323): width 4, rate 3, capacity 1. Element 0 is the capacity and
/// starts as a constant; the seed is the first element absorbed. A prover who may choose the seed, as within a circuit, so finds no two transcripts with one
/// state: running the permutation backwards would have to end at that constant. The number and order of messages are fixed by the circuit, whose digest is in the seed, so no
/// padding is needed to keep transcripts of different shapes apart.
/// </summary>
/// <typeparam name="T">The scalar: a field element, or a variable of a circuit.</typeparam>
public sealed class Poseidon2Sponge<T>
    where T : struct, IScalar<T>
{
    private const int Rate = 3;
    private readonly T[] _state = new T[Rate + 1];
    private readonly Action<T[]> _permutation;
    private int _absorbed;
    private int _available;

    /// <summary>A sponge that has absorbed <paramref name="seed"/>.</summary>
    public Poseidon2Sponge(T seed, Action<T[]> permutation)
    {
        _permutation = permutation;
        Array.Fill(_state, T.Zero);
        _state[0] = T.FromConstant(Poseidon2Sponge.InitialCapacity);
        Absorb(seed);
    }

    /// <summary>Takes in one element.</summary>
    public void Absorb(T element)
    {
        if (_absorbed == Rate)
        {
            Permute();
        }

        // What was not squeezed of the last block is void once something new comes in.
        _available = 0;
        _state[1 + _absorbed++] += element;
    }

    /// <summary>Gives out one element that depends on everything absorbed before.</summary>
    public T Squeeze()
    {
        if (_available == 0)
        {
            Permute();
            _available = Rate;
        }

        return _state[1 + Rate - _available--];
    }

    private void Permute()
    {
        _permutation(_state);
        _absorbed = 0;
    }
}

/// <summary>What all sponges have in common.</summary>
public static class Poseidon2Sponge
{
    /// <summary>The capacity before anything is absorbed: a hash of the sponge's purpose.</summary>
    public static Fr InitialCapacity { get; } = Fr.FromWideBytes(Keccak256.Hash("VerifiableML/1/transcript"u8));
}
