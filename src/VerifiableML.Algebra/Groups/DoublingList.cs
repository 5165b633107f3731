using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>Doublings waiting to share one inversion, as the additions of an <see cref="AdditionList"/>; the points are not infinity.</summary>
internal sealed unsafe class DoublingList
{
    private readonly BatchAdder _adder;
    private readonly nuint[] _storage =
        GC.AllocateUninitializedArray<nuint>(2 * (AdditionList.Capacity + BatchAdder.Padding), pinned: true);

    private readonly nuint* _source;
    private readonly nuint* _destination;
    private int _count;

    public DoublingList(BatchAdder adder)
    {
        _adder = adder;
        _source = (nuint*)Unsafe.AsPointer(ref _storage[0]);
        _destination = _source + AdditionList.Capacity + BatchAdder.Padding;
    }

    /// <summary>Schedules destination ← 2·source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong* source, ulong* destination)
    {
        int count = _count;
        _source[count] = (nuint)source;
        _destination[count] = (nuint)destination;
        _count = ++count;
        if (count == AdditionList.Capacity)
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

        _adder.Double(_source, _destination, _count);
        GC.KeepAlive(_storage);
        _count = 0;
    }
}
