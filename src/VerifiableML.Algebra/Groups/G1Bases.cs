namespace VerifiableML.Algebra.Groups;

/// <summary>
/// An immutable sequence of affine points, in the layout that <see cref="MultiScalarMultiplication"/> works on. Slices share the memory.
/// Infinity is allowed. The points are taken as they are: that they lie on the curve is for their source to check.
/// </summary>
public sealed unsafe class G1Bases
{
    private readonly PointBuffer _points;
    private readonly int _start;

    /// <summary>Copies points.</summary>
    public G1Bases(ReadOnlySpan<G1> points)
        : this(points, BatchAdder.Best)
    {
    }

    internal G1Bases(ReadOnlySpan<G1> points, BatchAdder adder)
        : this(new PointBuffer(points.Length), 0, points.Length, adder)
    {
        fixed (G1* source = points)
        {
            var first = (nint)source; // pointers cannot be captured
            ForEachChunk(points.Length, i => adder.Pack(((G1*)first)[i], _points.At(i)));
        }
    }

    internal G1Bases(PointBuffer points, int start, int count, BatchAdder adder)
    {
        _points = points;
        _start = start;
        Count = count;
        Adder = adder;
    }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>The implementation whose packed form the points are in.</summary>
    internal BatchAdder Adder { get; }

    /// <summary>The first point, valid as long as this object is alive.</summary>
    internal ulong* Pointer => _points.At(_start);

    /// <summary>Point <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public G1 this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Adder.Unpack(_points.At(_start + index));
        }
    }

    /// <summary>The points from <paramref name="start"/> on, <paramref name="count"/> of them, without copying.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in this sequence.</exception>
    public G1Bases Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - start), nameof(count));
        return new G1Bases(_points, _start + start, count, Adder);
    }

    /// <summary>Copies the points out.</summary>
    public G1[] ToArray()
    {
        var points = new G1[Count];
        ForEachChunk(Count, i => points[i] = this[i]);
        return points;
    }

    /// <summary>Runs the body for every index, some thousands at a time on each core.</summary>
    private static void ForEachChunk(int count, Action<int> body)
    {
        const int Length = 4096;
        Workers.For((count + Length - 1) / Length, chunk =>
        {
            int end = Math.Min(count, (chunk + 1) * Length);
            for (int i = chunk * Length; i < end; i++)
            {
                body(i);
            }
        });
    }
}
