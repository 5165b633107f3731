using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>
/// Convolution of one group as a matrix product: the rows of the left matrix are the patches of the output positions of the whole batch,
/// those of the right one the weights of the output channels. Tasks are tiles of positions × channels.
/// </summary>
internal static class VectorConvolution
{
    private const int TileRows = 64;
    private const int LeastTileChannels = 16;
    private const int BlockLength = 768;
    private const long WorthATask = 1 << 17;

    public static void Run(
        ConvolutionNode node, TensorShape input, int[] values, AccumulatorSink sink, int batchSize, ParallelOptions parallel)
    {
        int positions = batchSize * node.Output.Shape.Rows * node.Output.Shape.Columns;
        double[] numbers = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                numbers[i] = values[i];
            }

            var tiles = new Tiling(node, positions, parallel.MaxDegreeOfParallelism);
            var patches = new PatchReader(node, input, numbers);
            ParallelLoop.Run(tiles.Count, (long)positions * node.Weights.Length > WorthATask, parallel, tile =>
            {
                (int row, int rows, int channel, int channels) = tiles.Tile(tile);
                if (rows == 1)
                {
                    RunRow(node, patches, row, channel, channels, sink);
                }
                else
                {
                    RunTile(node, patches, row, rows, channel, channels, sink);
                }
            });
        }
        finally
        {
            ArrayPool<double>.Shared.Return(numbers);
        }
    }

    /// <summary>One position: no weight is used twice, so none is packed.</summary>
    private static void RunRow(ConvolutionNode node, PatchReader patches, int position, int channel, int channels, AccumulatorSink sink)
    {
        int length = node.Weights.Length / node.Output.Shape.Channels;
        double[] buffer = ArrayPool<double>.Shared.Rent(length + channels);
        Span<double> row = buffer.AsSpan(0, length);
        Span<double> sums = buffer.AsSpan(length, channels);
        patches.Read(position, 0, row);
        for (int o = 0; o < channels; o++)
        {
            sums[o] = DotProductKernel.Product(row, node.Weights.AsSpan((channel + o) * length, length));
        }

        sink.WriteWithoutBias((position * node.Output.Shape.Channels) + channel, channel, sums);
        ArrayPool<double>.Shared.Return(buffer);
    }

    private static void RunTile(
        ConvolutionNode node, PatchReader patches, int row, int rows, int channel, int channels, AccumulatorSink sink)
    {
        const int Panel = DotProductKernel.PanelRows;
        int length = node.Weights.Length / node.Output.Shape.Channels;
        int block = Math.Min(BlockLength, length);
        int blockVectors = DotProductKernel.VectorsFor(block);
        int rowPanels = (rows + Panel - 1) / Panel;
        int stride = (channels + Panel - 1) / Panel * Panel;
        Vector<double>[] left = ArrayPool<Vector<double>>.Shared.Rent(rowPanels * Panel * blockVectors);
        Vector<double>[] right = ArrayPool<Vector<double>>.Shared.Rent((Panel + 1) * blockVectors);
        double[] sums = ArrayPool<double>.Shared.Rent(rowPanels * Panel * stride);
        sums.AsSpan(0, rowPanels * Panel * stride).Clear();
        for (int start = 0; start < length; start += block)
        {
            int part = Math.Min(block, length - start);
            int panelVectors = Panel * DotProductKernel.VectorsFor(part);
            PackPatches(patches, row, rows, start, part, left, right);
            for (int o = 0; o < channels; o += Panel)
            {
                Span<Vector<double>> weights = right.AsSpan(0, panelVectors);
                PackWeights(node, length, channel + o, Math.Min(Panel, channels - o), start, part, weights);
                for (int p = 0; p < rowPanels; p++)
                {
                    DotProductKernel.AddProducts(
                        left.AsSpan(p * panelVectors, panelVectors), weights, sums.AsSpan((p * Panel * stride) + o), stride);
                }
            }
        }

        for (int r = 0; r < rows; r++)
        {
            sink.WriteWithoutBias(((row + r) * node.Output.Shape.Channels) + channel, channel, sums.AsSpan(r * stride, channels));
        }

        ArrayPool<Vector<double>>.Shared.Return(left);
        ArrayPool<Vector<double>>.Shared.Return(right);
        ArrayPool<double>.Shared.Return(sums);
    }

    private static void PackPatches(PatchReader patches, int row, int rows, int start, int length, Vector<double>[] left, Vector<double>[] scratch)
    {
        const int Panel = DotProductKernel.PanelRows;
        int vectors = DotProductKernel.VectorsFor(length);
        Span<Vector<double>> patch = scratch.AsSpan(0, vectors);
        Span<double> numbers = MemoryMarshal.Cast<Vector<double>, double>(patch);
        for (int r = 0; r < (rows + Panel - 1) / Panel * Panel; r++)
        {
            numbers.Clear();
            if (r < rows)
            {
                patches.Read(row + r, start, numbers[..length]);
            }

            DotProductKernel.PackRow(patch, left.AsSpan(r / Panel * Panel * vectors, Panel * vectors), r % Panel);
        }
    }

    private static void PackWeights(
        ConvolutionNode node, int length, int channel, int channels, int start, int part, Span<Vector<double>> panel)
    {
        for (int o = 0; o < DotProductKernel.PanelRows; o++)
        {
            ReadOnlySpan<int> weights = o < channels ? node.Weights.AsSpan(((channel + o) * length) + start, part) : [];
            DotProductKernel.PackRow(weights, panel, o);
        }
    }

    /// <summary>Cuts positions × channels so that every core has a few tiles where there is work enough.</summary>
    private readonly struct Tiling
    {
        private readonly int _positions;
        private readonly int _channels;
        private readonly int _tileChannels;
        private readonly int _channelTiles;

        public Tiling(ConvolutionNode node, int positions, int threads)
        {
            _positions = positions;
            _channels = node.Output.Shape.Channels;
            int rowTiles = (positions + TileRows - 1) / TileRows;
            int wanted = Math.Max(1, 4 * threads / rowTiles);
            _tileChannels = Math.Max(LeastTileChannels, ((_channels / wanted) + 3) / 4 * 4);
            _channelTiles = (_channels + _tileChannels - 1) / _tileChannels;
            Count = rowTiles * _channelTiles;
        }

        public int Count { get; }

        public (int Row, int Rows, int Channel, int Channels) Tile(int index)
        {
            (int rowTile, int channelTile) = Math.DivRem(index, _channelTiles);
            int row = rowTile * TileRows;
            int channel = channelTile * _tileChannels;
            return (row, Math.Min(TileRows, _positions - row), channel, Math.Min(_tileChannels, _channels - channel));
        }
    }
}
