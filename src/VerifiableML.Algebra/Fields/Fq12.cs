namespace VerifiableML.Algebra;

/// <summary>
/// An element c₀ + c₁·w of the quadratic extension of <see cref="Fq6"/> with w² = v, and so w⁶ = ξ: where pairings take their values.
/// </summary>
public readonly partial struct Fq12 : IFieldElement<Fq12>
{
    /// <summary>Creates c₀ + c₁·w.</summary>
    public Fq12(in Fq6 c0, in Fq6 c1) => (C0, C1) = (c0, c1);

    /// <summary>The neutral element of addition.</summary>
    public static Fq12 Zero => default;

    /// <summary>The neutral element of multiplication.</summary>
    public static Fq12 One => new(Fq6.One, Fq6.Zero);

    /// <summary>The coefficient of 1.</summary>
    public Fq6 C0 { get; }

    /// <summary>The coefficient of w.</summary>
    public Fq6 C1 { get; }

    /// <summary>True for zero.</summary>
    public bool IsZero => C0.IsZero && C1.IsZero;

    /// <summary>True for the neutral element of multiplication.</summary>
    public bool IsOne => this == One;

    /// <summary>The sum.</summary>
    public static Fq12 operator +(in Fq12 left, in Fq12 right) => new(left.C0 + right.C0, left.C1 + right.C1);

    /// <summary>The difference.</summary>
    public static Fq12 operator -(in Fq12 left, in Fq12 right) => new(left.C0 - right.C0, left.C1 - right.C1);

    /// <summary>The additive inverse.</summary>
    public static Fq12 operator -(in Fq12 value) => new(-value.C0, -value.C1);

    /// <summary>The product, by three multiplications in Fq6 (Karatsuba).</summary>
    public static Fq12 operator *(in Fq12 left, in Fq12 right)
    {
        Fq6 low = left.C0 * right.C0;
        Fq6 high = left.C1 * right.C1;
        Fq6 cross = (left.C0 + left.C1) * (right.C0 + right.C1);
        return new Fq12(low + high.MultiplyByV(), cross - low - high);
    }

    /// <summary>True where both are the same element.</summary>
    public static bool operator ==(in Fq12 left, in Fq12 right) => left.Equals(right);

    /// <summary>True where the elements differ.</summary>
    public static bool operator !=(in Fq12 left, in Fq12 right) => !left.Equals(right);

    /// <summary>The square, by two multiplications in Fq6: c₀² + v·c₁² = (c₀ + c₁)(c₀ + v·c₁) − (1 + v)·c₀c₁.</summary>
    public Fq12 Square()
    {
        Fq6 product = C0 * C1;
        Fq6 low = ((C0 + C1) * (C0 + C1.MultiplyByV())) - product - product.MultiplyByV();
        return new Fq12(low, product.Double());
    }

    /// <summary>Twice the element.</summary>
    public Fq12 Double() => new(C0.Double(), C1.Double());

    /// <summary>The multiplicative inverse, (c₀ − c₁·w)/(c₀² − v·c₁²); zero for zero.</summary>
    public Fq12 Inverse()
    {
        Fq6 inverseNorm = (C0.Square() - C1.Square().MultiplyByV()).Inverse();
        return new Fq12(C0 * inverseNorm, -(C1 * inverseNorm));
    }

    /// <summary>c₀ − c₁·w: the p⁶-th power, and the inverse of values of pairings.</summary>
    public Fq12 Conjugate() => new(C0, -C1);

    /// <inheritdoc/>
    public bool Equals(Fq12 other) => C0 == other.C0 && C1 == other.C1;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fq12 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(C0, C1);

    /// <summary>The coefficients in decimal.</summary>
    public override string ToString() => $"({C0}) + ({C1})·w";

    /// <summary>
    /// The product with a line a + (b + c·v)·w, which is zero in the other three places: 13 multiplications in Fq2.
    /// </summary>
    internal Fq12 MultiplyByLine(in Fq2 a, in Fq2 b, in Fq2 c)
    {
        Fq6 low = C0 * a;
        Fq6 high = C1.MultiplyByLinear(b, c);
        Fq6 cross = (C0 + C1).MultiplyByLinear(a + b, c);
        return new Fq12(low + high.MultiplyByV(), cross - low - high);
    }
}
