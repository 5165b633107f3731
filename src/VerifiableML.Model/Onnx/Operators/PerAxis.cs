namespace VerifiableML.Model.Onnx.Operators;

/// <summary>The axis of <c>QuantizeLinear</c> and <c>DequantizeLinear</c> along which scales may differ.</summary>
internal static class PerAxis
{
    /// <summary>The axis, counted from the front; 1 by default, and of no meaning where there is one scale.</summary>
    public static int Axis(OperatorContext context) => context.Axis(context.Node.Integer("axis", 1), context.Input(0).Rank);

    /// <summary>Number of scales that a node may have.</summary>
    public static int Extent(OperatorContext context)
    {
        if (context.Node.Integer("block_size", 0) != 0)
        {
            throw context.Error("quantization in blocks is not supported");
        }

        return context.Input(1).Count == 1 ? 1 : context.Shape(0)[Axis(context)];
    }

    /// <summary>Cell <c>i</c> belongs to scale <c>i / Inner % Extent</c>.</summary>
    public static (int Extent, int Inner) Lines(OperatorContext context, QuantizationParameters parameters) => parameters.IsPerTensor
        ? (1, 1)
        : (parameters.Scales.Length, OnnxShape.Count(context.Shape(0).AsSpan()[(Axis(context) + 1)..]));
}
