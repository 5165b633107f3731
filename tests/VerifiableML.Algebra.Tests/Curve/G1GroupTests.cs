using System.Security.Cryptography;

namespace VerifiableML.Algebra.Tests.Curve;

/// <summary>The laws of the group, and every special case of its formulas.</summary>
public class G1GroupTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    [Fact]
    public void Multiples_add_like_their_scalars()
    {
        for (int i = 0; i < 10; i++)
        {
            Fr a = Fr.Random(Generator), b = Fr.Random(Generator);
            G1 p = G1.Generator.Multiply(a), q = G1.Generator.Multiply(b);
            Assert.True(p.IsOnCurve);
            Assert.Equal(G1.Generator.Multiply(a + b), p + q);
            Assert.Equal(p + q, q + p);
            Assert.Equal(G1.Generator.Multiply(a * b), p.Multiply(b));
            Assert.Equal(G1.Generator.Multiply(-a), -p);
        }
    }

    [Fact]
    public void Special_cases_of_addition_hold_in_every_form()
    {
        G1 p = G1.Generator.Multiply(Fr.Random(Generator));
        G1Jacobian scaled = p.ToJacobian().Double() + -p.ToJacobian();
        G1Jacobian infinity = G1Jacobian.Infinity;
        Assert.False(scaled.Z == Fq.One);
        Assert.Equal(p, G1.FromJacobian(scaled));
        Assert.True(scaled.Represents(p.ToJacobian()));

        Assert.Equal(p, p + G1.Infinity);
        Assert.Equal(p, G1.Infinity + p);
        Assert.Equal(G1.Infinity, p - p);
        Assert.Equal(p.Multiply(Fr.FromInt64(2)), p + p);
        Assert.Equal(p, G1.FromJacobian(scaled + infinity));
        Assert.Equal(p, G1.FromJacobian(infinity + scaled));
        Assert.Equal(p, G1.FromJacobian(infinity.AddAffine(p.X, p.Y)));
        Assert.True((scaled + -p.ToJacobian()).IsInfinity);
        Assert.True(scaled.AddAffine(p.X, -p.Y).IsInfinity);
        Assert.Equal(p + p, G1.FromJacobian(scaled + p.ToJacobian()));
        Assert.Equal(p + p, G1.FromJacobian(scaled.AddAffine(p.X, p.Y)));
        Assert.True(infinity.Double().IsInfinity);
        Assert.True(infinity.Represents(infinity));
        Assert.False(infinity.Represents(scaled));
        Assert.False(scaled.Represents(-scaled));
    }

    [Fact]
    public void Multiples_by_small_numbers_are_repeated_sums()
    {
        G1 sum = G1.Infinity;
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(sum, G1.Generator.Multiply(Fr.FromInt64(i)));
            sum += G1.Generator;
        }

        Assert.Equal(-G1.Generator, G1.Generator.Multiply(Fr.FromInt64(-1)));
        Assert.Equal(G1.Infinity, G1.Infinity.Multiply(Fr.FromInt64(5)));
    }

    [Fact]
    public void Many_points_become_affine_at_once()
    {
        G1Jacobian p = G1.Generator.ToJacobian();
        G1Jacobian[] points = [p, G1Jacobian.Infinity, p.Double(), p.Double() + p];
        Assert.Equal([G1.Generator, G1.Infinity, G1.FromJacobian(points[2]), G1.FromJacobian(points[3])], G1.FromJacobian(points));
        Assert.Empty(G1.FromJacobian([]));
    }
}
