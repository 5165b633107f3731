namespace VerifiableML.Algebra;

/// <summary>
/// A point of the BN254 curve y² = x³ + 3 over <see cref="Fq"/>, in affine coordinates (EIP-196). Every point of the curve lies in the group
/// of prime order r, so membership is the curve equation alone. Infinity has the coordinates (0, 0), which is also <c>default</c>.
/// </summary>
public readonly partial struct G1 : IEquatable<G1>
{
    /// <summary>Takes coordinates as they are; see <see cref="IsOnCurve"/>.</summary>
    internal G1(in Fq x, in Fq y) => (X, Y) = (x, y);

    /// <summary>The point at infinity, the group's neutral element.</summary>
    public static G1 Infinity => default;

    /// <summary>The generator (1, 2).</summary>
    public static G1 Generator => new(Fq.One, Fq.One.Double());

    /// <summary>The first coordinate; zero for infinity.</summary>
    public Fq X { get; }

    /// <summary>The second coordinate; zero for infinity.</summary>
    public Fq Y { get; }

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => X.IsZero && Y.IsZero;

    /// <summary>True where the coordinates satisfy the curve equation, or the point is infinity.</summary>
    public bool IsOnCurve => IsInfinity || Y.Square() == CurveSide(X);

    /// <summary>The affine form of a Jacobian point; costs an inversion.</summary>
    public static G1 FromJacobian(in G1Jacobian point)
    {
        (Fq x, Fq y) = point.ToAffine();
        return new G1(x, y);
    }

    /// <summary>The affine forms of many Jacobian points at the price of one inversion.</summary>
    public static G1[] FromJacobian(ReadOnlySpan<G1Jacobian> points)
    {
        var coordinates = new (Fq X, Fq Y)[points.Length];
        G1Jacobian.ToAffine(points, coordinates);
        return Array.ConvertAll(coordinates, c => new G1(c.X, c.Y));
    }

    /// <summary>The same point in Jacobian coordinates.</summary>
    public G1Jacobian ToJacobian() => IsInfinity ? G1Jacobian.Infinity : new G1Jacobian(X, Y, Fq.One);

    /// <summary>The sum. Each affine result costs an inversion: add up many points as <see cref="JacobianPoint{TField}"/>.</summary>
    public static G1 operator +(in G1 left, in G1 right) =>
        right.IsInfinity ? left : FromJacobian(left.ToJacobian().AddAffine(right.X, right.Y));

    /// <summary>The difference.</summary>
    public static G1 operator -(in G1 left, in G1 right) => left + -right;

    /// <summary>The additive inverse.</summary>
    public static G1 operator -(in G1 point) => new(point.X, -point.Y);

    /// <summary>True where both are the same point.</summary>
    public static bool operator ==(in G1 left, in G1 right) => left.Equals(right);

    /// <summary>True where the points differ.</summary>
    public static bool operator !=(in G1 left, in G1 right) => !left.Equals(right);

    /// <summary>The multiple by a scalar; not constant in time.</summary>
    public G1 Multiply(in Fr scalar) => FromJacobian(ToJacobian().Multiply(scalar));

    /// <inheritdoc/>
    public bool Equals(G1 other) => X == other.X && Y == other.Y;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is G1 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X, Y);

    /// <summary>The coordinates in decimal.</summary>
    public override string ToString() => IsInfinity ? "(infinity)" : $"({X}, {Y})";

    /// <summary>x³ + 3, the right side of the curve equation.</summary>
    private static Fq CurveSide(in Fq x) => (x.Square() * x) + Fq.FromUInt64(3);
}
