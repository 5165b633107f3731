using ILGPU;

namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>The shape of a weighted sum's output, and where its terms are described.</summary>
/// <param name="Rows">Rows of the output.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Terms">Number of terms.</param>
/// <param name="Program">Index of the first term's description among the 32-bit constants, <see cref="WeightedSumKernel.TermWords"/> words each.</param>
internal readonly record struct WeightedSumShape(int Rows, int Columns, int Channels, int Terms, int Program);

/// <summary>
/// Weighted sums: residual addition, average pooling, joins, moves. One launch does all terms of a node and its requantization, so each
/// input is read once and nothing else but the output is written. The terms' cells are found through descriptions in constant memory,
/// because there can be a thousand of them.
/// </summary>
internal static class WeightedSumKernel
{
    /// <summary>
    /// Words of a term: width of its input, coefficient, cells of one input, columns of the input, channels of the input, gather map or −1, and
    /// for each axis the row starts of its links, or −1 for the identity. The input's place is a 64-bit constant that is written for each execution.
    /// </summary>
    public const int TermWords = 9;

    /// <summary>Words of a link: input index and coefficient.</summary>
    public const int LinkWords = 2;

    /// <summary>One output cell a thread; <paramref name="inputs"/> is the first cell of each term's input.</summary>
    [Kernel]
    public static void Run(
        Arena arena, Constants constants, ArrayView<long> inputs, int firstInput, AccumulatorSink sink, WeightedSumShape shape, int cells)
    {
        int cell = Grid.GlobalIndex.X;
        if (cell >= cells)
        {
            return;
        }

        int position = cell / shape.Channels;
        int channel = cell - (position * shape.Channels);
        int line = position / shape.Columns;
        int column = position - (line * shape.Columns);
        int image = line / shape.Rows;
        int row = line - (image * shape.Rows);
        long sum = sink.BiasOf(constants, channel);
        for (int i = 0; i < shape.Terms; i++)
        {
            int term = shape.Program + (i * TermWords);
            ArrayView<int> words = constants.Words;
            var input = new CellRange(inputs[firstInput + i] + ((long)image * words[term + 2]), words[term]);
            int gather = words[term + 5];
            if (gather >= 0)
            {
                int source = words[gather + (((row * shape.Columns) + column) * shape.Channels) + channel];
                sum += source < 0 ? 0 : (long)words[term + 1] * arena.Load(input, source);
            }
            else
            {
                sum += words[term + 1] * Separable(arena, words, term, input, row, column, channel);
            }
        }

        sink.Finish(arena, constants, cell, sum);
    }

    private static long Separable(Arena arena, ArrayView<int> words, int term, CellRange input, int row, int column, int channel)
    {
        // The identity is one link from an index to itself.
        int rowLinks = words[term + 6];
        int columnLinks = words[term + 7];
        int channelLinks = words[term + 8];
        long sum = 0;
        int lastRow = End(words, rowLinks, row);
        int lastColumn = End(words, columnLinks, column);
        int lastChannel = End(words, channelLinks, channel);
        for (int r = Start(words, rowLinks, row); r < lastRow; r++)
        {
            int line = Input(words, rowLinks, r, row) * words[term + 3];
            for (int c = Start(words, columnLinks, column); c < lastColumn; c++)
            {
                int from = (line + Input(words, columnLinks, c, column)) * words[term + 4];
                long weight = (long)Coefficient(words, rowLinks, r) * Coefficient(words, columnLinks, c);
                for (int k = Start(words, channelLinks, channel); k < lastChannel; k++)
                {
                    sum += weight * Coefficient(words, channelLinks, k) * arena.Load(input, from + Input(words, channelLinks, k, channel));
                }
            }
        }

        return sum;
    }

    // An axis is a list of absolute indices of links, one a cell and one behind the last.
    private static int Start(ArrayView<int> words, int axis, int cell) => axis < 0 ? 0 : words[axis + cell];

    private static int End(ArrayView<int> words, int axis, int cell) => axis < 0 ? 1 : words[axis + cell + 1];

    private static int Input(ArrayView<int> words, int axis, int link, int cell) => axis < 0 ? cell : words[link * LinkWords];

    private static int Coefficient(ArrayView<int> words, int axis, int link) => axis < 0 ? 1 : words[(link * LinkWords) + 1];
}
