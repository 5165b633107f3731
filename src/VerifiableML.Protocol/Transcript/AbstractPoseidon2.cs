using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Transcript;

/// <summary>The permutation <see cref="Poseidon2"/> over any scalar: over the variables of a circuit, three constraints for each S-box.</summary>
public static class AbstractPoseidon2
{
    /// <summary>Permutes a state of <see cref="Poseidon2.Width"/> elements in place.</summary>
    public static void Permute<T>(T[] state)
        where T : struct, IScalar<T>
    {
        MultiplyExternal(state);
        for (int round = 0; round < Poseidon2.Rounds; round++)
        {
            ReadOnlySpan<Fr> constants = Poseidon2.RoundConstants(round);
            for (int i = 0; i < constants.Length; i++)
            {
                state[i] = FifthPower(state[i] + T.FromConstant(constants[i]));
            }

            if (Poseidon2.IsFullRound(round))
            {
                MultiplyExternal(state);
            }
            else
            {
                MultiplyInternal(state);
            }
        }
    }

    private static T FifthPower<T>(in T x)
        where T : struct, IScalar<T>
    {
        T square = x * x;
        return square * square * x;
    }

    private static void MultiplyExternal<T>(T[] state)
        where T : struct, IScalar<T>
    {
        var product = new T[Poseidon2.Width];
        for (int i = 0; i < Poseidon2.Width; i++)
        {
            for (int j = 0; j < Poseidon2.Width; j++)
            {
                product[i] += T.FromConstant(Fr.FromInt64(Poseidon2.ExternalMatrix[(Poseidon2.Width * i) + j])) * state[j];
            }
        }

        product.CopyTo(state, 0);
    }

    private static void MultiplyInternal<T>(T[] state)
        where T : struct, IScalar<T>
    {
        T sum = state[0] + state[1] + state[2] + state[3];
        for (int i = 0; i < Poseidon2.Width; i++)
        {
            state[i] = (T.FromConstant(Poseidon2.InternalDiagonal[i]) * state[i]) + sum;
        }
    }
}
