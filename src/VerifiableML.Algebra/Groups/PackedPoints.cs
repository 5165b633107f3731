namespace VerifiableML.Algebra.Groups;

/// <summary>A part of a buffer of packed points, which must not change any more: what <see cref="G1Bases"/> and <see cref="G2Bases"/> consist of.</summary>
/// <typeparam name="TField">The field of the coordinates.</typeparam>
internal sealed unsafe class PackedPoints<TField>
    where TField : unmanaged, IFieldElement<TField>
{
    // Points that a thread converts at a time.
    private const int ChunkLength = 4096;

    private readonly PointBuffer _buffer;
    private readonly int _start;

    public PackedPoints(PointBuffer buffer, int start, int count, BatchAdder<TField> adder)
    {
        _buffer = buffer;
        _start = start;
        Count = count;
        Adder = adder;
    }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>The implementation whose packed form the points are in.</summary>
    public BatchAdder<TField> Adder { get; }

    /// <summary>The first point, valid as long as this object is alive.</summary>
    public ulong* Pointer => At(0);

    /// <summary>Coordinates of a point; zeros for infinity.</summary>
    public (TField X, TField Y) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Adder.Unpack(At(index));
        }
    }

    /// <summary>Packs points given by their coordinates, on all cores.</summary>
    public static PackedPoints<TField> Pack(int count, BatchAdder<TField> adder, Func<int, (TField X, TField Y)> point)
    {
        PointBuffer buffer = adder.NewBuffer(count);
        ForEachChunk(count, i =>
        {
            (TField x, TField y) = point(i);
            adder.Pack(x, y, buffer.At(i));
        });
        return new PackedPoints<TField>(buffer, 0, count, adder);
    }

    /// <summary>Address of a point.</summary>
    public ulong* At(int index) => _buffer.At(_start + index);

    /// <summary>A part, without copying.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this sequence.</exception>
    public PackedPoints<TField> Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - start), nameof(count));
        return new PackedPoints<TField>(_buffer, _start + start, count, Adder);
    }

    /// <summary>Copies the points out, on all cores.</summary>
    public TPoint[] Unpack<TPoint>(Func<TField, TField, TPoint> create)
    {
        var points = new TPoint[Count];
        ForEachChunk(Count, i =>
        {
            (TField x, TField y) = this[i];
            points[i] = create(x, y);
        });
        return points;
    }

    /// <summary>A writable copy in packed form.</summary>
    public PointBuffer ToBuffer()
    {
        PointBuffer copy = Adder.NewBuffer(Count);
        CopyTo(copy, 0);
        return copy;
    }

    /// <summary>Copies all points, in packed form, to consecutive places of a buffer.</summary>
    public void CopyTo(PointBuffer destination, int start)
    {
        long bytes = (long)Count * Adder.Words * sizeof(ulong);
        Buffer.MemoryCopy(Pointer, destination.At(start), bytes, bytes);
        GC.KeepAlive(this);
    }

    private static void ForEachChunk(int count, Action<int> body) => Workers.For((count + ChunkLength - 1) / ChunkLength, chunk =>
    {
        int end = Math.Min(count, (chunk + 1) * ChunkLength);
        for (int i = chunk * ChunkLength; i < end; i++)
        {
            body(i);
        }
    });
}
