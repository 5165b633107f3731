using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using Words = ILGPU.Runtime.MemoryBuffer1D<ulong, ILGPU.Stride1D.Dense>;

namespace VerifiableML.Gpu.Vectors;

/// <summary>
/// Arrays of integers on the device, uploaded when they are first needed and kept as long as the host's array lives: weights as long as the key, a
/// witness as long as its proof.
/// </summary>
/// <param name="pool">Where the memory comes from.</param>
/// <param name="transfers">What copies them.</param>
internal sealed class IntegerCache(WordPool pool, Transfers transfers)
{
    private readonly ConditionalWeakTable<int[], Copy> _copies = [];

    /// <summary>The integers on the device.</summary>
    /// <exception cref="ArgumentException">They are not memory of an array.</exception>
    public ArrayView<int> View(ReadOnlyMemory<int> integers)
    {
        if (integers.IsEmpty)
        {
            return ArrayView<int>.Empty;
        }

        return View(integers, out int offset).SubView(offset, integers.Length);
    }

    /// <summary>All integers of the array that these are in, and where they begin.</summary>
    public ArrayView<int> View(ReadOnlyMemory<int> integers, out int offset)
    {
        if (!MemoryMarshal.TryGetArray(integers, out ArraySegment<int> segment))
        {
            throw new ArgumentException("Integers for a device are memory of an array.", nameof(integers));
        }

        int[] array = segment.Array!;
        offset = segment.Offset;
        if (!_copies.TryGetValue(array, out Copy? copy))
        {
            copy = new Copy(pool, array.Length);
            transfers.Upload<int>(array, copy.View);
            _copies.Add(array, copy);
        }

        return copy.View;
    }

    private sealed class Copy(WordPool pool, int length)
    {
        private readonly Words _buffer = pool.Rent(((long)length + 1) / 2);

        ~Copy() => pool.Return(_buffer);

        public ArrayView<int> View => _buffer.View.BaseView.Cast<int>().SubView(0, length);
    }
}
