using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Relations;

/// <summary><c>acc = left · right</c>, cell by cell, as the sum <c>Σ_x eq(r, x) left(x) right(x)</c>.</summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Shape">The output's extents.</param>
/// <param name="Layout">The layout of output and factors.</param>
/// <param name="Output">Index of the output's column.</param>
/// <param name="Requantization">The columns of the requantization, or null.</param>
/// <param name="Left">The value that is one factor.</param>
/// <param name="Right">The value that is the other.</param>
public sealed record ProductRelation(
    int Node, string Name, TensorShape Shape, TensorLayout Layout, int Output, RequantizationColumns? Requantization, int Left, int Right)
    : AccumulatorRelation(Node, Name, Shape, Layout, Output, Requantization, -1)
{
    /// <inheritdoc/>
    protected override void StateLinear<T>(InferenceProtocol<T> protocol, EvaluationPoint<T> point, T value) =>
        protocol.Owe(new ProductContraction<T>(this, value, point));
}

/// <summary>The contraction that a <see cref="ProductRelation"/> states.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Relation">The relation.</param>
/// <param name="Value">The claimed sum.</param>
/// <param name="OutputPoint">The point of the output.</param>
public sealed record ProductContraction<T>(ProductRelation Relation, T Value, EvaluationPoint<T> OutputPoint)
    : Contraction<T>(Relation.Node, Relation.Layout.Bits, Value, OutputPoint)
    where T : struct, IScalar<T>
{
    /// <inheritdoc/>
    public override void Discharge(InferenceProtocol<T> protocol, (T Left, T Right) factors, EvaluationPoint<T> point)
    {
        Column[] columns = [protocol.Circuit.ValueColumns[Relation.Left], protocol.Circuit.ValueColumns[Relation.Right]];
        protocol.Owe(new EvaluationClaim<T>(columns[0], point, factors.Left));
        protocol.Owe(new EvaluationClaim<T>(columns[1], point, factors.Right));
    }
}
