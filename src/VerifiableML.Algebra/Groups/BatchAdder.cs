namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Many independent affine additions with one inversion (Montgomery's trick). An implementation fixes the Montgomery form in which
/// it keeps coordinates, so packed points must not be passed from one implementation to another.
/// </summary>
internal abstract unsafe class BatchAdder
{
    /// <summary>The fastest implementation that this machine can run.</summary>
    public static BatchAdder Best { get; } = ScalarBatchAdder.Instance;

    /// <summary>Writes a point in packed form.</summary>
    public abstract void Pack(in G1 point, ulong* destination);

    /// <summary>Reads a point from packed form.</summary>
    public abstract G1 Unpack(ulong* source);

    /// <summary>
    /// destination[i] ← ±left[i] ± right[i]; every case is handled: infinity, equal points, opposite points. No destination may be an
    /// operand of another addition of the call.
    /// </summary>
    /// <param name="left"><see cref="PointReference"/>s.</param>
    /// <param name="right">As many <see cref="PointReference"/>s.</param>
    /// <param name="destination">As many addresses of packed points. At most <see cref="AdditionList.Capacity"/>.</param>
    public abstract void Add(ReadOnlySpan<nuint> left, ReadOnlySpan<nuint> right, ReadOnlySpan<nuint> destination);
}
