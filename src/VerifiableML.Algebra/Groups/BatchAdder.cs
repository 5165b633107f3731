namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Many independent affine additions with one inversion (Montgomery's trick). An implementation fixes the Montgomery form in which
/// it keeps coordinates, so packed points must not be passed from one implementation to another.
/// </summary>
internal abstract unsafe class BatchAdder
{
    /// <summary>Places behind the last addition that an implementation may fill to complete its vectors.</summary>
    public const int Padding = 8;

    /// <summary>The fastest implementation that this machine can run.</summary>
    public static BatchAdder Best { get; } = VectorBatchAdder.IsSupported ? VectorBatchAdder.Instance : ScalarBatchAdder.Instance;

    /// <summary>Writes a point in packed form.</summary>
    public abstract void Pack(in G1 point, ulong* destination);

    /// <summary>Reads a point from packed form.</summary>
    public abstract G1 Unpack(ulong* source);

    /// <summary>
    /// destination[i] ← ±left[i] ± right[i]; every case is handled: infinity, equal points, opposite points. No destination may be an
    /// operand of another addition of the call.
    /// </summary>
    /// <param name="left"><see cref="PointReference"/>s, followed by <see cref="Padding"/> places that may be written to, as the others.</param>
    /// <param name="right">As many <see cref="PointReference"/>s.</param>
    /// <param name="destination">As many addresses of packed points.</param>
    /// <param name="count">Number of additions, at most <see cref="AdditionList.Capacity"/>.</param>
    public abstract void Add(nuint* left, nuint* right, nuint* destination, int count);
}
