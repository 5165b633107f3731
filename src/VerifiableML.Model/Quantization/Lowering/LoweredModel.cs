using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>A graph as layers over channels-last values, in real numbers.</summary>
/// <param name="InputShape">Shape of value 0.</param>
/// <param name="InputLayout">How the source model lays out its input.</param>
/// <param name="InputGrid">The input's integers where the source model prescribes them, or null.</param>
/// <param name="Layers">The layers.</param>
/// <param name="OutputValue">The proven output.</param>
/// <param name="OutputLayout">How the source model lays out its output.</param>
/// <param name="PostProcessing">What the source model does to the output afterwards.</param>
/// <param name="Tensors">For each value the float tensor of the source model that holds it, or null.</param>
internal sealed record LoweredModel(
    TensorShape InputShape,
    TensorLayout InputLayout,
    OutputGrid? InputGrid,
    IReadOnlyList<LoweredLayer> Layers,
    int OutputValue,
    TensorLayout OutputLayout,
    PostProcessing PostProcessing,
    IReadOnlyList<ValueSource?> Tensors);

/// <summary>The tensor of the source model that holds a value.</summary>
/// <param name="Tensor">The tensor's name.</param>
/// <param name="Cells">For each of its elements the value's cell.</param>
internal sealed record ValueSource(string Tensor, int[] Cells);
