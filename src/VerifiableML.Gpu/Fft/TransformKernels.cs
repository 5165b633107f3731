using ILGPU;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Fft;

/// <summary>
/// Some consecutive stages of a transform, which a group does in shared memory. A tile is 2^Bits elements that are 2^LogStride apart, for
/// 2^LogWidth neighbouring columns, so that what the threads of a warp read lies side by side.
/// </summary>
/// <param name="LogSize">Binary logarithm of the number n of elements.</param>
/// <param name="LogStride">That of the distance between the elements of a pair in the last of the stages.</param>
/// <param name="Bits">The number of stages.</param>
/// <param name="LogWidth">Binary logarithm of the columns of a tile.</param>
internal readonly record struct TransformPass(int LogSize, int LogStride, int Bits, int LogWidth)
{
    /// <summary>Elements of a tile.</summary>
    public int TileSize => 1 << (Bits + LogWidth);

    /// <summary>Tiles in all: one for each group.</summary>
    public int Tiles => 1 << (LogSize - Bits - LogWidth);

    /// <summary>The first column of a tile within its block of 2^(Bits + LogStride) elements.</summary>
    public int Column(int tile) => (tile & ((1 << (LogStride - LogWidth)) - 1)) << LogWidth;

    /// <summary>Where element <paramref name="e"/> of a tile is among the n.</summary>
    public int Index(int tile, int e) =>
        ((tile >> (LogStride - LogWidth)) << (Bits + LogStride)) + Column(tile) + ((e >> LogWidth) << LogStride) + (e & ((1 << LogWidth) - 1));
}

/// <summary>The transform on a device: decimation in frequency (Gentleman and Sande, 1966) as <c>Radix2Transform</c> has it, several stages a pass.</summary>
internal static class TransformKernels
{
    /// <summary>The largest tile: 32 KiB of shared memory.</summary>
    public const int MaximumTileSize = 1 << 10;

    private const int WordsOfElement = 4;

    /// <summary>A pass of stages in place.</summary>
    [Kernel]
    public static void Run(DeviceSlice values, ArrayView<DeviceElement> roots, TransformPass pass)
    {
        ArrayView<ulong> tile = SharedMemory.Allocate<ulong>(WordsOfElement * MaximumTileSize);
        Load(tile, values, pass);
        DoStages(tile, roots, pass);
        for (int e = Group.IdxX; e < pass.TileSize; e += Group.DimX)
        {
            values.Store(pass.Index(Grid.IdxX, e), Planes.Load(tile, e, MaximumTileSize));
        }
    }

    /// <summary>
    /// The last pass, which undoes the bit-reversed order on the way out; mirrored, entry i goes to n − i (and 0 to itself), which makes the transform
    /// with the inverse roots.
    /// </summary>
    [Kernel]
    public static void RunLast(
        DeviceSlice values, ArrayView<DeviceElement> roots, TransformPass pass, int mirrored, DeviceSlice result)
    {
        ArrayView<ulong> tile = SharedMemory.Allocate<ulong>(WordsOfElement * MaximumTileSize);
        Load(tile, values, pass);
        DoStages(tile, roots, pass);
        int size = 1 << pass.LogSize;
        for (int e = Group.IdxX; e < pass.TileSize; e += Group.DimX)
        {
            int index = Reverse(pass.Index(Grid.IdxX, e), pass.LogSize);
            index = mirrored != 0 ? (size - index) & (size - 1) : index;
            result.Store(index, Planes.Load(tile, e, MaximumTileSize));
        }
    }

    /// <summary>destination[i] = source[i]·low[i mod 2^bits]·high[i div 2^bits]: times a geometric series.</summary>
    [Kernel]
    public static void Scale(
        DeviceSlice source, ArrayView<DeviceElement> low, ArrayView<DeviceElement> high, int bits, DeviceSlice destination)
    {
        int i = Grid.GlobalIndex.X;
        if (i < source.Length)
        {
            DeviceElement factor = ScalarField.Multiply(low[i & ((1 << bits) - 1)], high[i >> bits]);
            destination.Store(i, ScalarField.Multiply(factor, source.Load(i)));
        }
    }

    /// <summary>series[i] = low[i mod 2^bits]·high[i div 2^bits].</summary>
    [Kernel]
    public static void FillSeries(ArrayView<DeviceElement> series, ArrayView<DeviceElement> low, ArrayView<DeviceElement> high, int bits, int length)
    {
        int i = Grid.GlobalIndex.X;
        if (i < length)
        {
            series[i] = ScalarField.Multiply(low[i & ((1 << bits) - 1)], high[i >> bits]);
        }
    }

    private static void Load(ArrayView<ulong> tile, DeviceSlice values, TransformPass pass)
    {
        for (int e = Group.IdxX; e < pass.TileSize; e += Group.DimX)
        {
            Planes.Store(tile, e, MaximumTileSize, values.Load(pass.Index(Grid.IdxX, e)));
        }

        Group.Barrier();
    }

    /// <summary>(a, b) ← (a + b, (a − b)·root) for all pairs of a tile, stage after stage.</summary>
    private static void DoStages(ArrayView<ulong> tile, ArrayView<DeviceElement> roots, TransformPass pass)
    {
        int width = 1 << pass.LogWidth;
        int column = pass.Column(Grid.IdxX);
        for (int logHalf = pass.Bits - 1; logHalf >= 0; logHalf--)
        {
            int rootShift = pass.LogSize - 1 - logHalf - pass.LogStride;
            for (int b = Group.IdxX; b < pass.TileSize / 2; b += Group.DimX)
            {
                int inColumn = b & (width - 1);
                int pair = b >> pass.LogWidth;
                int low = pair & ((1 << logHalf) - 1);
                int first = ((((pair >> logHalf) << (logHalf + 1)) + low) << pass.LogWidth) + inColumn;
                int second = first + (1 << (logHalf + pass.LogWidth));
                DeviceElement root = roots[((low << pass.LogStride) + column + inColumn) << rootShift];
                DeviceElement x = Planes.Load(tile, first, MaximumTileSize);
                DeviceElement y = Planes.Load(tile, second, MaximumTileSize);
                Planes.Store(tile, first, MaximumTileSize, ScalarField.Add(x, y));
                Planes.Store(tile, second, MaximumTileSize, ScalarField.Multiply(ScalarField.Subtract(x, y), root));
            }

            Group.Barrier();
        }
    }

    /// <summary>The lowest bits of a number in reverse.</summary>
    private static int Reverse(int value, int bits)
    {
        uint v = (uint)value;
        v = ((v >> 1) & 0x5555_5555) | ((v & 0x5555_5555) << 1);
        v = ((v >> 2) & 0x3333_3333) | ((v & 0x3333_3333) << 2);
        v = ((v >> 4) & 0x0F0F_0F0F) | ((v & 0x0F0F_0F0F) << 4);
        v = ((v >> 8) & 0x00FF_00FF) | ((v & 0x00FF_00FF) << 8);
        v = (v >> 16) | (v << 16);
        return bits == 0 ? 0 : (int)(v >> (32 - bits));
    }
}
