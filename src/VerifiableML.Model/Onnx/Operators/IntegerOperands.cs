namespace VerifiableML.Model.Onnx.Operators;

/// <summary>Checks and prepares integer operands of quantized operators.</summary>
internal static class IntegerOperands
{
    /// <summary>The element type of an input, which must be one of 8 bits.</summary>
    public static OnnxElementType Require8Bits(OperatorContext context, int input) =>
        context.Input(input).ElementType is OnnxElementType.Int8 or OnnxElementType.UInt8
            ? context.Input(input).ElementType
            : throw context.Error($"'{context.Input(input).Name}' must hold 8-bit integers and holds {context.Input(input).ElementType}");

    /// <summary>Refuses a bias that is not a constant of 32-bit integers.</summary>
    public static void RequireBias(OperatorContext context, int input)
    {
        if (context.Has(input) && context.RequireConstant(input, "bias").ElementType != OnnxElementType.Int32)
        {
            throw context.Error($"bias '{context.Input(input).Name}' must hold 32-bit integers");
        }
    }

    /// <summary>A constant's integers minus their zero points; element <c>i</c> belongs to channel <c>i / inner % channels</c>.</summary>
    public static int[] Centred(OnnxTensor constant, QuantizationParameters parameters, int channels, int inner)
    {
        long[] values = constant.ToIntegers();
        int[] centred = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            centred[i] = (int)values[i] - parameters.ZeroPoint(i / inner % channels);
        }

        return centred;
    }

    /// <summary>Integers that are held as floats, minus their zero point.</summary>
    public static void Centre(ReadOnlySpan<float> values, int zeroPoint, Span<int> centred)
    {
        for (int i = 0; i < values.Length; i++)
        {
            centred[i] = (int)values[i] - zeroPoint;
        }
    }
}
