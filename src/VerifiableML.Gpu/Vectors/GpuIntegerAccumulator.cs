using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

/// <summary>
/// Column sums on the device. Rows are only written down as they come; when the sums are wanted, one launch for each array of integers adds all of
/// its rows, a group of threads taking the rows of a tile of columns.
/// </summary>
/// <param name="vectors">The device's vectors.</param>
/// <param name="length">Number of columns.</param>
internal sealed class GpuIntegerAccumulator(GpuVectors vectors, int length) : IIntegerAccumulator
{
    private readonly FrVector _sums = Cleared(vectors, length);
    private readonly Dictionary<(int[] Array, int Start, int Width), List<(int Offset, Fr Coefficient)>> _rows = [];
    private bool _disposed;

    public void Add(int start, ReadOnlyMemory<int> values, Fr coefficient)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if ((uint)start > (uint)length || values.Length > length - start)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"{values.Length} columns from {start} do not lie within {length}.");
        }

        if (values.IsEmpty || coefficient.IsZero)
        {
            return;
        }

        if (!MemoryMarshal.TryGetArray(values, out ArraySegment<int> segment))
        {
            segment = values.ToArray();
        }

        var key = (segment.Array!, start, values.Length);
        if (!_rows.TryGetValue(key, out List<(int Offset, Fr Coefficient)>? rows))
        {
            _rows[key] = rows = [];
        }

        rows.Add((segment.Offset, coefficient * GpuFieldKernels.Radix));
    }

    public void Add(int start, ReadOnlySpan<short> values, Fr coefficient)
    {
        var wide = new int[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        Add(start, wide, coefficient);
    }

    public void ReduceTo(FrSlice destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Require.SameLength(length, destination.Length);
        foreach (var ofArray in _rows.GroupBy(entry => entry.Key.Array))
        {
            var launch = new Launch();
            int end = 0;
            foreach (var (key, rows) in ofArray.OrderBy(entry => entry.Key.Start))
            {
                // Threads of one launch must not share a column.
                if (key.Start < end)
                {
                    Run(ofArray.Key, launch);
                    launch = new Launch();
                }

                end = key.Start + key.Width;
                launch.Add(key.Start, key.Width, rows, vectors.GroupSize);
            }

            Run(ofArray.Key, launch);
        }

        _rows.Clear();
        _sums.All.CopyTo(destination);
    }

    public void Dispose()
    {
        _disposed = true;
        _sums.Dispose();
    }

    private void Run(int[] array, Launch launch) => vectors.Run(() =>
    {
        using var operands = new Operands(vectors);
        vectors.Kernels.Launch(
            new KernelConfig(Math.Min(launch.Tiles.Count / IntegerKernels.TileWords, Threads.MostGroups * 8), vectors.GroupSize),
            IntegerKernels.AddRows,
            vectors.Integers.View(array), operands.Upload(CollectionsMarshal.AsSpan(launch.Tiles)),
            operands.Upload(CollectionsMarshal.AsSpan(launch.Offsets)), operands.Upload(CollectionsMarshal.AsSpan(launch.Coefficients)),
            operands.Update(_sums.All));
        return 0;
    });

    private static FrVector Cleared(GpuVectors vectors, int length)
    {
        FrVector sums = vectors.Rent(length);
        sums.All.Clear();
        return sums;
    }

    /// <summary>Tiles and rows of one launch, as the kernel takes them.</summary>
    private sealed class Launch
    {
        public List<int> Tiles { get; } = [];

        public List<int> Offsets { get; } = [];

        public List<Fr> Coefficients { get; } = [];

        public void Add(int start, int width, List<(int Offset, Fr Coefficient)> rows, int tileWidth)
        {
            for (int first = start; first < start + width; first += tileWidth)
            {
                Tiles.AddRange([first, Math.Min(tileWidth, start + width - first), Offsets.Count, rows.Count, start]);
            }

            foreach ((int offset, Fr coefficient) in rows)
            {
                Offsets.Add(offset);
                Coefficients.Add(coefficient);
            }
        }
    }
}
