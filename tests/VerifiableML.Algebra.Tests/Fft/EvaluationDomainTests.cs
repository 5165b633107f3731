using System.Security.Cryptography;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Polynomials;

namespace VerifiableML.Algebra.Tests.Fft;

/// <summary>The transforms against Horner's rule, at sizes on both sides of the split over cores.</summary>
public class EvaluationDomainTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Transform_evaluates_everywhere(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        Fr[] coefficients = Draw(domain.Size);
        Fr shift = Fr.Random(Generator);
        Fr[] plain = [.. coefficients], coset = [.. coefficients];
        domain.Transform(plain);
        domain.TransformOnCoset(coset, shift);
        Fr point = Fr.One;
        for (int i = 0; i < domain.Size; i++, point *= domain.Generator)
        {
            Assert.Equal(UnivariatePolynomial.Evaluate(coefficients, point), plain[i]);
            Assert.Equal(UnivariatePolynomial.Evaluate(coefficients, shift * point), coset[i]);
        }

        Assert.Equal(Fr.One, point);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(15)]
    public void Large_transform_evaluates_at_sampled_points(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        Fr[] coefficients = Draw(domain.Size);
        Fr[] values = [.. coefficients];
        domain.TransformOnCoset(values, EvaluationDomain.MultiplicativeGenerator);
        foreach (int i in new[] { 0, 1, 77, domain.Size / 2, domain.Size - 1 })
        {
            Fr point = EvaluationDomain.MultiplicativeGenerator * domain.Generator.Pow((ulong)i);
            Assert.Equal(UnivariatePolynomial.Evaluate(coefficients, point), values[i]);
        }

        domain.InverseTransformOnCoset(values, EvaluationDomain.MultiplicativeGenerator);
        Assert.Equal(coefficients, values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(14)]
    public void Inverse_undoes_the_transform(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        Fr[] coefficients = Draw(domain.Size);
        Fr[] values = [.. coefficients];
        domain.Transform(values);
        domain.InverseTransform(values);
        Assert.Equal(coefficients, values);
    }

    [Fact]
    public void Lagrange_values_interpolate()
    {
        var domain = new EvaluationDomain(4);
        Fr[] coefficients = Draw(domain.Size);
        Fr[] values = [.. coefficients];
        domain.Transform(values);
        Fr x = Fr.Random(Generator);
        Fr[] weights = domain.EvaluateLagrange(x);
        Fr sum = Fr.Zero;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
        }

        Assert.Equal(UnivariatePolynomial.Evaluate(coefficients, x), sum);
        Assert.Equal(x.Pow(16UL) - Fr.One, domain.EvaluateVanishing(x));

        Fr[] unit = domain.EvaluateLagrange(domain.Generator.Pow(3UL));
        Assert.Equal(3, Array.FindIndex(unit, value => value == Fr.One));
        Assert.Equal(15, unit.Count(value => value.IsZero));
    }

    /// <summary>The roots that snarkjs, gnark and arkworks use; the value is that of gnark-crypto's fft.Generator.</summary>
    [Fact]
    public void Roots_have_their_exact_order()
    {
        Fr root = EvaluationDomain.RootOfUnity(28);
        Assert.Equal("19103219067921713944291392827692070036145651957329286315305642004821462161904", root.ToString());
        Assert.Equal(Fr.One, root.Pow(1UL << 28));
        Assert.NotEqual(Fr.One, root.Pow(1UL << 27));
        Assert.Equal(root.Pow(1UL << 18), EvaluationDomain.RootOfUnity(10));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationDomain(29));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationDomain(-1));
        var domain = new EvaluationDomain(3);
        Assert.Throws<ArgumentException>(() => domain.Transform(new Fr[4]));
        Assert.Throws<ArgumentException>(() => domain.InverseTransform(new Fr[9]));
    }

    private static Fr[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Fr.Random(Generator))];
}
