using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Circuits.Verification;

/// <summary>One way in which a false statement could be accepted by luck, or one assumption.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Bits">−log2 of its probability, or of the work that breaks it.</param>
/// <param name="Source">Where the bound comes from.</param>
public sealed record SoundnessTerm(string Name, double Bits, string Source);

/// <summary>
/// The soundness error of the interactive protocol for one circuit, term by term: each challenge is uniform over a field of about 2^253.6
/// elements and saves a false statement only at the roots of a polynomial whose degree is counted here. What the proof needs beside luck,
/// hash functions and the curve, stands apart as assumptions. A prover who tries 2^k witnesses, and so 2^k sets of challenges, makes luck 2^k times
/// as likely.
/// </summary>
/// <param name="Terms">The terms, in the protocol's order. Their probabilities add up.</param>
/// <param name="Assumptions">What computational security rests on, in bits of work.</param>
public sealed record SoundnessReport(ImmutableArray<SoundnessTerm> Terms, ImmutableArray<SoundnessTerm> Assumptions)
{
    /// <summary>The least total that a circuit may have.</summary>
    public const double RequiredBits = 100;

    private static readonly double FieldBits = BigInteger.Log(Fr.Modulus, 2);

    /// <summary>
    /// A Keccak hash reduced modulo the field takes no value more often than ⌈2^256 / r⌉ times in 2^256, 1.14 times the uniform probability: so much
    /// the terms of challenges made this way grow.
    /// </summary>
    private static readonly double ReductionBias =
        Math.Exp(BigInteger.Log(((BigInteger.One << 256) / Fr.Modulus) + 1) + BigInteger.Log(Fr.Modulus) - (256 * Math.Log(2)));

    /// <summary>
    /// Nothing bounds the degree of what a prover commits to but the length of the reference string, and provers may hold a longer one than a circuit
    /// takes: the longest public one has 2^28 powers.
    /// </summary>
    private static readonly double Powers = Math.Pow(2, 28);

    /// <summary>−log2 of the sum of all terms.</summary>
    public double TotalBits => -Math.Log2(Terms.Sum(term => Math.Pow(2, -term.Bits)));

    /// <summary>The report of <paramref name="circuit"/>.</summary>
    public static SoundnessReport Of(Circuit circuit)
    {
        ProtocolSizes sizes = ProtocolSizes.Of(circuit);
        int levels = circuit.LookupLevels;
        double entries = circuit.LookupLeaves.Concat(circuit.TableLeaves).Sum(leaves => Math.Pow(2, leaves.Bits));
        double rounds = Enumerable.Range(1, levels - 1).Sum(level => 1.0 + (2 * level)) + levels;
        ImmutableArray<SoundnessTerm> wrapping = !circuit.Options.IsHiding ? [] :
        [
            Term(
                "wrapped: shared values, ρ", ReductionBias * (11 + circuit.Layout.WitnessRowBits + circuit.Layout.WeightRowBits),
                "roots of a polynomial whose coefficients a hash has fixed"),
            Term("wrapped: both pairing equations in one, u", ReductionBias, "random linear combination"),
        ];
        return new SoundnessReport(
        [
            // Σ 1/(α − entry) − Σ m/(α − row) is a fraction whose numerator has total degree below 2 · entries in (α, γ).
            Term("lookup entries, α and γ", 2 * entries, "logarithmic derivative: eprint 2022/1530, lemma 5; Schwartz–Zippel"),

            // A level of k variables: λ, k rounds of degree 2 once eq is taken out, and β.
            Term("fraction tree, all levels", rounds, "GKR: eprint 2023/1284, section 3; rounds without eq: eprint 2024/108"),

            // A relation that fails in a cell is a nonzero polynomial, of degree one in each coordinate but for the rows that a segment lacks.
            Term("relations at the lookup point", levels + (2 * circuit.Layout.WeightRowBits), "Schwartz–Zippel"),
            Term(
                "contractions", Math.Max(0, sizes.Contractions - 1) + ((double)circuit.ContractionDegree * sizes.ContractionRounds),
                "sumcheck of a matrix product: eprint 2013/351; batching by powers"),
            Term("wirings", Math.Max(0, sizes.Wirings - 1) + (2.0 * sizes.WiringRounds), "sumcheck; structured wiring as in eprint 2021/673"),
            Term("public values and padding", ReductionBias * sizes.PowerCells, "roots of a polynomial of the column's length"),
            Term("claims to one point", sizes.Claims + (2.0 * circuit.Layout.WitnessBits), "sumcheck; batching by powers"),
            Term("combination of the two openings", 1, "random linear combination"),
            Term("opening, x", ReductionBias * 2 * Powers, "inner product as a Laurent polynomial: eprint 2025/385, section 4"),
            Term("opening, γ", ReductionBias, "random linear combination"),
            Term("opening, z", ReductionBias * Powers, "several points in one KZG proof: eprint 2020/081, section 4"),
            .. wrapping,
        ],
        [
            new SoundnessTerm("Poseidon2 sponge, one element of capacity", FieldBits / 2, "eprint 2023/323; half the bits of the capacity, by collisions"),
            new SoundnessTerm("Keccak-256, collisions", 128, "FIPS 202"),
            new SoundnessTerm("BN254, discrete logarithms in the target group", 100, "eprint 2017/334"),
            new SoundnessTerm(
                "powers of τ in G1, generic attacks on τ", (FieldBits - Math.Log2(Powers)) / 2, "Cheon, Eurocrypt 2006; KZG in the algebraic group model: eprint 2017/620"),
        ]);
    }

    /// <summary>The report as lines: bits, name, source.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (SoundnessTerm term in Terms)
        {
            yield return Line(term);
        }

        yield return Line(new SoundnessTerm("total of the interactive protocol", TotalBits, $"at least {RequiredBits} are required"));
        yield return "assumptions, in bits of work:";
        foreach (SoundnessTerm assumption in Assumptions)
        {
            yield return Line(assumption);
        }
    }

    private static SoundnessTerm Term(string name, double roots, string source) =>
        new(name, FieldBits - Math.Log2(Math.Max(roots, 1)), source);

    private static string Line(SoundnessTerm term) =>
        string.Create(CultureInfo.InvariantCulture, $"{term.Bits,7:F1} bits  {term.Name}  ({term.Source})");
}
