using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Relations;

/// <summary>One summand of a <see cref="WeightedSumRelation"/>.</summary>
/// <param name="Input">The value that is read.</param>
/// <param name="InputShape">That value's extents.</param>
/// <param name="InputLayout">That value's layout.</param>
/// <param name="Map">Which of its cells each output cell reads.</param>
/// <param name="Image">The virtual column of the map's image.</param>
public sealed record SumTerm(int Input, TensorShape InputShape, TensorLayout InputLayout, CellMap Map, VirtualColumn Image);

/// <summary>
/// <c>acc = Σ_j M_j · Map_j(in_j)</c> with committed integer coefficients <c>M_j</c>: residual addition, average pooling, concatenation, reshapes. The prover
/// states the value of each image; a map along axes is a sumcheck over just those axes that it does not pass through.
/// </summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Shape">The output's extents.</param>
/// <param name="Layout">The output's layout.</param>
/// <param name="Output">Index of the output's column.</param>
/// <param name="Requantization">The columns of the requantization, or null.</param>
/// <param name="Bias">Index of the bias's segment, or −1.</param>
/// <param name="Terms">The summands.</param>
/// <param name="Coefficients">Index of the coefficients' segment.</param>
public sealed record WeightedSumRelation(
    int Node, string Name, TensorShape Shape, TensorLayout Layout, int Output, RequantizationColumns? Requantization, int Bias,
    ImmutableArray<SumTerm> Terms, int Coefficients)
    : AccumulatorRelation(Node, Name, Shape, Layout, Output, Requantization, Bias)
{
    /// <inheritdoc/>
    protected override void StateLinear<T>(InferenceProtocol<T> protocol, EvaluationPoint<T> point, T value)
    {
        WeightSegment segment = protocol.Circuit.Segments[Coefficients];
        int bits = TensorLayout.BitsFor(Terms.Length);
        T sum = T.Zero;
        for (int j = 0; j < Terms.Length; j++)
        {
            SumTerm term = Terms[j];
            T coefficient = protocol.EvaluateSegment(segment, [IndexPoint<T>(j, bits)], default);
            T image = protocol.ReceiveVirtual(term.Image);
            sum += coefficient * image;
            protocol.Owe(new Wiring<T>(term.Input, protocol.Circuit.ValueColumns[term.Input], Axes(term, point), image));
        }

        protocol.RequireZero(value - sum, $"relation of {Name}: weighted sum");
    }

    /// <summary>The point whose coordinates are the bits of <paramref name="index"/>.</summary>
    private static EvaluationPoint<T> IndexPoint<T>(int index, int bits)
        where T : struct, IScalar<T>
    {
        var point = new T[bits];
        for (int j = 0; j < bits; j++)
        {
            point[j] = ((index >> (bits - 1 - j)) & 1) == 1 ? T.One : T.Zero;
        }

        return new EvaluationPoint<T>(point);
    }

    private WiringAxis<T>[] Axes<T>(SumTerm term, EvaluationPoint<T> point)
        where T : struct, IScalar<T>
    {
        WiringAxis<T> batch = WiringAxis<T>.At(Layout.Batch(point));
        return term.Map switch
        {
            SeparableMap map =>
            [
                batch,
                Axis(map.Rows, Layout.Y(point)),
                Axis(map.Columns, Layout.X(point)),
                Axis(map.Channels, Layout.Channel(point)),
            ],
            GatherMap map => [batch, WiringAxis<T>.Over(GatherKernel(term, map, point.Suffix(Layout.CellBits)))],
            _ => throw new InvalidOperationException($"unknown map {term.Map.GetType().Name}"),
        };
    }

    private static WiringAxis<T> Axis<T>(AxisMap map, EvaluationPoint<T> output)
        where T : struct, IScalar<T> =>
        map.IsIdentity ? WiringAxis<T>.At(output) : WiringAxis<T>.Over(AxisKernels.Map(map, output));

    /// <summary>One multiplication for each cell: no product of axes describes the map.</summary>
    private T[] GatherKernel<T>(SumTerm term, GatherMap map, EvaluationPoint<T> output)
        where T : struct, IScalar<T>
    {
        T[] outputs = Equality.Table(output);
        T[] kernel = AxisKernels.Zeros<T>(1 << term.InputLayout.CellBits);
        ReadOnlySpan<int> sources = map.Source.AsSpan();
        for (int cell = 0; cell < sources.Length; cell++)
        {
            if (sources[cell] >= 0)
            {
                kernel[term.InputLayout.CellAddress(term.InputShape, sources[cell])] += outputs[Layout.CellAddress(Shape, cell)];
            }
        }

        return kernel;
    }
}
