namespace VerifiableML.Algebra;

/// <content>The p-th power and the arithmetic of the cyclotomic subgroup, for the final exponentiation.</content>
public readonly partial struct Fq12
{
    /// <summary>wᵖ⁻¹ = ξ^((p − 1)/6) and its powers up to the fifth, which the p-th power puts in front of the coefficients of wⁱ.</summary>
    private static readonly Fq2[] FrobeniusFactors = MakeFrobeniusFactors();

    /// <summary>The p-th power: conjugates each coefficient of wⁱ and multiplies it by ξ^(i(p − 1)/6).</summary>
    internal Fq12 Frobenius()
    {
        // v = w², so c₀ holds the even powers of w and c₁ the odd ones.
        Fq2[] g = FrobeniusFactors;
        var even = new Fq6(C0.C0.Conjugate(), C0.C1.Conjugate() * g[2], C0.C2.Conjugate() * g[4]);
        var odd = new Fq6(C1.C0.Conjugate() * g[1], C1.C1.Conjugate() * g[3], C1.C2.Conjugate() * g[5]);
        return new Fq12(even, odd);
    }

    /// <summary>
    /// The square of an element whose order divides p⁴ − p² + 1, by nine squares in Fq2 (Granger and Scott, eprint 2009/565, §3.2).
    /// For other elements the result is meaningless.
    /// </summary>
    internal Fq12 CyclotomicSquare()
    {
        // Over Fq4 = Fq2(w³) the element is x + y·w + z·w² with x = c₀.₀ + c₁.₁·w³, y = c₁.₀ + c₀.₂·w³, z = c₀.₁ + c₁.₂·w³, and its
        // square is (3x² − 2x̄) + (3w³z² + 2ȳ)·w + (3y² − 2z̄)·w², where the bar changes the sign of w³.
        SquareInFq4(C0.C0, C1.C1, out Fq2 xLow, out Fq2 xHigh);
        SquareInFq4(C1.C0, C0.C2, out Fq2 yLow, out Fq2 yHigh);
        SquareInFq4(C0.C1, C1.C2, out Fq2 zLow, out Fq2 zHigh);
        var even = new Fq6(ThreeLessTwo(xLow, C0.C0), ThreeLessTwo(yLow, C0.C1), ThreeLessTwo(zLow, C0.C2));
        var odd = new Fq6(
            ThreePlusTwo(zHigh.MultiplyByXi(), C1.C0), ThreePlusTwo(xHigh, C1.C1), ThreePlusTwo(yHigh, C1.C2));
        return new Fq12(even, odd);
    }

    /// <summary>(a + b·s)² = low + high·s with s² = ξ.</summary>
    private static void SquareInFq4(in Fq2 a, in Fq2 b, out Fq2 low, out Fq2 high)
    {
        Fq2 aa = a.Square();
        Fq2 bb = b.Square();
        low = aa + bb.MultiplyByXi();
        high = (a + b).Square() - aa - bb;
    }

    private static Fq2 ThreeLessTwo(in Fq2 square, in Fq2 value) => (square - value).Double() + square;

    private static Fq2 ThreePlusTwo(in Fq2 square, in Fq2 value) => (square + value).Double() + square;

    private static Fq2[] MakeFrobeniusFactors()
    {
        var factors = new Fq2[6];
        factors[0] = Fq2.One;
        factors[1] = FieldPower.Pow(Fq2.Xi, (Fq.Modulus - 1) / 6);
        for (int i = 2; i < factors.Length; i++)
        {
            factors[i] = factors[i - 1] * factors[1];
        }

        return factors;
    }
}
