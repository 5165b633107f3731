namespace VerifiableML.Algebra;

/// <summary>An element c₀ + c₁·v + c₂·v² of the cubic extension of <see cref="Fq2"/> with v³ = ξ = 9 + u.</summary>
public readonly struct Fq6 : IFieldElement<Fq6>
{
    /// <summary>Creates c₀ + c₁·v + c₂·v².</summary>
    public Fq6(in Fq2 c0, in Fq2 c1, in Fq2 c2) => (C0, C1, C2) = (c0, c1, c2);

    /// <summary>The neutral element of addition.</summary>
    public static Fq6 Zero => default;

    /// <summary>The neutral element of multiplication.</summary>
    public static Fq6 One => new(Fq2.One, Fq2.Zero, Fq2.Zero);

    /// <summary>The coefficient of 1.</summary>
    public Fq2 C0 { get; }

    /// <summary>The coefficient of v.</summary>
    public Fq2 C1 { get; }

    /// <summary>The coefficient of v².</summary>
    public Fq2 C2 { get; }

    /// <summary>True for zero.</summary>
    public bool IsZero => C0.IsZero && C1.IsZero && C2.IsZero;

    /// <summary>The sum.</summary>
    public static Fq6 operator +(in Fq6 left, in Fq6 right) => new(left.C0 + right.C0, left.C1 + right.C1, left.C2 + right.C2);

    /// <summary>The difference.</summary>
    public static Fq6 operator -(in Fq6 left, in Fq6 right) => new(left.C0 - right.C0, left.C1 - right.C1, left.C2 - right.C2);

    /// <summary>The additive inverse.</summary>
    public static Fq6 operator -(in Fq6 value) => new(-value.C0, -value.C1, -value.C2);

    /// <summary>The product, by six multiplications in Fq2 (Karatsuba; Devegili et al., eprint 2006/471, §4).</summary>
    public static Fq6 operator *(in Fq6 left, in Fq6 right)
    {
        Fq2 p0 = left.C0 * right.C0;
        Fq2 p1 = left.C1 * right.C1;
        Fq2 p2 = left.C2 * right.C2;
        Fq2 cross12 = ((left.C1 + left.C2) * (right.C1 + right.C2)) - p1 - p2;
        Fq2 cross01 = ((left.C0 + left.C1) * (right.C0 + right.C1)) - p0 - p1;
        Fq2 cross02 = ((left.C0 + left.C2) * (right.C0 + right.C2)) - p0 - p2;
        return new Fq6(p0 + cross12.MultiplyByXi(), cross01 + p2.MultiplyByXi(), cross02 + p1);
    }

    /// <summary>The product with an element of Fq2.</summary>
    public static Fq6 operator *(in Fq6 left, in Fq2 right) => new(left.C0 * right, left.C1 * right, left.C2 * right);

    /// <summary>True where both are the same element.</summary>
    public static bool operator ==(in Fq6 left, in Fq6 right) => left.Equals(right);

    /// <summary>True where the elements differ.</summary>
    public static bool operator !=(in Fq6 left, in Fq6 right) => !left.Equals(right);

    /// <summary>The square, by two products and three squares in Fq2.</summary>
    public Fq6 Square()
    {
        Fq2 s0 = C0.Square();
        Fq2 s2 = C2.Square();
        Fq2 twice01 = (C0 * C1).Double();
        Fq2 twice12 = (C1 * C2).Double();
        Fq2 rest = (C0 - C1 + C2).Square() + twice01 + twice12 - s0 - s2;
        return new Fq6(s0 + twice12.MultiplyByXi(), twice01 + s2.MultiplyByXi(), rest);
    }

    /// <summary>Twice the element.</summary>
    public Fq6 Double() => new(C0.Double(), C1.Double(), C2.Double());

    /// <summary>The multiplicative inverse; zero for zero.</summary>
    public Fq6 Inverse()
    {
        // The product of the two conjugates of c, then divided by the norm, which lies in Fq2.
        Fq2 a = C0.Square() - (C1 * C2).MultiplyByXi();
        Fq2 b = C2.Square().MultiplyByXi() - (C0 * C1);
        Fq2 c = C1.Square() - (C0 * C2);
        Fq2 inverseNorm = (((C2 * b) + (C1 * c)).MultiplyByXi() + (C0 * a)).Inverse();
        return new Fq6(a * inverseNorm, b * inverseNorm, c * inverseNorm);
    }

    /// <inheritdoc/>
    public bool Equals(Fq6 other) => C0 == other.C0 && C1 == other.C1 && C2 == other.C2;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fq6 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(C0, C1, C2);

    /// <summary>The coefficients in decimal.</summary>
    public override string ToString() => $"[{C0}] + [{C1}]·v + [{C2}]·v²";

    /// <summary>The product with v.</summary>
    internal Fq6 MultiplyByV() => new(C2.MultiplyByXi(), C0, C1);

    /// <summary>The product with b₀ + b₁·v, by five multiplications in Fq2.</summary>
    internal Fq6 MultiplyByLinear(in Fq2 b0, in Fq2 b1)
    {
        Fq2 p0 = C0 * b0;
        Fq2 p1 = C1 * b1;
        Fq2 cross12 = ((C1 + C2) * b1) - p1;
        Fq2 cross02 = ((C0 + C2) * b0) - p0;
        Fq2 cross01 = ((C0 + C1) * (b0 + b1)) - p0 - p1;
        return new Fq6(p0 + cross12.MultiplyByXi(), cross01, cross02 + p1);
    }
}
