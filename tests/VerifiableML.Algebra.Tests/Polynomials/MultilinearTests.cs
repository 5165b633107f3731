using System.Security.Cryptography;
using VerifiableML.Algebra.Polynomials;

namespace VerifiableML.Algebra.Tests.Polynomials;

/// <summary>The multilinear polynomials against their definitions as sums over the cube.</summary>
public class MultilinearTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Evaluation_is_the_sum_weighted_by_equality(int variables)
    {
        Fr[] values = Draw(1 << variables), point = Draw(variables);
        var polynomial = new MultilinearPolynomial(values);
        Fr expected = Fr.Zero;
        for (int index = 0; index < values.Length; index++)
        {
            Fr weight = Fr.One;
            for (int variable = 0; variable < variables; variable++)
            {
                bool set = ((index >> (variables - 1 - variable)) & 1) != 0;
                weight *= set ? point[variable] : Fr.One - point[variable];
            }

            expected += weight * values[index];
            Assert.Equal(weight, EqualityPolynomial.Table(point)[index]);
            Assert.Equal(weight, EqualityPolynomial.Evaluate(Corner(index, variables), point));
            Assert.Equal(values[index], polynomial.Evaluate(Corner(index, variables)));
        }

        Assert.Equal(variables, polynomial.VariableCount);
        Assert.Equal(expected, polynomial.Evaluate(point));
        Assert.Equal(values, polynomial.Values.ToArray());
    }

    [Fact]
    public void First_coordinate_belongs_to_the_most_significant_bit()
    {
        Fr[] values = [.. Enumerable.Range(10, 4).Select(i => Fr.FromInt64(i))];
        Assert.Equal(Fr.FromInt64(12), MultilinearPolynomial.Evaluate(values, [Fr.One, Fr.Zero]));
        Assert.Equal(Fr.FromInt64(11), MultilinearPolynomial.Evaluate(values, [Fr.Zero, Fr.One]));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MultilinearPolynomial(new Fr[3]));
        Assert.Throws<ArgumentException>(() => new MultilinearPolynomial([]));
        Assert.Throws<ArgumentException>(() => MultilinearPolynomial.Evaluate(new Fr[4], new Fr[1]));
        Assert.Throws<ArgumentException>(() => EqualityPolynomial.Evaluate(new Fr[2], new Fr[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EqualityPolynomial.Table(new Fr[31]));
    }

    private static Fr[] Corner(int index, int variables) =>
        [.. Enumerable.Range(0, variables).Select(v => Fr.FromInt64((index >> (variables - 1 - v)) & 1))];

    private static Fr[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Fr.Random(Generator))];
}
