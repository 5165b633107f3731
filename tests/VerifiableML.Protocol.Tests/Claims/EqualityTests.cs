using VerifiableML.Algebra;
using VerifiableML.Algebra.Polynomials;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Protocol.Tests.Claims;

/// <summary>Closed forms against sums over all indices.</summary>
public sealed class EqualityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public void Table_index_and_evaluation_agree(int bits)
    {
        EvaluationPoint<Fr> x = Draw.Point(bits, 1);
        EvaluationPoint<Fr> y = Draw.Point(bits, 2);
        Fr[] table = Equality.Table(x);
        Assert.Equal(1 << bits, table.Length);
        for (int i = 0; i < table.Length; i++)
        {
            Fr product = Fr.One;
            for (int j = 0; j < bits; j++)
            {
                bool one = ((i >> (bits - 1 - j)) & 1) == 1;
                product *= one ? x[j] : Fr.One - x[j];
            }

            Assert.Equal(product, table[i]);
            Assert.Equal(product, Equality.AtIndex(x, i));
        }

        for (int first = 0; first < table.Length; first += 3)
        {
            for (int count = 1; first + count <= table.Length; count += 2)
            {
                Assert.Equal(table[first..(first + count)], Equality.Range(x, first, count));
            }
        }

        Assert.Equal(MultilinearPolynomial.Evaluate(table, y.Coordinates), Equality.Evaluate(x, y));
        Assert.Equal(Equality.Evaluate(x, y), Equality.Evaluate(y, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Sums_below_a_bound(int bits)
    {
        EvaluationPoint<Fr> x = Draw.Point(bits, 3);
        Fr[] table = Equality.Table(x);
        Fr sum = Fr.Zero;
        for (int bound = 0; bound <= 1 << bits; bound++)
        {
            Assert.Equal(sum, Equality.SumBelow(x, bound));
            sum += bound < table.Length ? table[bound] : Fr.Zero;
        }

        Assert.Equal(Fr.One, Equality.SumBelow(x, (1L << bits) + 5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void The_identity(int bits)
    {
        EvaluationPoint<Fr> x = Draw.Point(bits, 4);
        Fr[] values = [.. Enumerable.Range(0, 1 << bits).Select(i => Fr.FromInt64(i))];
        Assert.Equal(MultilinearPolynomial.Evaluate(values, x.Coordinates), Equality.Identity(x));
    }

    [Fact]
    public void Points_are_cut_and_joined_in_order()
    {
        EvaluationPoint<Fr> point = Draw.Point(5, 5);
        Assert.Equal(point.Coordinates[..2].ToArray(), point.Prefix(2).Coordinates.ToArray());
        Assert.Equal(point.Coordinates[3..].ToArray(), point.Suffix(2).Coordinates.ToArray());
        Assert.Equal(point.Coordinates[1..4].ToArray(), point.Slice(1, 3).Coordinates.ToArray());
        Assert.Equal(
            point.Coordinates.ToArray(), EvaluationPoint<Fr>.Join(point.Prefix(2), default, point.Suffix(3)).Coordinates.ToArray());
    }
}
