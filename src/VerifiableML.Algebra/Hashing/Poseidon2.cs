using System.Collections.Immutable;

namespace VerifiableML.Algebra;

/// <summary>
/// The Poseidon2 permutation (eprint 2023/323) over <see cref="Fr"/>: width 4, S-box x⁵, 8 full and 56 partial rounds, which is the
/// instance that Barretenberg and Noir use for 128 bits of security. The parameters are public, so that a circuit can state the same
/// permutation over the same data.
/// </summary>
/// <remarks>
/// One permutation is: the external matrix; then per round, add the round's constants, apply the S-box, multiply by a matrix. Full rounds
/// (the first four and the last four) do so to all elements, with the external matrix; partial rounds add a constant to, and apply
/// the S-box to, element 0 only, with the internal matrix.
/// </remarks>
public static partial class Poseidon2
{
    /// <summary>Elements of the state.</summary>
    public const int Width = 4;

    /// <summary>Rounds whose S-box covers the whole state, half of them at either end.</summary>
    public const int FullRounds = 8;

    /// <summary>Rounds in the middle, whose S-box covers element 0 only.</summary>
    public const int PartialRounds = 56;

    /// <summary>All rounds.</summary>
    public const int Rounds = FullRounds + PartialRounds;

    /// <summary>
    /// μ₀ … μ₃: the internal matrix maps x to yᵢ = μᵢ·xᵢ + (x₀ + x₁ + x₂ + x₃). (Its diagonal is therefore μᵢ + 1.)
    /// </summary>
    public static ReadOnlySpan<Fr> InternalDiagonal => DiagonalTable.AsSpan();

    /// <summary>The external matrix, row by row: yᵢ = Σⱼ ExternalMatrix[4i + j]·xⱼ. (M₄ of the paper, §5.1.)</summary>
    public static ReadOnlySpan<int> ExternalMatrix => [5, 7, 1, 3, 4, 6, 1, 1, 1, 3, 5, 7, 1, 1, 4, 6];

    /// <summary>True where the S-box of a round covers the whole state.</summary>
    public static bool IsFullRound(int round) => round is < FullRounds / 2 or >= (FullRounds / 2) + PartialRounds;

    /// <summary>The constants added in front of a round's S-box: <see cref="Width"/> in a full round, one in a partial round.</summary>
    /// <param name="round">From zero to <see cref="Rounds"/> − 1.</param>
    public static ReadOnlySpan<Fr> RoundConstants(int round)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(round, Rounds);
        const int FirstHalf = FullRounds / 2;
        int partialBefore = Math.Clamp(round - FirstHalf, 0, PartialRounds);
        int start = ((round - partialBefore) * Width) + partialBefore;
        return RoundConstantTable.AsSpan().Slice(start, IsFullRound(round) ? Width : 1);
    }

    /// <summary>Permutes a state in place.</summary>
    /// <param name="state">Exactly <see cref="Width"/> elements.</param>
    /// <exception cref="ArgumentException">The state has another length.</exception>
    public static void Permute(Span<Fr> state)
    {
        if (state.Length != Width)
        {
            throw new ArgumentException("The state has exactly four elements.", nameof(state));
        }

        MultiplyExternal(state);
        for (int round = 0; round < Rounds; round++)
        {
            ReadOnlySpan<Fr> constants = RoundConstants(round);
            for (int i = 0; i < constants.Length; i++)
            {
                state[i] = FifthPower(state[i] + constants[i]);
            }

            if (constants.Length == Width)
            {
                MultiplyExternal(state);
            }
            else
            {
                MultiplyInternal(state);
            }
        }
    }

    private static Fr FifthPower(in Fr x) => x.Square().Square() * x;

    /// <summary>The product with <see cref="ExternalMatrix"/>, by eight additions and four doublings.</summary>
    private static void MultiplyExternal(Span<Fr> state)
    {
        Fr sum01 = state[0] + state[1];
        Fr sum23 = state[2] + state[3];
        Fr odd = state[1].Double() + sum23;
        Fr even = state[3].Double() + sum01;
        Fr y3 = sum23.Double().Double() + even;
        Fr y1 = sum01.Double().Double() + odd;
        state[0] = even + y1;
        state[1] = y1;
        state[2] = odd + y3;
        state[3] = y3;
    }

    private static void MultiplyInternal(Span<Fr> state)
    {
        Fr sum = state[0] + state[1] + state[2] + state[3];
        for (int i = 0; i < Width; i++)
        {
            state[i] = (state[i] * DiagonalTable[i]) + sum;
        }
    }

    private static ImmutableArray<Fr> Decode(string[] hexadecimal) => [.. hexadecimal.Select(digits =>
        Fr.TryDecode(Convert.FromHexString(digits), out Fr value)
            ? value
            : throw new InvalidOperationException("A Poseidon2 constant is not below the modulus."))];
}
