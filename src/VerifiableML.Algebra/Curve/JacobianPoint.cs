using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra;

/// <summary>
/// A point of a curve y² = x³ + b in Jacobian coordinates: (X : Y : Z) stands for (X/Z², Y/Z³), and Z = 0 for infinity. The group law
/// of such curves does not involve b, so one type serves the curve over the base field and its twist. One point has many representations.
/// </summary>
/// <typeparam name="TField">The field of the coordinates.</typeparam>
public readonly struct JacobianPoint<TField>
    where TField : struct, IFieldElement<TField>
{
    /// <summary>Creates a point from its coordinates, which are taken as they are: nothing here knows the curve.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public JacobianPoint(in TField x, in TField y, in TField z) => (X, Y, Z) = (x, y, z);

    /// <summary>The point at infinity.</summary>
    public static JacobianPoint<TField> Infinity => new(TField.One, TField.One, TField.Zero);

    /// <summary>The numerator of x.</summary>
    public TField X { get; }

    /// <summary>The numerator of y.</summary>
    public TField Y { get; }

    /// <summary>The common denominator.</summary>
    public TField Z { get; }

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => Z.IsZero;

    /// <summary>The additive inverse.</summary>
    public static JacobianPoint<TField> operator -(in JacobianPoint<TField> point) => new(point.X, -point.Y, point.Z);

    /// <summary>The sum ("add-2007-bl" of the Explicit-Formulas Database: 11 products, 5 squares), complete in all cases.</summary>
    public static JacobianPoint<TField> operator +(in JacobianPoint<TField> left, in JacobianPoint<TField> right)
    {
        if (left.IsInfinity)
        {
            return right;
        }

        if (right.IsInfinity)
        {
            return left;
        }

        TField z1z1 = left.Z.Square();
        TField z2z2 = right.Z.Square();
        TField u1 = left.X * z2z2;
        TField u2 = right.X * z1z1;
        TField s1 = left.Y * right.Z * z2z2;
        TField s2 = right.Y * left.Z * z1z1;
        TField h = u2 - u1;
        TField r = (s2 - s1).Double();
        if (h.IsZero)
        {
            return r.IsZero ? left.Double() : Infinity;
        }

        TField i = h.Double().Square();
        TField j = h * i;
        TField v = u1 * i;
        TField x = r.Square() - j - v.Double();
        TField y = (r * (v - x)) - (s1 * j).Double();
        TField z = ((left.Z + right.Z).Square() - z1z1 - z2z2) * h;
        return new JacobianPoint<TField>(x, y, z);
    }

    /// <summary>
    /// The sum with an affine point that is not infinity ("madd-2007-bl": 7 products, 4 squares), complete in all other cases.
    /// </summary>
    public JacobianPoint<TField> AddAffine(in TField x2, in TField y2)
    {
        if (IsInfinity)
        {
            return new JacobianPoint<TField>(x2, y2, TField.One);
        }

        TField z1z1 = Z.Square();
        TField h = (x2 * z1z1) - X;
        TField r = ((y2 * Z * z1z1) - Y).Double();
        if (h.IsZero)
        {
            return r.IsZero ? Double() : Infinity;
        }

        TField hh = h.Square();
        TField i = hh.Double().Double();
        TField j = h * i;
        TField v = X * i;
        TField x = r.Square() - j - v.Double();
        TField y = (r * (v - x)) - (Y * j).Double();
        TField z = (Z + h).Square() - z1z1 - hh;
        return new JacobianPoint<TField>(x, y, z);
    }

    /// <summary>Twice the point ("dbl-2009-l": 2 products, 5 squares). Infinity stays infinity, as Z remains zero.</summary>
    public JacobianPoint<TField> Double()
    {
        TField a = X.Square();
        TField b = Y.Square();
        TField c = b.Square();
        TField d = ((X + b).Square() - a - c).Double();
        TField e = a.Double() + a;
        TField x = e.Square() - d.Double();
        TField y = (e * (d - x)) - c.Double().Double().Double();
        TField z = (Y * Z).Double();
        return new JacobianPoint<TField>(x, y, z);
    }

    /// <summary>
    /// The multiple by an element of the scalar field, in windows of four bits. Not constant in time: for public scalars, or where no one
    /// can observe the timing.
    /// </summary>
    public JacobianPoint<TField> Multiply(in Fr scalar) => MultiplyByInteger(scalar.ToIntegerLimbs());

    /// <summary>True where both stand for the same point, whatever their denominators.</summary>
    public bool Represents(in JacobianPoint<TField> other)
    {
        if (IsInfinity || other.IsInfinity)
        {
            return IsInfinity == other.IsInfinity;
        }

        TField zz = Z.Square();
        TField otherZz = other.Z.Square();
        return (X * otherZz).Equals(other.X * zz) && (Y * otherZz * other.Z).Equals(other.Y * zz * Z);
    }

    /// <summary>The coordinates (x, y), or (0, 0) for infinity, which no curve with b ≠ 0 has as a point.</summary>
    public (TField X, TField Y) ToAffine()
    {
        TField inverse = Z.Inverse();
        return Scale(inverse);
    }

    /// <summary>The coordinates of many points at the price of one inversion.</summary>
    internal static void ToAffine(ReadOnlySpan<JacobianPoint<TField>> points, Span<(TField X, TField Y)> coordinates)
    {
        TField[] inverses = new TField[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            inverses[i] = points[i].Z;
        }

        BatchInversion.Invert<TField>(inverses);
        for (int i = 0; i < points.Length; i++)
        {
            coordinates[i] = points[i].Scale(inverses[i]);
        }
    }

    /// <summary>The multiple by a 256-bit integer, not reduced modulo anything.</summary>
    internal JacobianPoint<TField> MultiplyByInteger(in Limbs integer)
    {
        if (integer.IsZero || IsInfinity)
        {
            return Infinity;
        }

        Multiples table = default;
        table[0] = Infinity;
        for (int i = 1; i < 16; i++)
        {
            table[i] = (i & 1) == 0 ? table[i / 2].Double() : table[i - 1] + this;
        }

        JacobianPoint<TField> sum = Infinity;
        for (int window = 63; window >= 0; window--)
        {
            if (!sum.IsInfinity)
            {
                sum = sum.Double().Double().Double().Double();
            }

            int digit = (int)((Limb(integer, window >> 4) >> ((window & 15) * 4)) & 15);
            if (digit != 0)
            {
                sum += table[digit];
            }
        }

        return sum;
    }

    private static ulong Limb(in Limbs integer, int index) =>
        index switch { 0 => integer.L0, 1 => integer.L1, 2 => integer.L2, _ => integer.L3 };

    private (TField X, TField Y) Scale(in TField inverseZ)
    {
        TField squared = inverseZ.Square();
        return (X * squared, Y * squared * inverseZ);
    }

    /// <summary>The multiples 0 to 15 of a point, on the stack.</summary>
    [InlineArray(16)]
    private struct Multiples
    {
        private JacobianPoint<TField> _first;
    }
}
