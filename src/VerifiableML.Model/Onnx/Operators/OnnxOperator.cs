using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// What an operator computes, by the ONNX operator specification (operator sets 7 to 25): the shape of its output, and its values in
/// floating point. One class for each operator; what it asserts in a proof is said elsewhere.
/// </summary>
internal abstract class OnnxOperator(string opType, int leastInputs, int mostInputs, params ImmutableArray<string> attributes)
    : OperatorSignature(opType, leastInputs, mostInputs, attributes)
{
    /// <summary>
    /// Type and shape of the output. Throws the node's error where inputs or attributes do not fit; what it accepts,
    /// <see cref="Compile"/> accepts.
    /// </summary>
    public abstract TensorType Infer(OperatorContext context);

    /// <summary>
    /// The output's values where they do not depend on the model's input, or null. Exact for integers. Called after <see
    /// cref="Infer"/>, with
    /// its result; the tensor that is returned carries the output's name.
    /// </summary>
    public virtual OnnxTensor? Fold(OperatorContext context, TensorType output) => null;

    /// <summary>The computation in floating point, for the shapes in <paramref name="context"/>.</summary>
    public abstract FloatKernel Compile(OperatorContext context, TensorType output);

    /// <summary>About how many multiply-accumulates, comparisons or copies one sample costs.</summary>
    public virtual double Operations(OperatorContext context, TensorType output) => output.Count;

    /// <summary>True where a node all of whose inputs are constants stays in the graph.</summary>
    public virtual bool StaysOnConstants => false;

    /// <summary>
    /// True where cells with different indices on axis 0 meet although the output has the input's shape, so that axis 0 cannot count
    /// samples.
    /// </summary>
    public virtual bool MixesFirstAxis(OperatorContext context) => false;
}

/// <summary>Element type and shape of a tensor.</summary>
/// <param name="ElementType">Type of its elements.</param>
/// <param name="Shape">Extents, outermost first.</param>
internal readonly record struct TensorType(OnnxElementType ElementType, ImmutableArray<int> Shape)
{
    /// <summary>Number of elements.</summary>
    public int Count => OnnxShape.Count(Shape);

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{ElementType}{OnnxShape.Format(Shape)}";
}
