using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Groups;

public class FixedBaseMultiplicationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(300)]
    public void Multiples_equal_single_multiplications(int count)
    {
        G1 point = GroupSamples.Points(1)[0];
        Fr[] scalars = GroupSamples.Scalars(count);
        Fr[] special = [Fr.Zero, Fr.One, -Fr.One, Fr.FromUInt64(2), -Fr.FromUInt64(1UL << 63), Fr.Zero];
        special.AsSpan(0, Math.Min(special.Length, count)).CopyTo(scalars);
        Assert.Equal(scalars.Select(s => point.Multiply(s)).ToArray(), Compute(point, scalars));
    }

    [Fact]
    public void Powers_beyond_one_job_follow_from_each_other()
    {
        const int count = 5000;
        Fr tau = GroupSamples.Scalars(1)[0];
        Fr[] powers = new Fr[count];
        powers[0] = Fr.One;
        for (int i = 1; i < count; i++)
        {
            powers[i] = powers[i - 1] * tau;
        }

        G1[] points = Compute(G1.Generator, powers);
        Assert.Equal(G1.Generator, points[0]);
        for (int i = 97; i < count; i += 97)
        {
            Assert.Equal(G1.Generator.Multiply(powers[i]), points[i]);
            Assert.Equal(points[i - 1].Multiply(tau), points[i]);
        }
    }

    [Fact]
    public void Small_multiples_meet_the_table_itself()
    {
        // Sums in which an operand equals the running sum, or its negative.
        Fr[] scalars = Enumerable.Range(-400, 801).Select(i => Fr.FromInt64(i)).ToArray();
        G1[] points = Compute(G1.Generator, scalars);
        G1Jacobian expected = G1.Generator.Multiply(scalars[0]).ToJacobian();
        foreach (G1 point in points)
        {
            Assert.Equal(G1.FromJacobian(expected), point);
            expected = expected.AddAffine(G1.Generator.X, G1.Generator.Y);
        }
    }

    [Fact]
    public void Multiples_of_infinity_are_infinity() =>
        Assert.All(Compute(G1.Infinity, GroupSamples.Scalars(20)), point => Assert.Equal(G1.Infinity, point));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(150)]
    public void Multiples_in_G2_equal_single_multiplications(int count)
    {
        G2 point = GroupSamples.TwistPoints(1)[0];
        Fr[] scalars = GroupSamples.Scalars(count);
        Fr[] special = [Fr.Zero, Fr.One, -Fr.One, Fr.FromUInt64(2), -Fr.FromUInt64(1UL << 63), Fr.Zero];
        special.AsSpan(0, Math.Min(special.Length, count)).CopyTo(scalars);
        using FrVector vector = FrVector.Rent(count);
        vector.All.CopyFrom(scalars);
        Assert.Equal(scalars.Select(s => point.Multiply(s)).ToArray(), FixedBaseMultiplication.Compute(point, vector.All).ToArray());
        Assert.All(FixedBaseMultiplication.Compute(G2.Infinity, vector.All).ToArray(), p => Assert.Equal(G2.Infinity, p));
    }

    private static G1[] Compute(G1 point, Fr[] scalars)
    {
        using FrVector vector = FrVector.Rent(scalars.Length);
        vector.All.CopyFrom(scalars);
        return FixedBaseMultiplication.Compute(point, vector.All).ToArray();
    }
}
