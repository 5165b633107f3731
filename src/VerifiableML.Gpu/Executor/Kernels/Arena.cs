using ILGPU;

namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>
/// The one block of device memory that holds all activations and accumulators of an execution, seen as integers of each width. A tensor is a
/// <see cref="CellRange"/> of it: int8 where its range allows, else int16, else int32, because what bounds everything but convolutions is
/// memory traffic.
/// </summary>
/// <param name="Bytes">The block as int8.</param>
/// <param name="Shorts">The same as int16.</param>
/// <param name="Words">The same as int32.</param>
/// <param name="Longs">The same as int64.</param>
internal readonly record struct Arena(ArrayView<sbyte> Bytes, ArrayView<short> Shorts, ArrayView<int> Words, ArrayView<long> Longs)
{
    /// <summary>Cell <paramref name="cell"/> of <paramref name="range"/>. All threads take the same branch.</summary>
    public int Load(CellRange range, long cell)
    {
        if (range.Width == sizeof(sbyte))
        {
            return Bytes[range.First + cell];
        }

        return range.Width == sizeof(short) ? Shorts[range.First + cell] : Words[range.First + cell];
    }

    /// <summary>Sets cell <paramref name="cell"/> of <paramref name="range"/> to a value that fits its width.</summary>
    public void Store(CellRange range, long cell, int value)
    {
        if (range.Width == sizeof(sbyte))
        {
            Bytes[range.First + cell] = (sbyte)value;
        }
        else if (range.Width == sizeof(short))
        {
            Shorts[range.First + cell] = (short)value;
        }
        else
        {
            Words[range.First + cell] = value;
        }
    }
}

/// <summary>A tensor, or accumulators, in the <see cref="Arena"/>.</summary>
/// <param name="First">Index of the first cell, counted in cells of this width.</param>
/// <param name="Width">Bytes a cell: 1, 2, 4, or for accumulators 8; 0 for what is not kept.</param>
internal readonly record struct CellRange(long First, int Width);

/// <summary>What a model brings: weights, tables, geometry; biases and coefficients. Uploaded once.</summary>
/// <param name="Words">32-bit constants.</param>
/// <param name="Longs">64-bit constants.</param>
internal readonly record struct Constants(ArrayView<int> Words, ArrayView<long> Longs);
