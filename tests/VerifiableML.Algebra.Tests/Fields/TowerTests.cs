using System.Security.Cryptography;

namespace VerifiableML.Algebra.Tests.Fields;

/// <summary>The extension fields: laws, the relations between their generators, and the shortcuts against the plain operations.</summary>
public class TowerTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    private static readonly Fq2 U = new(Fq.Zero, Fq.One);
    private static readonly Fq6 V = new(Fq2.Zero, Fq2.One, Fq2.Zero);
    private static readonly Fq12 W = new(Fq6.Zero, Fq6.One);

    [Fact]
    public void Generators_satisfy_their_equations()
    {
        Assert.Equal(-Fq2.One, U * U);
        Assert.Equal(new Fq6(Fq2.Xi, Fq2.Zero, Fq2.Zero), V * V * V);
        Assert.Equal(new Fq12(V, Fq6.Zero), W * W);
    }

    [Fact]
    public void Fq2_obeys_the_laws_of_a_field() => CheckLaws(RandomFq2);

    [Fact]
    public void Fq6_obeys_the_laws_of_a_field() => CheckLaws(RandomFq6);

    [Fact]
    public void Fq12_obeys_the_laws_of_a_field() => CheckLaws(RandomFq12);

    [Fact]
    public void Frobenius_is_the_power_of_p()
    {
        Fq12 a = RandomFq12();
        Assert.Equal(FieldPower.Pow(a, Fq.Modulus), a.Frobenius());
        Assert.Equal(FieldPower.Pow(RandomCoefficient(a), Fq.Modulus), RandomCoefficient(a).Conjugate());
        Fq12 sixth = a;
        for (int i = 0; i < 6; i++)
        {
            sixth = sixth.Frobenius();
        }

        Assert.Equal(a.Conjugate(), sixth);
    }

    [Fact]
    public void Cyclotomic_square_is_the_square_in_its_subgroup()
    {
        Fq12 a = RandomFq12();
        Fq12 unitary = a.Conjugate() * a.Inverse();
        Fq12 cyclotomic = unitary.Frobenius().Frobenius() * unitary;
        Assert.Equal(cyclotomic.Square(), cyclotomic.CyclotomicSquare());
        Assert.Equal(Fq12.One, cyclotomic * cyclotomic.Conjugate());
    }

    [Fact]
    public void Sparse_products_are_products()
    {
        Fq12 f = RandomFq12();
        Fq2 a = RandomFq2(), b = RandomFq2(), c = RandomFq2();
        Assert.Equal(f * new Fq12(new Fq6(a, Fq2.Zero, Fq2.Zero), new Fq6(b, c, Fq2.Zero)), f.MultiplyByLine(a, b, c));
        Assert.Equal(f.C0 * V, f.C0.MultiplyByV());
        Assert.Equal(a * Fq2.Xi, a.MultiplyByXi());
        Assert.Equal(a, a.Half().Double());
    }

    [Fact]
    public void Square_roots_in_Fq2_exist_for_squares_only()
    {
        Fq2[] samples = [Fq2.Zero, Fq2.One, U, new(Fq.FromInt64(5), Fq.Zero), new(Fq.FromInt64(-5), Fq.Zero), RandomFq2(), RandomFq2()];
        foreach (Fq2 sample in samples)
        {
            Assert.True(sample.Square().TrySquareRoot(out Fq2 root));
            Assert.Equal(sample.Square(), root.Square());
            if (!sample.IsZero)
            {
                // ξ is not a square, so exactly one of a and ξ·a is.
                Assert.False((sample.Square() * Fq2.Xi).TrySquareRoot(out _));
                Assert.NotEqual(sample.TrySquareRoot(out _), (sample * Fq2.Xi).TrySquareRoot(out _));
                Assert.NotEqual(sample.IsUpperHalf, (-sample).IsUpperHalf);
            }
        }
    }

    private static void CheckLaws<TField>(Func<TField> draw)
        where TField : struct, IFieldElement<TField>
    {
        for (int i = 0; i < 20; i++)
        {
            TField a = draw(), b = draw(), c = draw();
            Assert.Equal(a * b, b * a);
            Assert.Equal(a * b * c, a * (b * c));
            Assert.Equal(a * (b + c), (a * b) + (a * c));
            Assert.Equal(a, a - b + b);
            Assert.Equal(TField.Zero, a + -a);
            Assert.Equal(a * a, a.Square());
            Assert.Equal(a + a, a.Double());
            Assert.Equal(TField.One, a * a.Inverse());
            Assert.Equal(a, a * TField.One);
        }

        Assert.Equal(TField.Zero, TField.Zero.Inverse());
        Assert.True(TField.Zero.IsZero);
        Assert.False(TField.One.IsZero);
    }

    private static Fq2 RandomCoefficient(Fq12 a) => a.C1.C2;

    private static Fq2 RandomFq2() => new(Fq.Random(Generator), Fq.Random(Generator));

    private static Fq6 RandomFq6() => new(RandomFq2(), RandomFq2(), RandomFq2());

    private static Fq12 RandomFq12() => new(RandomFq6(), RandomFq6());
}
