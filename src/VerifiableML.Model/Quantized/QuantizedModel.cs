using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>What a user computes from the proven output, outside the proof.</summary>
public enum PostProcessing
{
    /// <summary>Nothing: the proven output is the model's output.</summary>
    None,

    /// <summary>The index of the greatest proven logit.</summary>
    ArgMax,

    /// <summary>Softmax of the proven logits.</summary>
    Softmax,
}

/// <summary>A model in exact integers: what is executed, committed to and proven.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Input">Value 0.</param>
/// <param name="Nodes">Operations in an order in which each reads only earlier values.</param>
/// <param name="OutputValue">The value that is the model's proven output.</param>
/// <param name="PostProcessing">What the source model did to that output afterwards.</param>
public sealed record QuantizedModel(
    string Name, QuantizedTensor Input, ImmutableArray<QuantizedNode> Nodes, int OutputValue, PostProcessing PostProcessing)
{
    /// <summary>How the source model laid out the input's cells.</summary>
    public TensorLayout InputLayout { get; init; } = TensorLayout.Of(Input.Shape);

    /// <summary>How the source model laid out the proven output's cells.</summary>
    /// <remarks>A model that nobody has validated yet may name an output that does not exist; that is for the validator to say.</remarks>
    public TensorLayout OutputLayout { get; init; } =
        TensorLayout.Of((OutputValue >= 1 && OutputValue <= Nodes.Length ? Nodes[OutputValue - 1].Output : Input).Shape);

    /// <summary>The tensor of value <paramref name="value"/>.</summary>
    public QuantizedTensor Tensor(int value) => value == 0 ? Input : Nodes[value - 1].Output;

    /// <summary>The proven output's tensor.</summary>
    public QuantizedTensor Output => Tensor(OutputValue);
}
