namespace VerifiableML.Algebra.Groups;

/// <summary>
/// An immutable sequence of affine points of G2, in the layout that <see cref="MultiScalarMultiplication"/> works on. Slices share the memory.
/// Infinity is allowed. The points are taken as they are: that they lie in the group is for their source to check.
/// </summary>
public sealed unsafe class G2Bases
{
    /// <summary>Copies points.</summary>
    public G2Bases(ReadOnlySpan<G2> points)
        : this(points, BatchAdders.G2)
    {
    }

    internal G2Bases(ReadOnlySpan<G2> points, BatchAdder<Fq2> adder)
    {
        fixed (G2* source = points)
        {
            var first = (nint)source; // pointers cannot be captured
            Points = PackedPoints<Fq2>.Pack(points.Length, adder, i => (((G2*)first)[i].X, ((G2*)first)[i].Y));
        }
    }

    internal G2Bases(PackedPoints<Fq2> points) => Points = points;

    /// <summary>Number of points.</summary>
    public int Count => Points.Count;

    /// <summary>The points in packed form.</summary>
    internal PackedPoints<Fq2> Points { get; }

    /// <summary>Point <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public G2 this[int index]
    {
        get
        {
            (Fq2 x, Fq2 y) = Points[index];
            return new G2(x, y);
        }
    }

    /// <summary>The points from <paramref name="start"/> on, <paramref name="count"/> of them, without copying.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in this sequence.</exception>
    public G2Bases Slice(int start, int count) => new(Points.Slice(start, count));

    /// <summary>Copies the points out.</summary>
    public G2[] ToArray() => Points.Unpack((x, y) => new G2(x, y));
}
