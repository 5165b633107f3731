namespace VerifiableML.Algebra.Groups;

/// <summary>
/// An immutable sequence of affine points, in the layout that <see cref="MultiScalarMultiplication"/> works on. Slices share the memory.
/// Infinity is allowed. The points are taken as they are: that they lie on the curve is for their source to check.
/// </summary>
public sealed unsafe class G1Bases
{
    /// <summary>Copies points.</summary>
    public G1Bases(ReadOnlySpan<G1> points)
        : this(points, BatchAdders.G1)
    {
    }

    internal G1Bases(ReadOnlySpan<G1> points, BatchAdder<Fq> adder)
    {
        fixed (G1* source = points)
        {
            var first = (nint)source; // pointers cannot be captured
            Points = PackedPoints<Fq>.Pack(points.Length, adder, i => (((G1*)first)[i].X, ((G1*)first)[i].Y));
        }
    }

    internal G1Bases(PackedPoints<Fq> points) => Points = points;

    /// <summary>Number of points.</summary>
    public int Count => Points.Count;

    /// <summary>The points in packed form.</summary>
    internal PackedPoints<Fq> Points { get; }

    /// <summary>Point <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public G1 this[int index]
    {
        get
        {
            (Fq x, Fq y) = Points[index];
            return new G1(x, y);
        }
    }

    /// <summary>The points from <paramref name="start"/> on, <paramref name="count"/> of them, without copying.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in this sequence.</exception>
    public G1Bases Slice(int start, int count) => new(Points.Slice(start, count));

    /// <summary>Copies the points out.</summary>
    public G1[] ToArray() => Points.Unpack((x, y) => new G1(x, y));
}
