using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra;

/// <summary>An element c₀ + c₁·u of the quadratic extension of <see cref="Fq"/> with u² = −1: the coordinates of <see cref="G2"/>.</summary>
public readonly partial struct Fq2 : IFieldElement<Fq2>
{
    /// <summary>Creates c₀ + c₁·u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fq2(in Fq c0, in Fq c1) => (C0, C1) = (c0, c1);

    /// <summary>The neutral element of addition.</summary>
    public static Fq2 Zero => default;

    /// <summary>The neutral element of multiplication.</summary>
    public static Fq2 One => new(Fq.One, Fq.Zero);

    /// <summary>ξ = 9 + u, neither a square nor a cube: the sixth power of the generator of <see cref="Fq12"/>.</summary>
    internal static Fq2 Xi => new(Fq.FromUInt64(9), Fq.One);

    /// <summary>The coefficient of 1.</summary>
    public Fq C0 { get; }

    /// <summary>The coefficient of u.</summary>
    public Fq C1 { get; }

    /// <summary>True for zero.</summary>
    public bool IsZero => C0.IsZero && C1.IsZero;

    /// <summary>The sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fq2 operator +(in Fq2 left, in Fq2 right) => new(left.C0 + right.C0, left.C1 + right.C1);

    /// <summary>The difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fq2 operator -(in Fq2 left, in Fq2 right) => new(left.C0 - right.C0, left.C1 - right.C1);

    /// <summary>The additive inverse.</summary>
    public static Fq2 operator -(in Fq2 value) => new(-value.C0, -value.C1);

    /// <summary>The product, by three multiplications (Karatsuba).</summary>
    public static Fq2 operator *(in Fq2 left, in Fq2 right)
    {
        Fq low = left.C0 * right.C0;
        Fq high = left.C1 * right.C1;
        Fq cross = (left.C0 + left.C1) * (right.C0 + right.C1);
        return new Fq2(low - high, cross - low - high);
    }

    /// <summary>The product with an element of the base field.</summary>
    public static Fq2 operator *(in Fq2 left, in Fq right) => new(left.C0 * right, left.C1 * right);

    /// <summary>True where both are the same element.</summary>
    public static bool operator ==(in Fq2 left, in Fq2 right) => left.Equals(right);

    /// <summary>True where the elements differ.</summary>
    public static bool operator !=(in Fq2 left, in Fq2 right) => !left.Equals(right);

    /// <summary>The square: (c₀ + c₁)(c₀ − c₁) + 2·c₀·c₁·u.</summary>
    public Fq2 Square() => new((C0 + C1) * (C0 - C1), (C0 * C1).Double());

    /// <summary>Twice the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fq2 Double() => new(C0.Double(), C1.Double());

    /// <summary>The multiplicative inverse, (c₀ − c₁·u)/(c₀² + c₁²); zero for zero.</summary>
    public Fq2 Inverse()
    {
        Fq inverseNorm = (C0.Square() + C1.Square()).Inverse();
        return new Fq2(C0 * inverseNorm, -(C1 * inverseNorm));
    }

    /// <summary>c₀ − c₁·u, which is also the p-th power.</summary>
    public Fq2 Conjugate() => new(C0, -C1);

    /// <inheritdoc/>
    public bool Equals(Fq2 other) => C0 == other.C0 && C1 == other.C1;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fq2 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(C0, C1);

    /// <summary>The coefficients in decimal.</summary>
    public override string ToString() => $"{C0} + {C1}·u";

    /// <summary>The product with ξ: (9·c₀ − c₁) + (9·c₁ + c₀)·u.</summary>
    internal Fq2 MultiplyByXi()
    {
        Fq2 eightfold = Double().Double().Double();
        return new Fq2(eightfold.C0 + C0 - C1, eightfold.C1 + C1 + C0);
    }

    internal Fq2 Half() => new(C0 * OneHalf, C1 * OneHalf);

    private static readonly Fq OneHalf = Fq.FromUInt64(2).Inverse();
}
