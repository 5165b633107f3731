using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>
/// Integers and field elements; meanings as in <see cref="IFieldKernels"/>. A product with an integer is a Montgomery product with the integer as
/// it is, so it lacks a factor 2^256: whoever calls puts it into the coefficients before or into the sum afterwards.
/// </summary>
internal static class IntegerKernels
{
    /// <summary>Integers that describe a tile of <see cref="AddRows"/>: first column, columns, first row, rows, column where rows begin.</summary>
    public const int TileWords = 5;

    [Kernel]
    public static void FromIntegers(ArrayView<int> values, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.FromInt32(values[i]));
        }
    }

    [Kernel]
    public static void Gather(DeviceSlice table, ArrayView<int> index, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, table.Load(index[i]));
        }
    }

    [Kernel]
    public static void InnerProduct(ArrayView<int> values, DeviceSlice weights, ArrayView<DeviceElement> partial)
    {
        DeviceElement sum = default;
        for (int i = Threads.First; i < weights.Length; i += Threads.Step)
        {
            sum = ScalarField.Add(sum, Times(weights.Load(i), values[i]));
        }

        GroupSum.Write(sum, partial, Grid.IdxX);
    }

    /// <summary>A group for each row; rows beyond the grid follow.</summary>
    [Kernel]
    public static void InnerProducts(ArrayView<int> rows, DeviceSlice weights, ArrayView<DeviceElement> sums)
    {
        for (int row = Grid.IdxX; row < sums.IntLength; row += Grid.DimX)
        {
            DeviceElement sum = default;
            for (int j = Group.IdxX; j < weights.Length; j += Group.DimX)
            {
                sum = ScalarField.Add(sum, Times(weights.Load(j), rows[(row * weights.Length) + j]));
            }

            GroupSum.Write(sum, sums, row);
        }
    }

    /// <summary>Elements next to each other to planes, each times a factor.</summary>
    [Kernel]
    public static void Spread(ArrayView<DeviceElement> elements, DeviceElement factor, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Multiply(elements[i], factor));
        }
    }

    /// <summary>
    /// A group for each tile of columns: every column plus the sum of coefficient[k]·values[offset[k] + column] over the tile's rows k. Tiles of one
    /// launch have no column in common.
    /// </summary>
    [Kernel]
    public static void AddRows(
        ArrayView<int> values, ArrayView<int> tiles, ArrayView<int> offsets, ArrayView<DeviceElement> coefficients, DeviceSlice columns)
    {
        for (int tile = Grid.IdxX; tile < tiles.IntLength / TileWords; tile += Grid.DimX)
        {
            int first = tiles[tile * TileWords];
            int count = tiles[(tile * TileWords) + 1];
            int row = tiles[(tile * TileWords) + 2];
            int end = row + tiles[(tile * TileWords) + 3];
            int shift = first - tiles[(tile * TileWords) + 4];
            for (int j = Group.IdxX; j < count; j += Group.DimX)
            {
                DeviceElement sum = columns.Load(first + j);
                for (int k = row; k < end; k++)
                {
                    sum = ScalarField.Add(sum, Times(coefficients[k], values[offsets[k] + shift + j]));
                }

                columns.Store(first + j, sum);
            }
        }
    }

    /// <summary>a·integer/2^256.</summary>
    private static DeviceElement Times(DeviceElement a, int integer)
    {
        uint magnitude = integer < 0 ? 0u - (uint)integer : (uint)integer;
        DeviceElement product = ScalarField.Multiply(a, new DeviceElement { L0 = magnitude });
        return Elements.Select(integer < 0, ScalarField.Negate(product), product);
    }
}
