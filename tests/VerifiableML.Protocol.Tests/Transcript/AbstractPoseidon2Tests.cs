using VerifiableML.Algebra;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Protocol.Tests.Transcript;

public sealed class AbstractPoseidon2Tests
{
    [Fact]
    public void It_is_the_native_permutation()
    {
        Fr[] state = [.. Enumerable.Range(1, Poseidon2.Width).Select(i => Fr.FromWideBytes(Keccak256.Hash(BitConverter.GetBytes(i))))];
        for (int i = 0; i < 3; i++)
        {
            Fr[] expected = [.. state];
            Poseidon2.Permute(expected);
            AbstractPoseidon2.Permute(state);
            Assert.Equal(expected, state);
        }
    }
}
