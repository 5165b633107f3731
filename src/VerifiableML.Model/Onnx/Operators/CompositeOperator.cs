using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// An operator that is defined by others: when a file is read, its node is replaced by theirs, and nothing later knows of it.
/// </summary>
internal abstract class CompositeOperator(string opType, int leastInputs, int mostInputs, params ImmutableArray<string> attributes)
    : OperatorSignature(opType, leastInputs, mostInputs, attributes)
{
    /// <summary>Writes the nodes that take the place of <paramref name="node"/>; the last one makes its output.</summary>
    public abstract void Expand(OnnxNode node, CompositeExpansion expansion);
}
