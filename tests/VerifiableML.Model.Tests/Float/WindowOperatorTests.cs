using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using VerifiableML.Model.Tests.Onnx;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Float;

/// <summary>Convolutions and poolings of many geometries against the definitions, written out cell by cell.</summary>
public class WindowOperatorTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Convolution_is_its_definition(int seed)
    {
        Geometry geometry = new(seed);
        Random random = new(seed + 1000);
        int groups = random.Next(1, 4);
        (int channels, int outputs) = (groups * random.Next(1, 4), groups * random.Next(1, 4));
        TensorMessage weights = Floats("w", outputs, channels / groups, geometry.Kernel[0], geometry.Kernel[1]);
        TensorMessage bias = Floats("b", outputs);
        NodeMessage node = Node("Conv", "x w b", "y", [.. geometry.Attributes, ("group", groups)]);
        OnnxGraph graph = ModelFile.Read(Of(13, [-1, channels, geometry.Input[0], geometry.Input[1]], node).With(weights, bias));

        float[] input = Sequence(graph.Input.Count, 7);
        FloatTensor actual = new FloatExecutor(graph).Run(input);
        float[] expected = new float[actual.Count];
        for (int i = 0; i < expected.Length; i++)
        {
            int output = i / (actual.Shape[2] * actual.Shape[3]);
            double sum = bias.FloatData[output];
            for (int c = 0; c < channels / groups; c++)
            {
                int plane = ((output / (outputs / groups)) * (channels / groups)) + c;
                foreach ((int ky, int kx, int index) in geometry.Cells(i, actual.Shape[2], actual.Shape[3]))
                {
                    int row = (((output * (channels / groups)) + c) * geometry.Kernel[0]) + ky;
                    double weight = weights.FloatData[(row * geometry.Kernel[1]) + kx];
                    sum += index < 0 ? 0 : weight * input[(plane * geometry.Input[0] * geometry.Input[1]) + index];
                }
            }

            expected[i] = (float)sum;
        }

        AssertClose(expected, actual.Data);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pooling_is_its_definition(int seed)
    {
        Geometry geometry = new(seed);
        foreach ((string opType, int countPadding) in new[] { ("MaxPool", 0), ("AveragePool", 0), ("AveragePool", 1) })
        {
            List<(string, object)> attributes = [.. geometry.Attributes];
            if (opType == "AveragePool")
            {
                attributes.Add(("count_include_pad", countPadding));
            }

            ModelMessage model = Of(19, [-1, 2, geometry.Input[0], geometry.Input[1]], Node(opType, "x", "y", [.. attributes]));
            if (geometry.HasEmptyWindow)
            {
                Assert.Contains("padding", ModelFile.Refusal(model).Message, StringComparison.Ordinal);
                continue;
            }

            OnnxGraph graph = ModelFile.Read(model);
            float[] input = Sequence(graph.Input.Count, 7);
            FloatTensor actual = new FloatExecutor(graph).Run(input);
            float[] expected = new float[actual.Count];
            for (int i = 0; i < expected.Length; i++)
            {
                int plane = i / (actual.Shape[2] * actual.Shape[3]) * geometry.Input[0] * geometry.Input[1];
                int[] cells = [.. geometry.Cells(i, actual.Shape[2], actual.Shape[3]).Select(cell => cell.Index)];
                float[] values = [.. cells.Where(index => index >= 0).Select(index => input[plane + index])];
                double divisor = countPadding == 1 ? cells.Length : values.Length;
                expected[i] = opType == "MaxPool" ? values.Max() : (float)(values.Sum(value => (double)value) / divisor);
            }

            AssertClose(expected, actual.Data);
        }
    }

    [Theory]
    [InlineData("SAME_UPPER", 6, 1, 2)] // total padding 3: the larger half behind
    [InlineData("SAME_LOWER", 6, 2, 1)]
    [InlineData("VALID", 4, 0, 0)]
    public void Automatic_padding_is_explicit_padding(string autoPad, int outputs, long before, long after)
    {
        TensorMessage weights = Floats("w", 1, 1, 1, 4);
        OnnxGraph automatic = ModelFile.Read(
            Of(13, [1, 1, 1, outputs == 4 ? 7 : 6], Node("Conv", "x w", "y", ("auto_pad", autoPad))).With(weights));
        OnnxGraph explicitly = ModelFile.Read(
            Of(13, [1, 1, 1, outputs == 4 ? 7 : 6], Node("Conv", "x w", "y", ("pads", new long[] { 0, before, 0, after }))).With(weights));

        float[] input = Sequence(automatic.Input.Count);
        FloatTensor actual = new FloatExecutor(automatic).Run(input);
        Assert.Equal(outputs, actual.Count);
        Assert.Equal(new FloatExecutor(explicitly).Run(input).Data, actual.Data);
    }

    [Fact]
    public void Rounded_up_pooling_drops_a_window_that_starts_behind_the_input()
    {
        // 5 cells, kernel 2, stride 2: a third window reads the last cell alone. With 4 cells and padding behind it would read nothing.
        (string, object)[] attributes = [("kernel_shape", new long[] { 2 }), ("strides", new long[] { 2 }), ("ceil_mode", 1)];
        OnnxGraph five = ModelFile.Read(Of(13, [1, 1, 5], Node("MaxPool", "x", "y", attributes)));
        OnnxGraph four = ModelFile.Read(Of(13, [1, 1, 4], Node("MaxPool", "x", "y", [.. attributes, ("pads", new long[] { 0, 1 })])));

        Assert.Equal([2, 4, 5], new FloatExecutor(five).Run(new float[] { 1, 2, 3, 4, 5 }).Data);
        Assert.Equal([2, 4], new FloatExecutor(four).Run(new float[] { 1, 2, 3, 4 }).Data);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = MathF.Abs(expected[i] - actual[i]) <= 1e-5f * (1 + MathF.Abs(expected[i]));
            Assert.True(close, $"cell {i}: expected {expected[i]}, got {actual[i]}");
        }
    }

    /// <summary>A random geometry over two axes.</summary>
    private sealed class Geometry
    {
        public Geometry(int seed)
        {
            Random random = new(seed);
            bool wide = seed % 4 == 0; // enough output cells for the path that works on rows
            for (int axis = 0; axis < 2; axis++)
            {
                Kernel[axis] = random.Next(1, 5);
                Stride[axis] = wide ? 1 : random.Next(1, 4);
                Dilation[axis] = random.Next(1, 3);
                Before[axis] = random.Next(0, 3);
                After[axis] = random.Next(0, 3);
                Input[axis] = ((Kernel[axis] - 1) * Dilation[axis]) + 1 + random.Next(0, 5) + (wide ? 12 : 0);
            }
        }

        public int[] Input { get; } = new int[2];

        public int[] Kernel { get; } = new int[2];

        private int[] Stride { get; } = new int[2];

        private int[] Dilation { get; } = new int[2];

        private int[] Before { get; } = new int[2];

        private int[] After { get; } = new int[2];

        public (string Name, object Value)[] Attributes =>
        [
            ("kernel_shape", Longs(Kernel)), ("strides", Longs(Stride)), ("dilations", Longs(Dilation)),
            ("pads", Longs([.. Before, .. After])),
        ];

        public bool HasEmptyWindow => Enumerable.Range(0, 2).Any(axis => Enumerable.Range(0, Outputs(axis)).Any(
            output => Enumerable.Range(0, Kernel[axis]).All(offset => Index(axis, output, offset) < 0)));

        /// <summary>What output cell <paramref name="i"/> reads: kernel cell, and input cell within its plane or −1 for padding.</summary>
        public IEnumerable<(int KernelRow, int KernelColumn, int Index)> Cells(int i, int rows, int columns)
        {
            (int y, int x) = (i / columns % rows, i % columns);
            for (int ky = 0; ky < Kernel[0]; ky++)
            {
                for (int kx = 0; kx < Kernel[1]; kx++)
                {
                    (int row, int column) = (Index(0, y, ky), Index(1, x, kx));
                    yield return (ky, kx, row < 0 || column < 0 ? -1 : (row * Input[1]) + column);
                }
            }
        }

        private int Outputs(int axis) =>
            ((Before[axis] + Input[axis] + After[axis] - (((Kernel[axis] - 1) * Dilation[axis]) + 1)) / Stride[axis]) + 1;

        private int Index(int axis, int output, int offset)
        {
            int index = (output * Stride[axis]) + (offset * Dilation[axis]) - Before[axis];
            return index >= 0 && index < Input[axis] ? index : -1;
        }

        private static long[] Longs(int[] values) => [.. values.Select(value => (long)value)];
    }
}
