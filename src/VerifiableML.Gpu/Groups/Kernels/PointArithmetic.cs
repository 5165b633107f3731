using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Groups.Kernels;

/// <summary>
/// The group law of G1 in kernels, complete in all cases. Formulas "madd-2008-s", "add-2008-s", "dbl-2008-s-1" and "mdbl-2008-s-1" for XYZZ
/// coordinates of the Explicit-Formulas Database (Sutherland, 2008).
/// </summary>
internal static class PointArithmetic
{
    /// <summary>A sum of one point; infinity stays infinity.</summary>
    public static DeviceSum FromAffine(DevicePoint point)
    {
        DeviceElement z = Elements.Select(point.IsInfinity, default, BaseField.One);
        return new DeviceSum { X = point.X, Y = point.Y, ZZ = z, ZZZ = z };
    }

    /// <summary>The point or its inverse.</summary>
    public static DevicePoint NegateIf(bool negative, DevicePoint point) =>
        new() { X = point.X, Y = Elements.Select(negative, BaseField.Negate(point.Y), point.Y) };

    /// <summary>The sum with an affine point: 8 products, 2 squares.</summary>
    public static DeviceSum AddAffine(DeviceSum a, DevicePoint b)
    {
        if (b.IsInfinity)
        {
            return a;
        }

        if (a.IsInfinity)
        {
            return FromAffine(b);
        }

        DeviceElement p = BaseField.Subtract(BaseField.Multiply(b.X, a.ZZ), a.X);
        DeviceElement r = BaseField.Subtract(BaseField.Multiply(b.Y, a.ZZZ), a.Y);
        if (p.IsZero)
        {
            return r.IsZero ? Double(FromAffine(b)) : default;
        }

        DeviceElement pp = BaseField.Square(p);
        DeviceElement ppp = BaseField.Multiply(p, pp);
        DeviceElement q = BaseField.Multiply(a.X, pp);
        DeviceElement x = BaseField.Subtract(BaseField.Subtract(BaseField.Square(r), ppp), BaseField.Double(q));
        return new DeviceSum
        {
            X = x,
            Y = BaseField.Subtract(BaseField.Multiply(r, BaseField.Subtract(q, x)), BaseField.Multiply(a.Y, ppp)),
            ZZ = BaseField.Multiply(a.ZZ, pp),
            ZZZ = BaseField.Multiply(a.ZZZ, ppp),
        };
    }

    /// <summary>The sum: 12 products, 2 squares.</summary>
    public static DeviceSum Add(DeviceSum a, DeviceSum b)
    {
        if (b.IsInfinity)
        {
            return a;
        }

        if (a.IsInfinity)
        {
            return b;
        }

        DeviceElement u = BaseField.Multiply(a.X, b.ZZ);
        DeviceElement s = BaseField.Multiply(a.Y, b.ZZZ);
        DeviceElement p = BaseField.Subtract(BaseField.Multiply(b.X, a.ZZ), u);
        DeviceElement r = BaseField.Subtract(BaseField.Multiply(b.Y, a.ZZZ), s);
        if (p.IsZero)
        {
            return r.IsZero ? Double(b) : default;
        }

        DeviceElement pp = BaseField.Square(p);
        DeviceElement ppp = BaseField.Multiply(p, pp);
        DeviceElement q = BaseField.Multiply(u, pp);
        DeviceElement x = BaseField.Subtract(BaseField.Subtract(BaseField.Square(r), ppp), BaseField.Double(q));
        return new DeviceSum
        {
            X = x,
            Y = BaseField.Subtract(BaseField.Multiply(r, BaseField.Subtract(q, x)), BaseField.Multiply(s, ppp)),
            ZZ = BaseField.Multiply(BaseField.Multiply(a.ZZ, b.ZZ), pp),
            ZZZ = BaseField.Multiply(BaseField.Multiply(a.ZZZ, b.ZZZ), ppp),
        };
    }

    /// <summary>Twice a sum that is not infinity: 6 products, 3 squares. No point of G1 has order two, so y is not zero.</summary>
    private static DeviceSum Double(DeviceSum a)
    {
        DeviceElement u = BaseField.Double(a.Y);
        DeviceElement v = BaseField.Square(u);
        DeviceElement w = BaseField.Multiply(u, v);
        DeviceElement s = BaseField.Multiply(a.X, v);
        DeviceElement square = BaseField.Square(a.X);
        DeviceElement m = BaseField.Add(BaseField.Double(square), square);
        DeviceElement x = BaseField.Subtract(BaseField.Square(m), BaseField.Double(s));
        return new DeviceSum
        {
            X = x,
            Y = BaseField.Subtract(BaseField.Multiply(m, BaseField.Subtract(s, x)), BaseField.Multiply(w, a.Y)),
            ZZ = BaseField.Multiply(v, a.ZZ),
            ZZZ = BaseField.Multiply(w, a.ZZZ),
        };
    }
}
