using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Relations;

/// <summary>
/// The greatest of a window's inputs, as a chain <c>m_j = max(x_j, m_(j−1))</c>: each link is one lookup <c>(x_j − m_(j−1), m_j − m_(j−1))</c> in the table of
/// <c>max(d, 0)</c>. The <c>x_j</c> are virtual, one for each offset of the window; the <c>m_j</c> are committed, and the last is the output.
/// </summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Layout">The output's layout.</param>
/// <param name="Input">The value that is read.</param>
/// <param name="InputLayout">That value's layout.</param>
/// <param name="Rows">The vertical window.</param>
/// <param name="Columns">The horizontal window.</param>
/// <param name="Offsets">The virtual column of each offset, row-major.</param>
/// <param name="Maxima">Indices of the columns of running maxima, from the second offset on; the last is the output's.</param>
/// <param name="Lookups">Indices of the lookups, one for each link.</param>
public sealed record MaxPoolRelation(
    int Node, string Name, TensorLayout Layout, int Input, TensorLayout InputLayout, AxisWindow Rows, AxisWindow Columns,
    ImmutableArray<VirtualColumn> Offsets, ImmutableArray<int> Maxima, ImmutableArray<int> Lookups)
    : Relation(Node, Name)
{
    /// <inheritdoc/>
    public override void State<T>(InferenceProtocol<T> protocol)
    {
        EvaluationPoint<T> point = protocol.LookupPoint.Suffix(Layout.Bits);
        T maximum = StateOffset(protocol, point, 0);
        if (Offsets.Length == 1)
        {
            // A window of one input copies it; the output is then the only "maximum".
            T output = protocol.EvaluateColumn(protocol.Circuit.Columns[Maxima[0]]);
            protocol.RequireZero(output - maximum, $"relation of {Name}: copy");
            return;
        }

        for (int j = 1; j < Offsets.Length; j++)
        {
            T input = StateOffset(protocol, point, j);
            T next = protocol.EvaluateColumn(protocol.Circuit.Columns[Maxima[j - 1]]);
            protocol.State(protocol.Circuit.Lookups[Lookups[j - 1]], input - maximum, next - maximum);
            maximum = next;
        }
    }

    private T StateOffset<T>(InferenceProtocol<T> protocol, EvaluationPoint<T> point, int offset)
        where T : struct, IScalar<T>
    {
        T value = protocol.ReceiveVirtual(Offsets[offset]);
        protocol.Owe(new Wiring<T>(
            Input,
            protocol.Circuit.ValueColumns[Input],
            [
                WiringAxis<T>.At(Layout.Batch(point)),
                Axis(Rows, Layout.Y(point), offset / Columns.Kernel),
                Axis(Columns, Layout.X(point), offset % Columns.Kernel),
                WiringAxis<T>.At(Layout.Channel(point)),
            ],
            value));
        return value;
    }

    private static WiringAxis<T> Axis<T>(AxisWindow window, EvaluationPoint<T> output, int offset)
        where T : struct, IScalar<T> =>
        window.IsIdentity ? WiringAxis<T>.At(output) : WiringAxis<T>.Over(AxisKernels.PoolOffset(window, output, offset));
}
