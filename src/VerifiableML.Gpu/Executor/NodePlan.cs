using VerifiableML.Gpu.Executor.Kernels;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>Which kernel runs a node, and what it takes that does not depend on the batch.</summary>
/// <param name="Node">The node.</param>
/// <param name="OutputWidth">Bytes of an output cell.</param>
/// <param name="AccumulatorWidth">Bytes of an accumulator where it is kept; 0 for a node without requantization.</param>
internal abstract record NodePlan(QuantizedNode Node, int OutputWidth, int AccumulatorWidth)
{
    /// <summary>The sink without its places in the arena.</summary>
    public AccumulatorSink Sink { get; init; }
}

/// <summary>A convolution for <see cref="PackedConvolutionKernel"/>.</summary>
internal sealed record PackedConvolutionPlan(ConvolutionNode Convolution, int OutputWidth, int AccumulatorWidth, Window Window, PackedConvolution Shape)
    : NodePlan(Convolution, OutputWidth, AccumulatorWidth);

/// <summary>A convolution for <see cref="WideConvolutionKernel"/>.</summary>
internal sealed record WideConvolutionPlan(
    ConvolutionNode Convolution, int OutputWidth, int AccumulatorWidth, Window Window, WideConvolution Shape, bool IsLong)
    : NodePlan(Convolution, OutputWidth, AccumulatorWidth);

/// <summary>A depthwise convolution.</summary>
internal sealed record DepthwisePlan(
    ConvolutionNode Convolution, int OutputWidth, int AccumulatorWidth, Window Window, int Weights, bool IsLong)
    : NodePlan(Convolution, OutputWidth, AccumulatorWidth);

/// <summary>A max-pooling.</summary>
internal sealed record MaxPoolPlan(MaxPoolNode Pool, int OutputWidth, Window Window) : NodePlan(Pool, OutputWidth, 0);

/// <summary>A weighted sum; <paramref name="FirstInput"/> is where the places of its inputs stand among those of all sums.</summary>
internal sealed record WeightedSumPlan(WeightedSumNode Sum, int OutputWidth, int AccumulatorWidth, WeightedSumShape Shape, int FirstInput)
    : NodePlan(Sum, OutputWidth, AccumulatorWidth);

/// <summary>A product of two tensors.</summary>
internal sealed record ProductPlan(ProductNode Product, int OutputWidth, int AccumulatorWidth) : NodePlan(Product, OutputWidth, AccumulatorWidth);
