using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Groups;

public class TwistMultiScalarMultiplicationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(300)]
    public void Sums_equal_single_multiplications(int count)
    {
        G2[] points = GroupSamples.TwistPoints(count + 1);
        Fr[] scalars = GroupSamples.Scalars(count, seed: 22);
        Fr[] special = [-Fr.One, Fr.One, Fr.Zero, Fr.FromUInt64(2).Inverse(), Fr.FromInt64(long.MinValue), Fr.FromUInt64(ulong.MaxValue)];
        special.AsSpan(0, Math.Min(special.Length, count)).CopyTo(scalars);
        if (count > 8)
        {
            points[3] = G2.Infinity;
            (points[5], scalars[5]) = (points[4], -scalars[4]);
            points[6] = points[7];
        }

        G2 expected = GroupSamples.Naive(points, scalars);
        using FrVector vector = Vector(scalars);
        Assert.Equal(expected, MultiScalarMultiplication.Compute(new G2Bases(points), vector.All));
        Assert.Equal(expected, MultiScalarMultiplication.Compute(new G2Bases(points, ScalarBatchAdder<Fq2>.Instance), vector.All));
    }

    [Fact]
    public void Equal_and_opposite_points_and_infinity_are_added_rightly()
    {
        G2 a = GroupSamples.TwistPoints(1)[0];
        var random = new Random(9);
        G2[] choices = [a, -a, a, G2.Infinity, a + a, -(a + a), G2.Generator];
        for (int trial = 0; trial < 10; trial++)
        {
            G2[] points = Enumerable.Range(0, 70).Select(_ => choices[random.Next(choices.Length)]).ToArray();
            Fr[] scalars = Enumerable.Range(0, 70).Select(_ => Fr.FromInt64(random.Next(-2, 3))).ToArray();
            using FrVector vector = Vector(scalars);
            Assert.Equal(GroupSamples.Naive(points, scalars), MultiScalarMultiplication.Compute(new G2Bases(points), vector.All));
        }
    }

    [Fact]
    public void Long_sums_follow_from_the_logarithms()
    {
        const int length = 20_000;
        Fr[] logarithms = GroupSamples.Scalars(length, seed: 3), scalars = GroupSamples.Scalars(length, seed: 4);
        using FrVector k = Vector(logarithms), s = Vector(scalars);
        G2Bases bases = FixedBaseMultiplication.Compute(G2.Generator, k.All);
        Fr sum = Fr.Zero;
        for (int i = 0; i < length; i++)
        {
            sum += logarithms[i] * scalars[i];
        }

        Assert.Equal(G2.Generator.Multiply(sum), MultiScalarMultiplication.Compute(bases, s.All));
    }

    [Fact]
    public void A_slice_uses_its_own_points()
    {
        G2[] points = GroupSamples.TwistPoints(30);
        G2Bases slice = new G2Bases(points).Slice(10, 15);
        Assert.Equal(15, slice.Count);
        Assert.Equal(points[10], slice[0]);
        Assert.Equal(points.AsSpan(10, 15).ToArray(), slice.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => slice[15]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(10, 6));
    }

    [Fact]
    public void More_scalars_than_points_are_refused()
    {
        using FrVector scalars = FrVector.Rent(2, cleared: true);
        Assert.Throws<ArgumentException>(() => MultiScalarMultiplication.Compute(new G2Bases(new G2[1]), scalars.All));
    }

    private static FrVector Vector(Fr[] values)
    {
        FrVector vector = FrVector.Rent(values.Length);
        vector.All.CopyFrom(values);
        return vector;
    }
}
