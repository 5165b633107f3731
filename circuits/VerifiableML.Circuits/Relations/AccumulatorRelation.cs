using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Relations;

/// <summary>One limb of a requantization's remainder.</summary>
/// <param name="Column">Index of its column.</param>
/// <param name="Lookup">Index of its range lookup.</param>
/// <param name="Shift">The power of two that it is worth.</param>
public readonly record struct RemainderLimb(int Column, int Lookup, int Shift);

/// <summary>How the committed output of a node follows from its virtual accumulator.</summary>
/// <param name="Shift">Bits dropped.</param>
/// <param name="Quotient">The virtual column of quotients q.</param>
/// <param name="Activation">Index of the lookup (q, y).</param>
/// <param name="Limbs">The limbs of the remainder, least significant first.</param>
public sealed record RequantizationColumns(int Shift, VirtualColumn Quotient, int Activation, ImmutableArray<RemainderLimb> Limbs);

/// <summary>
/// A node with a virtual accumulator. Requantization, <c>acc + ⌊2^(s−1)⌋ = q · 2^s + rem</c> with <c>0 ≤ rem &lt; 2^s</c> and <c>y = f(q)</c>, needs no sumcheck:
/// the lookups leave the values of q, y and the remainder's limbs at one point, and they <i>define</i> the accumulator's value there, which
/// the node's linear relation then has to prove. q is never committed; committed data determine it.
/// </summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Shape">The output's extents.</param>
/// <param name="Layout">The output's layout.</param>
/// <param name="Output">Index of the output's column.</param>
/// <param name="Requantization">The columns of the requantization, or null where the output is the accumulator itself.</param>
/// <param name="Bias">Index of the bias's segment, or −1.</param>
public abstract record AccumulatorRelation(
    int Node, string Name, TensorShape Shape, TensorLayout Layout, int Output, RequantizationColumns? Requantization, int Bias)
    : Relation(Node, Name)
{
    /// <inheritdoc/>
    public override void State<T>(InferenceProtocol<T> protocol)
    {
        EvaluationPoint<T> point = protocol.LookupPoint.Suffix(Layout.Bits);
        T output = protocol.EvaluateColumn(protocol.Circuit.Columns[Output]);
        T accumulator = Requantization is { } columns ? Accumulator(protocol, columns, output, point) : output;
        if (Bias >= 0)
        {
            accumulator -= BiasAt(protocol, point);
        }

        StateLinear(protocol, point, accumulator);
    }

    /// <summary>Owes the proof that the linear part of the node takes <paramref name="value"/> at <paramref name="point"/>.</summary>
    protected abstract void StateLinear<T>(InferenceProtocol<T> protocol, EvaluationPoint<T> point, T value)
        where T : struct, IScalar<T>;

    private T Accumulator<T>(InferenceProtocol<T> protocol, RequantizationColumns columns, T output, EvaluationPoint<T> point)
        where T : struct, IScalar<T>
    {
        Circuit circuit = protocol.Circuit;
        T quotient = protocol.ReceiveVirtual(columns.Quotient);
        T accumulator = quotient * ScalarConstants.PowerOfTwo<T>(columns.Shift);
        foreach (RemainderLimb limb in columns.Limbs)
        {
            T value = protocol.EvaluateColumn(circuit.Columns[limb.Column]);
            protocol.State(circuit.Lookups[limb.Lookup], value, T.Zero);
            accumulator += value * ScalarConstants.PowerOfTwo<T>(limb.Shift);
        }

        Lookup activation = circuit.Lookups[columns.Activation];
        T key = quotient;
        if (circuit.Tables[activation.Table] is SaturatingTable { MarksPadding: true } table)
        {
            // A padded cell has the quotient 0, and must not take f(0): it looks up the key that stands for padding.
            key += (T.One - Live(point)) * ScalarConstants.Integer<T>(table.FirstKey);
        }

        protocol.State(activation, key, output);
        return columns.Shift == 0 ? accumulator : accumulator - ScalarConstants.PowerOfTwo<T>(columns.Shift - 1);
    }

    /// <summary>The bias reaches live cells only, so that accumulators of padded cells are zero.</summary>
    private T BiasAt<T>(InferenceProtocol<T> protocol, EvaluationPoint<T> point)
        where T : struct, IScalar<T>
    {
        EvaluationPoint<T> channel = Layout.Channel(point);
        int high = Math.Max(0, Layout.ChannelBits - protocol.Circuit.Layout.WeightRowBits);
        T bias = protocol.EvaluateSegment(protocol.Circuit.Segments[Bias], [channel.Prefix(high)], default);
        return bias * Equality.SumBelow(Layout.Y(point), Shape.Rows) * Equality.SumBelow(Layout.X(point), Shape.Columns);
    }

    /// <summary>The multilinear extension of the indicator of live cells.</summary>
    private T Live<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T> =>
        Equality.SumBelow(Layout.Y(point), Shape.Rows)
        * Equality.SumBelow(Layout.X(point), Shape.Columns)
        * Equality.SumBelow(Layout.Channel(point), Shape.Channels);
}
