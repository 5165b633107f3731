namespace VerifiableML.Algebra;

/// <summary>The power (p¹² − 1)/r, which makes the value of a Miller loop unique.</summary>
internal static class FinalExponentiation
{
    private static readonly sbyte[] ParameterDigits = SignedDigits.OfInteger(Pairing.CurveParameter);

    /// <summary>f^((p¹² − 1)/r) for f ≠ 0.</summary>
    public static Fq12 Run(in Fq12 f)
    {
        // (p⁶ − 1)(p² + 1): from here on the order divides p⁴ − p² + 1, so that conjugation inverts.
        Fq12 unitary = f.Conjugate() * f.Inverse();
        Fq12 cyclotomic = unitary.Frobenius().Frobenius() * unitary;
        return HardPart(cyclotomic);
    }

    /// <summary>
    /// f^((p⁴ − p² + 1)/r) = y₀·y₁²·y₂⁶·y₃¹²·y₄¹⁸·y₅³⁰·y₆³⁶ (Scott et al., eprint 2008/490, §5), with the vectorial addition chain of
    /// the same section.
    /// </summary>
    private static Fq12 HardPart(in Fq12 f)
    {
        Fq12 fx = PowerOfParameter(f);
        Fq12 fx2 = PowerOfParameter(fx);
        Fq12 fx3 = PowerOfParameter(fx2);
        Fq12 fp = f.Frobenius();
        Fq12 fp2 = fp.Frobenius();
        Fq12 fx2p = fx2.Frobenius();

        Fq12 y0 = fp * fp2 * fp2.Frobenius();
        Fq12 y1 = f.Conjugate();
        Fq12 y2 = fx2p.Frobenius();
        Fq12 y3 = fx.Frobenius().Conjugate();
        Fq12 y4 = (fx * fx2p).Conjugate();
        Fq12 y5 = fx2.Conjugate();
        Fq12 y6 = (fx3 * fx3.Frobenius()).Conjugate();

        Fq12 t0 = y6.CyclotomicSquare() * y4 * y5;
        Fq12 t1 = y3 * y5 * t0;
        t0 *= y2;
        t1 = (t1.CyclotomicSquare() * t0).CyclotomicSquare();
        t0 = t1 * y1;
        t1 *= y0;
        return t0.CyclotomicSquare() * t1;
    }

    /// <summary>f^x for the curve's parameter x.</summary>
    private static Fq12 PowerOfParameter(in Fq12 f)
    {
        Fq12 inverse = f.Conjugate();
        Fq12 power = f;
        foreach (sbyte digit in ParameterDigits.AsSpan(1))
        {
            power = power.CyclotomicSquare();
            if (digit != 0)
            {
                power *= digit > 0 ? f : inverse;
            }
        }

        return power;
    }
}
