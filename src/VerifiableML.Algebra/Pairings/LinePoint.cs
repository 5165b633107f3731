namespace VerifiableML.Algebra;

/// <summary>
/// A running multiple T of Q on the twist, in homogeneous coordinates (x = X/Z, y = Y/Z), with the lines that its steps draw evaluated at P.
/// <para>
/// Untwisting sends (x, y) to (x·w², y·w³), so a line through T with slope λ on the twist takes at P the value
/// yₚ − λ·xₚ·w + (λ·x − y)·w³, up to factors in Fq2, which the final exponentiation removes. w³ is v·w.
/// </para>
/// </summary>
internal struct LinePoint(in G1 p, in G2 q)
{
    private readonly G1 _p = p;
    private Fq2 _x = q.X;
    private Fq2 _y = q.Y;
    private Fq2 _z = Fq2.One;

    public G2 Q { get; } = q;

    /// <summary>T ← 2T; returns f times the tangent at T (Costello, Lange, Naehrig, eprint 2009/615, §5; scaled by 2YZ).</summary>
    public Fq12 DoubleAndEvaluate(in Fq12 f)
    {
        Fq2 xx = _x.Square();
        Fq2 b = _y.Square();
        Fq2 c = _z.Square();
        Fq2 e = G2.TwistB * (c.Double() + c);
        Fq2 threeE = e.Double() + e;
        Fq2 twiceYz = (_y + _z).Square() - b - c;
        Fq2 half = (_x * _y).Half();
        Fq2 g = (b + threeE).Half();
        Fq2 ee = e.Square();

        _x = half * (b - threeE);
        _y = g.Square() - (ee.Double() + ee);
        _z = b * twiceYz;
        return f.MultiplyByLine(twiceYz * _p.Y, -((xx.Double() + xx) * _p.X), b - e);
    }

    /// <summary>T ← T + R for an affine R other than ±T; returns f times the line through both (scaled by X − x·Z).</summary>
    public Fq12 AddAndEvaluate(in G2 r, in Fq12 f)
    {
        Fq2 theta = _y - (r.Y * _z);
        Fq2 lambda = _x - (r.X * _z);
        Fq2 d = lambda.Square();
        Fq2 e = lambda * d;
        Fq2 g = _x * d;
        Fq2 h = e + (_z * theta.Square()) - g.Double();

        _x = lambda * h;
        _y = (theta * (g - h)) - (e * _y);
        _z *= e;
        return f.MultiplyByLine(lambda * _p.Y, -(theta * _p.X), (theta * r.X) - (lambda * r.Y));
    }
}
