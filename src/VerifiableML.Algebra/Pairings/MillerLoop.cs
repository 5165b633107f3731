namespace VerifiableML.Algebra;

/// <summary>
/// The Miller loop of the optimal ate pairing (Vercauteren, eprint 2008/096, §IV): f of length 6x + 2 at ψ-multiples of Q, times the
/// lines through the two Frobenius images of Q. Several pairs share the squarings.
/// </summary>
internal static class MillerLoop
{
    /// <summary>6x + 2 for the curve's parameter x, in signed binary digits, the most significant first and left out.</summary>
    private static readonly sbyte[] Digits = SignedDigits.OfInteger(((UInt128)6 * Pairing.CurveParameter) + 2)[1..];

    /// <summary>The product over all pairs, before the final exponentiation. Pairs with infinity contribute one.</summary>
    public static Fq12 Run(ReadOnlySpan<(G1 P, G2 Q)> pairs)
    {
        var points = new LinePoint[pairs.Length];
        int count = 0;
        foreach ((G1 p, G2 q) in pairs)
        {
            if (!p.IsInfinity && !q.IsInfinity)
            {
                points[count++] = new LinePoint(p, q);
            }
        }

        return Run(points.AsSpan(0, count));
    }

    private static Fq12 Run(Span<LinePoint> points)
    {
        Fq12 f = Fq12.One;
        foreach (sbyte digit in Digits)
        {
            f = f.Square();
            foreach (ref LinePoint point in points)
            {
                f = point.DoubleAndEvaluate(f);
                if (digit != 0)
                {
                    f = point.AddAndEvaluate(digit > 0 ? point.Q : -point.Q, f);
                }
            }
        }

        foreach (ref LinePoint point in points)
        {
            G2 first = point.Q.Frobenius();
            f = point.AddAndEvaluate(first, f);
            f = point.AddAndEvaluate(-first.Frobenius(), f);
        }

        return f;
    }
}
