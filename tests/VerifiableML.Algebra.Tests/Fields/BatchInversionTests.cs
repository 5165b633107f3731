using System.Security.Cryptography;

namespace VerifiableML.Algebra.Tests.Fields;

public class BatchInversionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    public void Inverts_each_element_and_leaves_zeros(int length)
    {
        using var generator = RandomNumberGenerator.Create();
        Fr[] values = new Fr[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = i % 5 == 1 ? Fr.Zero : Fr.Random(generator);
        }

        Fr[] expected = Array.ConvertAll(values, v => v.Inverse());
        BatchInversion.Invert<Fr>(values);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Leaves_a_span_of_zeros()
    {
        Fq[] values = new Fq[3];
        BatchInversion.Invert<Fq>(values);
        Assert.All(values, v => Assert.True(v.IsZero));
    }
}
