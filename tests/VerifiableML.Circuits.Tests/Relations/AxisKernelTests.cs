using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tests.Relations;

/// <summary>Kernels of axes against the sums that they stand for, taken over random data.</summary>
public sealed class AxisKernelTests
{
    public static TheoryData<int, int, int, int, int, int> Windows => new()
    {
        { 1, 1, 1, 0, 5, 5 }, { 3, 1, 1, 1, 5, 5 }, { 3, 2, 1, 0, 7, 3 }, { 2, 3, 2, 1, 9, 3 }, { 5, 1, 1, 4, 3, 6 }, { 3, 1, 1, 1, 1, 1 },
        { 3, 1, 1, -1, 7, 4 }, { 7, 1, 1, 3, 4, 4 }, { 4, 1, 1, 0, 4, 1 },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_window_is_the_extension_of_what_its_outputs_read(int kernel, int stride, int dilation, int before, int input, int output)
    {
        var window = new AxisWindow(kernel, stride, dilation, before, input, output);
        int outputBits = TensorLayout.BitsFor(output);
        int kernelBits = TensorLayout.BitsFor(kernel);
        EvaluationPoint<Fr> point = Draw.Point(outputBits, 1);
        EvaluationPoint<Fr> offset = Draw.Point(kernelBits, 2);

        // read[o][k] over padded extents, zero where nothing is read; its extension is the kernel's inner product with the data.
        Fr[] data = Data(input);
        var read = new Fr[1 << (outputBits + kernelBits)];
        for (int o = 0; o < output; o++)
        {
            for (int k = 0; k < kernel; k++)
            {
                int i = (o * stride) + (k * dilation) - before;
                read[(o << kernelBits) | k] = i >= 0 && i < input ? data[i] : Fr.Zero;
            }
        }

        Assert.Equal(Draw.Extension(read, EvaluationPoint<Fr>.Join(point, offset)), Dot(AxisKernels.Window(window, point, offset), data));
    }

    [Theory]
    [InlineData(3, 2, 1, 1, 5, 3)]
    [InlineData(2, 2, 1, 0, 6, 3)]
    [InlineData(2, 1, 2, 1, 5, 4)]
    [InlineData(2, 1, 1, 1, 1, 1)]
    public void The_offsets_of_a_maximum_read_live_inputs_of_their_window(int kernel, int stride, int dilation, int before, int input, int output)
    {
        var window = new AxisWindow(kernel, stride, dilation, before, input, output);
        EvaluationPoint<Fr> point = Draw.Point(TensorLayout.BitsFor(output), 1);
        Fr[] data = Data(input);
        for (int k = 0; k < kernel; k++)
        {
            var read = new Fr[1 << point.Count];
            for (int o = 0; o < output; o++)
            {
                int found = AxisKernels.PoolInput(window, o, k);
                int direct = window.InputIndex(o, k);
                Assert.True(direct < 0 || direct == found);
                Assert.Contains(found, Enumerable.Range(0, kernel).Select(other => window.InputIndex(o, other)));
                read[o] = data[found];
            }

            Assert.Equal(Draw.Extension(read, point), Dot(AxisKernels.PoolOffset(window, point, k), data));
        }
    }

    [Fact]
    public void A_map_is_the_extension_of_its_product()
    {
        var map = new AxisMap(5, 3, [new(0, 1, 2), new(0, 4, -7), new(2, 1, 1), new(2, 1, 1)], false);
        EvaluationPoint<Fr> point = Draw.Point(2, 1);
        Fr[] data = Data(5);
        Fr[] product = [(data[1] * Fr.FromInt64(2)) - (data[4] * Fr.FromInt64(7)), Fr.Zero, data[1] + data[1], Fr.Zero];
        Assert.Equal(Draw.Extension(product, point), Dot(AxisKernels.Map(map, point), data));
    }

    [Fact]
    public void Padded_inputs_have_no_weight()
    {
        Fr[] kernel = AxisKernels.Window(new AxisWindow(3, 1, 1, 1, 5, 5), Draw.Point(3, 1), Draw.Point(2, 2));
        Assert.Equal(8, kernel.Length);
        Assert.All(kernel[5..], weight => Assert.Equal(Fr.Zero, weight));
    }

    private static Fr[] Data(int count) => [.. Enumerable.Range(0, count).Select(i => Draw.Scalar(500 + i))];

    private static Fr Dot(Fr[] kernel, Fr[] data) =>
        data.Select((value, i) => value * kernel[i]).Aggregate(Fr.Zero, (sum, term) => sum + term);
}
