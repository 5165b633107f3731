using System.Numerics;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Algebra.Tests.Groups;

public class SubgroupCheckTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MultiplicationList.Capacity + 20)]
    public void Points_of_the_group_pass(int count)
    {
        G2[] points = GroupSamples.TwistPoints(count);
        if (count > 9)
        {
            (points[3], points[8]) = (G2.Infinity, G2.Generator);
        }

        Assert.Equal(-1, SubgroupCheck.FindOutside(new G2Bases(points)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(MultiplicationList.Capacity + 5)]
    public void The_first_point_outside_is_found(int place)
    {
        G2[] points = GroupSamples.TwistPoints(MultiplicationList.Capacity + 20);
        G2 outside = TwistPointOutside();
        Assert.True(outside.IsOnCurve && !outside.IsInSubgroup);
        points[place] = outside;
        points[^1] = outside + G2.Generator;
        Assert.Equal(place, SubgroupCheck.FindOutside(new G2Bases(points)));
    }

    [Fact]
    public void Points_whose_order_is_a_factor_of_the_cofactor_are_found()
    {
        // The order of the twist is r·(2p − r), and 10069 divides the cofactor: a point of that order comes around to infinity on the way.
        G2 point = Multiply(Multiply(TwistPointOutside(), ((2 * Fq.Modulus) - Fr.Modulus) / 10069), Fr.Modulus);
        Assert.False(point.IsInfinity);
        Assert.True(Multiply(point, 10069).IsInfinity);
        Assert.False(point.IsInSubgroup);
        Assert.Equal(1, SubgroupCheck.FindOutside(new G2Bases([G2.Generator, point])));
    }

    private static G2 Multiply(G2 point, BigInteger integer) =>
        G2.FromJacobian(point.ToJacobian().MultiplyByInteger(WideInteger.FromBigInteger(integer)));

    private static G2 TwistPointOutside()
    {
        for (ulong i = 1; ; i++)
        {
            var x = new Fq2(Fq.FromUInt64(i), Fq.One);
            if (((x.Square() * x) + G2.TwistB).TrySquareRoot(out Fq2 y))
            {
                return new G2(x, y);
            }
        }
    }
}
