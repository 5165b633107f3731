namespace VerifiableML.Model.Onnx.Operators;

/// <summary>Makes tensors of narrow integer types from 64-bit values.</summary>
internal static class IntegerTensor
{
    /// <summary>A node's output of an integer type.</summary>
    /// <exception cref="ModelFormatException">A value is outside the type.</exception>
    public static OnnxTensor Make(OperatorContext context, TensorType type, long[] values)
    {
        string name = context.Node.Output;
        try
        {
            return type.ElementType switch
            {
                OnnxElementType.Int8 => new OnnxTensor(name, type.Shape, Array.ConvertAll(values, value => checked((sbyte)value))),
                OnnxElementType.UInt8 => new OnnxTensor(name, type.Shape, Array.ConvertAll(values, value => checked((byte)value))),
                OnnxElementType.Int32 => new OnnxTensor(name, type.Shape, Array.ConvertAll(values, value => checked((int)value))),
                OnnxElementType.Int64 => new OnnxTensor(name, type.Shape, values),
                OnnxElementType.Bool => new OnnxTensor(name, type.Shape, Array.ConvertAll(values, value => value != 0)),
                _ => throw new InvalidOperationException($"{type.ElementType} is not an integer type"),
            };
        }
        catch (OverflowException)
        {
            throw context.Error($"a value of '{name}' is outside {type.ElementType}");
        }
    }
}
