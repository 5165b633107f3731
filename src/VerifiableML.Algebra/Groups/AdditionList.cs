using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Independent affine additions waiting to share one inversion: destination ← ±left ± right, each operand a
/// <see cref="PointReference"/>. No destination may be an operand of another entry of the list (its own operands it may overwrite).
/// A full list is carried out at once.
/// </summary>
internal sealed unsafe class AdditionList
{
    /// <summary>
    /// Additions that share an inversion. The inversion costs about a hundred multiplications' time, so that it weighs little on
    /// 2048; and the running products (72 bytes each) and the points (three cache lines in G1) still fit the second-level cache.
    /// </summary>
    public const int Capacity = 2048;

    private readonly BatchAdder _adder;
    private readonly nuint[] _storage = GC.AllocateUninitializedArray<nuint>(3 * (Capacity + BatchAdder.Padding), pinned: true);
    private readonly nuint* _left;
    private readonly nuint* _right;
    private readonly nuint* _destination;
    private int _count;

    public AdditionList(BatchAdder adder)
    {
        _adder = adder;
        _left = (nuint*)Unsafe.AsPointer(ref _storage[0]);
        _right = _left + Capacity + BatchAdder.Padding;
        _destination = _right + Capacity + BatchAdder.Padding;
    }

    /// <summary>Schedules destination ← left + right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(nuint left, nuint right, ulong* destination)
    {
        int count = _count;
        _left[count] = left;
        _right[count] = right;
        _destination[count] = (nuint)destination;
        _count = ++count;
        if (count == Capacity)
        {
            Flush();
        }
    }

    /// <summary>Carries out what is scheduled.</summary>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        _adder.Add(_left, _right, _destination, _count);
        GC.KeepAlive(_storage);
        _count = 0;
    }
}
