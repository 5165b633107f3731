using System.Numerics;

namespace VerifiableML.Algebra;

/// <summary>
/// A point of the twist y² = x³ + 3/(9 + u) over <see cref="Fq2"/> in affine coordinates (EIP-197). The twist has points outside the group of
/// order r, so membership takes <see cref="IsInSubgroup"/> as well. Infinity has the coordinates (0, 0), which is also <c>default</c>.
/// </summary>
public readonly partial struct G2 : IEquatable<G2>
{
    /// <summary>The coefficient 3/(9 + u) of the twist.</summary>
    internal static readonly Fq2 TwistB = new Fq2(Fq.FromUInt64(3), Fq.Zero) * Fq2.Xi.Inverse();

    // ξ^((p − 1)/3) and ξ^((p − 1)/2): how the p-th power acts on the coordinates of the twist.
    private static readonly Fq2 FrobeniusX = FieldPower.Pow(Fq2.Xi, (Fq.Modulus - 1) / 3);
    private static readonly Fq2 FrobeniusY = FieldPower.Pow(Fq2.Xi, (Fq.Modulus - 1) / 2);

    // 6x² for the curve's parameter x; one less than the trace of the Frobenius endomorphism.
    internal static readonly Limbs TraceLessOne = new(0xF83E_9682_E87C_FD46, 0x6F4D_8248_EEB8_59FB, 0, 0);

    /// <summary>Takes coordinates as they are; see <see cref="IsInSubgroup"/>.</summary>
    internal G2(in Fq2 x, in Fq2 y) => (X, Y) = (x, y);

    /// <summary>The point at infinity, the group's neutral element.</summary>
    public static G2 Infinity => default;

    /// <summary>The generator of EIP-197.</summary>
    public static G2 Generator { get; } = new(
        new Fq2(
            Decimal("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
            Decimal("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
        new Fq2(
            Decimal("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
            Decimal("4082367875863433681332203403145435568316851327593401208105741076214120093531")));

    /// <summary>The first coordinate; zero for infinity.</summary>
    public Fq2 X { get; }

    /// <summary>The second coordinate; zero for infinity.</summary>
    public Fq2 Y { get; }

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => X.IsZero && Y.IsZero;

    /// <summary>True where the coordinates satisfy the equation of the twist, or the point is infinity.</summary>
    public bool IsOnCurve => IsInfinity || Y.Square() == CurveSide(X);

    /// <summary>True for the points of the twist whose order divides r; assumes <see cref="IsOnCurve"/>.</summary>
    /// <remarks>
    /// ψ, the p-th power brought to the twist, satisfies ψ² − t·ψ + p = 0. Where ψ(P) = (t − 1)·P this gives (p + 1 − t)·P = 0, and
    /// p + 1 − t is r. Conversely ψ acts on the group of order r as p ≡ t − 1. (Scott, eprint 2021/1130, §4.)
    /// </remarks>
    public bool IsInSubgroup => ToJacobian().MultiplyByInteger(TraceLessOne).Represents(Frobenius().ToJacobian());

    /// <summary>The affine form of a Jacobian point; costs an inversion.</summary>
    public static G2 FromJacobian(in G2Jacobian point)
    {
        (Fq2 x, Fq2 y) = point.ToAffine();
        return new G2(x, y);
    }

    /// <summary>The affine forms of many Jacobian points at the price of one inversion.</summary>
    public static G2[] FromJacobian(ReadOnlySpan<G2Jacobian> points)
    {
        var coordinates = new (Fq2 X, Fq2 Y)[points.Length];
        G2Jacobian.ToAffine(points, coordinates);
        return Array.ConvertAll(coordinates, c => new G2(c.X, c.Y));
    }

    /// <summary>The same point in Jacobian coordinates.</summary>
    public G2Jacobian ToJacobian() => IsInfinity ? G2Jacobian.Infinity : new G2Jacobian(X, Y, Fq2.One);

    /// <summary>The sum. Each affine result costs an inversion: add up many points as <see cref="JacobianPoint{TField}"/>.</summary>
    public static G2 operator +(in G2 left, in G2 right) =>
        right.IsInfinity ? left : FromJacobian(left.ToJacobian().AddAffine(right.X, right.Y));

    /// <summary>The difference.</summary>
    public static G2 operator -(in G2 left, in G2 right) => left + -right;

    /// <summary>The additive inverse.</summary>
    public static G2 operator -(in G2 point) => new(point.X, -point.Y);

    /// <summary>True where both are the same point.</summary>
    public static bool operator ==(in G2 left, in G2 right) => left.Equals(right);

    /// <summary>True where the points differ.</summary>
    public static bool operator !=(in G2 left, in G2 right) => !left.Equals(right);

    /// <summary>The multiple by a scalar; not constant in time.</summary>
    public G2 Multiply(in Fr scalar) => FromJacobian(ToJacobian().Multiply(scalar));

    /// <inheritdoc/>
    public bool Equals(G2 other) => X == other.X && Y == other.Y;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is G2 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X, Y);

    /// <summary>The coordinates in decimal.</summary>
    public override string ToString() => IsInfinity ? "(infinity)" : $"({X}, {Y})";

    /// <summary>ψ: the p-th power of the coordinates on the curve over Fq12, carried back to the twist.</summary>
    internal G2 Frobenius() => new(X.Conjugate() * FrobeniusX, Y.Conjugate() * FrobeniusY);

    private static Fq2 CurveSide(in Fq2 x) => (x.Square() * x) + TwistB;

    private static Fq Decimal(string digits) => Fq.FromBigInteger(BigInteger.Parse(digits));
}
