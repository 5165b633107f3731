using System.Collections.Concurrent;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Many independent affine additions with one inversion (Montgomery's trick). An implementation fixes the group and the Montgomery form
/// in which it keeps coordinates, so packed points must not be passed from one implementation to another.
/// </summary>
internal abstract unsafe class BatchAdder
{
    /// <summary>Places behind the last addition that an implementation may fill to complete its vectors.</summary>
    public const int Padding = 8;

    /// <summary>Words of a packed point.</summary>
    public abstract int Words { get; }

    /// <summary>Workspaces of this group that no thread is using.</summary>
    public ConcurrentBag<BucketWorkspace> IdleWorkspaces { get; } = [];

    /// <summary>Empty lists of multiplications that no thread is using.</summary>
    public ConcurrentBag<MultiplicationList> IdleMultiplications { get; } = [];

    /// <summary>
    /// destination[i] ← ±left[i] ± right[i]; every case is handled: infinity, equal points, opposite points. No destination may be an
    /// operand of another addition of the call.
    /// </summary>
    /// <param name="left"><see cref="PointReference"/>s, followed by <see cref="Padding"/> places that may be written to, as the others.</param>
    /// <param name="right">As many <see cref="PointReference"/>s.</param>
    /// <param name="destination">As many addresses of packed points.</param>
    /// <param name="count">Number of additions, at most <see cref="AdditionList.Capacity"/>.</param>
    public abstract void Add(nuint* left, nuint* right, nuint* destination, int count);

    /// <summary>destination[i] ← 2·source[i] for points that are not infinity; a destination may be its own source.</summary>
    /// <param name="source">Addresses of packed points, followed by <see cref="Padding"/> places that may be written to, as the others.</param>
    /// <param name="destination">As many addresses of packed points.</param>
    /// <param name="count">Number of doublings, at most <see cref="AdditionList.Capacity"/>.</param>
    public abstract void Double(nuint* source, nuint* destination, int count);

    /// <summary>Room for packed points.</summary>
    public PointBuffer NewBuffer(int capacity = 0) => new(Words, capacity);
}
