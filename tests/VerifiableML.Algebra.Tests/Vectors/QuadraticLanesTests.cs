using System.Numerics;
using System.Runtime.Intrinsics;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>The products of <see cref="QuadraticLanes"/> against integers, for parts at the ends of the ranges that they allow.</summary>
public class QuadraticLanesTests
{
    private static readonly BigInteger P = Fq.Modulus;
    private static readonly BigInteger InverseR = BigInteger.ModPow(BigInteger.One << 260, P - 2, P);

    [Fact]
    public void Products_equal_those_of_integers_modulo_p()
    {
        if (!FqLanes.IsSupported)
        {
            return;
        }

        foreach ((Pairs a, Pairs b) in Cases(4 * P, 3 * P))
        {
            Load(a, out QuadraticLanes x);
            Load(b, out QuadraticLanes y);
            QuadraticLanes.ToFactor(in y, out QuadraticFactor factor);
            QuadraticLanes.Multiply(in x, in factor, out QuadraticLanes product);
            Check(product, k => (
                (a.C0[k] * b.C0[k]) - (a.C1[k] * b.C1[k]), (a.C0[k] * b.C1[k]) + (a.C1[k] * b.C0[k])));
            QuadraticLanes.MultiplyByConjugate(in x, in factor, out product);
            Check(product, k => (
                (a.C0[k] * b.C0[k]) + (a.C1[k] * b.C1[k]), (a.C1[k] * b.C0[k]) - (a.C0[k] * b.C1[k])));
        }
    }

    [Fact]
    public void Squares_and_norms_equal_those_of_integers_modulo_p()
    {
        if (!FqLanes.IsSupported)
        {
            return;
        }

        foreach ((Pairs a, Pairs b) in Cases(2 * P, 4 * P))
        {
            Load(a, out QuadraticLanes x);
            QuadraticLanes.Square(in x, out QuadraticLanes square);
            Check(square, k => ((a.C0[k] * a.C0[k]) - (a.C1[k] * a.C1[k]), 2 * a.C0[k] * a.C1[k]));
            Load(b, out QuadraticLanes y);
            QuadraticLanes.ToFactor(in y, out QuadraticFactor factor);
            QuadraticLanes.Norm(in factor, out FqLanes norm);
            QuadraticLanes both = default;
            both.C0 = norm;
            Check(both, k => ((b.C0[k] * b.C0[k]) + (b.C1[k] * b.C1[k]), 0));
        }
    }

    /// <summary>Every pair of extremes below the bounds in some lane, and random numbers.</summary>
    private static IEnumerable<(Pairs A, Pairs B)> Cases(BigInteger boundOfA, BigInteger boundOfB)
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            yield return (Draw(boundOfA), Draw(boundOfB));
        }

        Pairs Draw(BigInteger bound) => new(Part(bound), Part(bound));

        BigInteger[] Part(BigInteger bound) => [.. Enumerable.Range(0, 8).Select(_ => random.Next(9) switch
        {
            0 => BigInteger.Zero,
            1 => BigInteger.One,
            2 => P - 1,
            3 => P,
            4 => bound - 1,
            5 => (BigInteger.One << random.Next(250)) - 1,
            _ => new BigInteger(random.NextInt64()) * new BigInteger(random.NextInt64()) * new BigInteger(random.NextInt64())
                * new BigInteger(random.NextInt64()) % bound,
        })];
    }

    private static void Load(Pairs numbers, out QuadraticLanes lanes)
    {
        Load(numbers.C0, out lanes.C0);
        Load(numbers.C1, out lanes.C1);
    }

    private static void Load(BigInteger[] numbers, out FqLanes lanes)
    {
        Limbs[] limbs = [.. numbers.Select(WideInteger.FromBigInteger)];
        FqLanes.FromWords(
            Vector512.Create(limbs.Select(l => l.L0).ToArray()),
            Vector512.Create(limbs.Select(l => l.L1).ToArray()),
            Vector512.Create(limbs.Select(l => l.L2).ToArray()),
            Vector512.Create(limbs.Select(l => l.L3).ToArray()),
            out lanes);
    }

    private static void Check(QuadraticLanes actual, Func<int, (BigInteger C0, BigInteger C1)> expected)
    {
        for (int k = 0; k < 8; k++)
        {
            (BigInteger c0, BigInteger c1) = expected(k);
            Check(c0, actual.C0[k]);
            Check(c1, actual.C1[k]);
        }
    }

    private static void Check(BigInteger expected, Limbs actual)
    {
        BigInteger value = actual.L0 + ((BigInteger)actual.L1 << 64) + ((BigInteger)actual.L2 << 128) + ((BigInteger)actual.L3 << 192);
        Assert.InRange(value, 0, (2 * P) - 1);
        Assert.True(((expected * InverseR) - value) % P == 0);
    }

    private readonly record struct Pairs(BigInteger[] C0, BigInteger[] C1);
}
