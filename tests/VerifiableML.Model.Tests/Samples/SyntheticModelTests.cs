using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Samples;

public sealed class SyntheticModelTests
{
    [Fact]
    public void Lenet_has_the_published_size()
    {
        QuantizedModel model = SyntheticModels.Lenet5();
        Assert.Equal(61_470, model.Nodes.OfType<ConvolutionNode>().Sum(node => node.Weights.Length));
        Assert.Equal(
            416_520, model.Nodes.OfType<ConvolutionNode>().Sum(node => node.Weights.Length * node.Output.Shape.Rows * node.Output.Shape.Columns));
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("mlp")]
    [InlineData("vgg")]
    public void Activations_neither_vanish_nor_saturate(string name)
    {
        QuantizedModel model = name == "lenet" ? SyntheticModels.Lenet5()
            : name == "vgg" ? SyntheticModels.Vgg16() : SyntheticModels.Mlp(784, 256, 128, 10);
        ExecutionTrace trace = new VectorExecutor().Execute(model, SyntheticModels.Input(model, 2), 2);
        for (int i = 1; i < trace.Values.Length - 1; i++)
        {
            int[] values = trace.Values[i];
            Assert.InRange(values.Count(value => value == 127) / (double)values.Length, 0, 0.2);
            Assert.InRange(values.Count(value => value > 3) / (double)values.Length, 0.2, 1);
        }

        Assert.True(trace.Output.Distinct().Count() > 10);
    }

    [Fact]
    public void Bounds_leave_one_bit_of_room_and_no_more()
    {
        QuantizedModel model = SyntheticModels.Lenet5();
        foreach (AccumulatingNode node in model.Nodes.OfType<AccumulatingNode>())
        {
            AccumulatorRange range = AccumulatorRange.Of(node, model.Tensor);
            Assert.True(range.Magnitude <= node.AccumulatorBound);
            Assert.True(range.Magnitude * 5 >= node.AccumulatorBound, $"{node.Name}: {range} under {node.AccumulatorBound}");
        }
    }
}
