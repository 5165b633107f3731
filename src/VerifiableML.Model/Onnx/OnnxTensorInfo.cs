using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx;

/// <summary>What is known of a tensor before anything is executed.</summary>
/// <param name="Name">The tensor's name, unique in its graph.</param>
/// <param name="ElementType">Type of its elements.</param>
/// <param name="Shape">Extents, outermost first, each at least 1 for activations; empty for a scalar.</param>
public sealed record OnnxTensorInfo(string Name, OnnxElementType ElementType, ImmutableArray<int> Shape)
{
    /// <summary>Number of elements.</summary>
    public int Count => OnnxShape.Count(Shape);

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>Name and shape for messages: <c>'conv1.weight' [8, 3, 5, 5]</c>.</summary>
    public string Title => $"'{Name}' {OnnxShape.Format(Shape)}";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {ElementType}{OnnxShape.Format(Shape)}";
}
