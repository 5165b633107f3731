using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace VerifiableML.Algebra.Tests;

/// <summary>Generators of field elements and points that hit the edges (zero, ±1, limb boundaries) as often as the middle.</summary>
internal static class Samples
{
    public static Arbitrary<Fr> Fr { get; } = Numbers.Select(Algebra.Fr.FromBigInteger).ToArbitrary();

    public static Arbitrary<Fq> Fq { get; } = Numbers.Select(Algebra.Fq.FromBigInteger).ToArbitrary();

    public static Arbitrary<Fq2> Fq2 { get; } =
        Fq.Generator.SelectMany(c0 => Fq.Generator.Select(c1 => new Fq2(c0, c1))).ToArbitrary();

    public static Arbitrary<G1> G1 { get; } = Fr.Generator.Select(scalar => Algebra.G1.Generator.Multiply(scalar)).ToArbitrary();

    public static Arbitrary<G2> G2 { get; } = Fr.Generator.Select(scalar => Algebra.G2.Generator.Multiply(scalar)).ToArbitrary();

    private static Gen<BigInteger> Numbers => Gen.Frequency(
        (1, Gen.Choose(-3, 3).Select(i => new BigInteger(i))),
        (1, Gen.Choose(0, 4).SelectMany(limb => Gen.Choose(-2, 2).Select(offset => (BigInteger.One << (64 * limb)) + offset))),
        (3, Gen.Choose(0, int.MaxValue).ArrayOf(9).Select(words => words.Aggregate(BigInteger.Zero, (sum, word) => (sum << 31) | word))));
}
