using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Relations;

/// <summary>
/// <c>acc[b, y, x, o] = Σ_{ky,kx,c} W[o, ky, kx, c] · in[b, y·s + ky·d − p, x·s + kx·d − p, c]</c>, at a point, by a sumcheck over (ky, kx, c) and, where the
/// window slides, a second one over the input's rows and columns with separable kernels. The cost does not depend on the number of
/// multiply-accumulates. A dense layer is the case in which the window covers the input.
/// </summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Shape">The output's extents.</param>
/// <param name="Layout">The output's layout.</param>
/// <param name="Output">Index of the output's column.</param>
/// <param name="Requantization">The columns of the requantization, or null.</param>
/// <param name="Bias">Index of the bias's segment, or −1.</param>
/// <param name="Input">The value that is read.</param>
/// <param name="InputLayout">That value's layout.</param>
/// <param name="Rows">The vertical window.</param>
/// <param name="Columns">The horizontal window.</param>
/// <param name="IsDepthwise">Whether each output channel reads one input channel.</param>
/// <param name="Weights">Index of the weights' segment.</param>
public sealed record ConvolutionRelation(
    int Node, string Name, TensorShape Shape, TensorLayout Layout, int Output, RequantizationColumns? Requantization, int Bias,
    int Input, TensorLayout InputLayout, AxisWindow Rows, AxisWindow Columns, bool IsDepthwise, int Weights)
    : AccumulatorRelation(Node, Name, Shape, Layout, Output, Requantization, Bias)
{
    /// <summary>Bits of the vertical kernel offset.</summary>
    public int KernelYBits => TensorLayout.BitsFor(Rows.Kernel);

    /// <summary>Bits of the horizontal kernel offset.</summary>
    public int KernelXBits => TensorLayout.BitsFor(Columns.Kernel);

    /// <summary>Variables of the contraction: kernel offsets, then the input's channels.</summary>
    public int Variables => KernelYBits + KernelXBits + InputLayout.ChannelBits;

    /// <inheritdoc/>
    protected override void StateLinear<T>(InferenceProtocol<T> protocol, EvaluationPoint<T> point, T value) =>
        protocol.Owe(new ConvolutionContraction<T>(this, value, point));
}

/// <summary>The contraction that a <see cref="ConvolutionRelation"/> states.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Relation">The relation.</param>
/// <param name="Value">The claimed sum.</param>
/// <param name="OutputPoint">The point of the output.</param>
public sealed record ConvolutionContraction<T>(ConvolutionRelation Relation, T Value, EvaluationPoint<T> OutputPoint)
    : Contraction<T>(Relation.Node, Relation.Variables, Value, DepthwiseWeight(Relation, OutputPoint))
    where T : struct, IScalar<T>
{
    /// <inheritdoc/>
    public override void Discharge(InferenceProtocol<T> protocol, (T Left, T Right) factors, EvaluationPoint<T> point)
    {
        EvaluationPoint<T> ky = point.Prefix(Relation.KernelYBits);
        EvaluationPoint<T> kx = point.Slice(Relation.KernelYBits, Relation.KernelXBits);
        EvaluationPoint<T> channel = point.Suffix(Relation.InputLayout.ChannelBits);
        DischargeWeights(protocol, factors.Left, ky, kx, channel);
        protocol.Owe(new Wiring<T>(
            Relation.Input,
            protocol.Circuit.ValueColumns[Relation.Input],
            [
                WiringAxis<T>.At(Relation.Layout.Batch(OutputPoint)),
                Axis(Relation.Rows, Relation.Layout.Y(OutputPoint), ky),
                Axis(Relation.Columns, Relation.Layout.X(OutputPoint), kx),
                WiringAxis<T>.At(channel),
            ],
            factors.Right));
    }

    private static EvaluationPoint<T>? DepthwiseWeight(ConvolutionRelation relation, EvaluationPoint<T> point)
    {
        if (!relation.IsDepthwise)
        {
            return null;
        }

        // The channel is not summed over but carried along: eq pins it to the output's. Kernel offsets are summed over freely, and a factor
        // of eq that is one on them all has no coordinate there.
        return relation.Layout.Channel(point).Prefix(relation.InputLayout.ChannelBits);
    }

    private static WiringAxis<T> Axis(AxisWindow window, EvaluationPoint<T> output, EvaluationPoint<T> offset) =>
        window.CoversAll ? WiringAxis<T>.At(offset)
        : window.IsIdentity ? WiringAxis<T>.At(output)
        : WiringAxis<T>.Over(AxisKernels.Window(window, output, offset));

    private void DischargeWeights(
        InferenceProtocol<T> protocol, T value, EvaluationPoint<T> ky, EvaluationPoint<T> kx, EvaluationPoint<T> channel)
    {
        EvaluationPoint<T> output = Relation.Layout.Channel(OutputPoint);
        WeightSegment segment = protocol.Circuit.Segments[Relation.Weights];
        if (Relation.IsDepthwise)
        {
            EvaluationPoint<T> multiplier = output.Suffix(output.Count - channel.Count);
            protocol.OweSegment(segment, [ky, kx], EvaluationPoint<T>.Join(channel, multiplier), value);
        }
        else
        {
            EvaluationPoint<T> high = output.Prefix(Math.Max(0, output.Count - protocol.Circuit.Layout.WeightRowBits));
            protocol.OweSegment(segment, [high, ky, kx], channel, value);
        }
    }
}
