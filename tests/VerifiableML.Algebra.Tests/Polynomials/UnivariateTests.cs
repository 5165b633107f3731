using System.Security.Cryptography;
using VerifiableML.Algebra.Polynomials;

namespace VerifiableML.Algebra.Tests.Polynomials;

public class UnivariateTests
{
    [Fact]
    public void Horner_agrees_with_the_sum_of_powers()
    {
        // 7 + 5x − 2x³ at x = 3: 7 + 15 − 54
        Fr[] coefficients = [Fr.FromInt64(7), Fr.FromInt64(5), Fr.Zero, Fr.FromInt64(-2)];
        Assert.Equal(Fr.FromInt64(-32), UnivariatePolynomial.Evaluate(coefficients, Fr.FromInt64(3)));
        Assert.Equal(Fr.Zero, new UnivariatePolynomial([]).Evaluate(Fr.FromInt64(9)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void Interpolation_recovers_the_coefficients(int count)
    {
        using var generator = RandomNumberGenerator.Create();
        Fr[] coefficients = [.. Enumerable.Range(0, count).Select(_ => Fr.Random(generator))];
        Fr[] values = [.. Enumerable.Range(0, count).Select(i => UnivariatePolynomial.Evaluate(coefficients, Fr.FromInt64(i)))];
        Assert.Equal(coefficients, UnivariatePolynomial.Interpolate(values).Coefficients.ToArray());
    }
}
