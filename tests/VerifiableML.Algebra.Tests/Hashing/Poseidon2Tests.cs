using System.Numerics;

namespace VerifiableML.Algebra.Tests.Hashing;

/// <summary>The permutation against published answers, and its matrices and constants against their definitions.</summary>
public class Poseidon2Tests
{
    /// <summary>The known answer of Barretenberg (poseidon2_params.hpp), which Noir, TACEO and others repeat.</summary>
    [Fact]
    public void Permutes_the_published_state()
    {
        Fr[] state = [Fr.Zero, Fr.One, Fr.FromInt64(2), Fr.FromInt64(3)];
        Poseidon2.Permute(state);
        Assert.Equal(
            [
                Parse("01bd538c2ee014ed5141b29e9ae240bf8db3fe5b9a38629a9647cf8d76c01737"),
                Parse("239b62e7db98aa3a2a8f6a0d2fa1709e7a35959aa6c7034814d9daa90cbac662"),
                Parse("04cbb44c61d928ed06808456bf758cbf0c18d1e15a7b6dbc8245fa7515d5e3cb"),
                Parse("2e11c5cff2a22c64d01304b778d78f6998eff1ab73163a35603f54794c30847a"),
            ],
            state);
    }

    /// <summary>The known answer of Noir's black-box solver for the zero state.</summary>
    [Fact]
    public void Permutes_zeros()
    {
        Fr[] state = new Fr[4];
        Poseidon2.Permute(state);
        Assert.Equal(Parse("18dfb8dc9b82229cff974efefc8df78b1ce96d9d844236b496785c698bc6732e"), state[0]);
        Assert.Equal(Parse("0bb9545846e1afa4fa3c97414a60a20fc4949f537a68cceca34c5ce71e28aa59"), state[2]);
        Assert.Equal(Parse("18a4f34c9c6f99335ff7638b82aeed9018026618358873c982bbdde265b2ed6d"), state[3]);
    }

    /// <summary>
    /// The constants come out of the Grain generator of the Poseidon paper (eprint 2019/458, appendix F), so nobody chose them.
    /// </summary>
    [Fact]
    public void Round_constants_are_those_of_the_generator()
    {
        var generator = new GrainGenerator(fieldBits: 254, Poseidon2.Width, Poseidon2.FullRounds, Poseidon2.PartialRounds);
        for (int round = 0; round < Poseidon2.Rounds; round++)
        {
            ReadOnlySpan<Fr> constants = Poseidon2.RoundConstants(round);
            Assert.Equal(Poseidon2.IsFullRound(round) ? 4 : 1, constants.Length);
            foreach (Fr constant in constants)
            {
                Assert.Equal(generator.NextBelow(Fr.Modulus), constant.ToBigInteger());
            }
        }
    }

    /// <summary>The permutation written down from its definition, with the public parameters and plain integers.</summary>
    [Fact]
    public void Public_parameters_define_the_permutation()
    {
        BigInteger r = Fr.Modulus;
        BigInteger[] state = [5, r - 1, r / 3, BigInteger.One << 200];
        Fr[] permuted = Array.ConvertAll(state, Fr.FromBigInteger);
        Poseidon2.Permute(permuted);

        state = External(state);
        for (int round = 0; round < Poseidon2.Rounds; round++)
        {
            ReadOnlySpan<Fr> constants = Poseidon2.RoundConstants(round);
            for (int i = 0; i < constants.Length; i++)
            {
                state[i] = BigInteger.ModPow(state[i] + constants[i].ToBigInteger(), 5, r);
            }

            state = Poseidon2.IsFullRound(round) ? External(state) : Internal(state);
        }

        Assert.Equal(state, Array.ConvertAll(permuted, x => x.ToBigInteger()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void Other_widths_and_rounds_are_refused(int width)
    {
        Assert.Throws<ArgumentException>(() => Poseidon2.Permute(new Fr[width]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Poseidon2.RoundConstants(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Poseidon2.RoundConstants(Poseidon2.Rounds).Length);
    }

    private static BigInteger[] External(BigInteger[] x) =>
        [.. Enumerable.Range(0, 4).Select(i =>
            Enumerable.Range(0, 4).Aggregate(BigInteger.Zero, (sum, j) => sum + (Poseidon2.ExternalMatrix[(4 * i) + j] * x[j])) % Fr.Modulus)];

    private static BigInteger[] Internal(BigInteger[] x)
    {
        BigInteger sum = x[0] + x[1] + x[2] + x[3];
        return [.. x.Select((value, i) => ((Poseidon2.InternalDiagonal[i].ToBigInteger() * value) + sum) % Fr.Modulus)];
    }

    private static Fr Parse(string hexadecimal)
    {
        Assert.True(Fr.TryDecode(Convert.FromHexString(hexadecimal), out Fr value));
        return value;
    }
}
