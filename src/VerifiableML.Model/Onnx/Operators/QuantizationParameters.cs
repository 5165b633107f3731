using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// The constants of a quantized tensor: real value = <c>Scale · (integer − ZeroPoint)</c>, with one pair for the tensor or one for each
/// index of an
/// axis.
/// </summary>
/// <param name="ElementType">The integers' type.</param>
/// <param name="Scales">Scales: positive and finite; one, or one for each index.</param>
/// <param name="ZeroPoints">Zero points within the type, as many as scales.</param>
internal sealed record QuantizationParameters(OnnxElementType ElementType, ImmutableArray<float> Scales, ImmutableArray<int> ZeroPoints)
{
    /// <summary>True where one scale is for the whole tensor.</summary>
    public bool IsPerTensor => Scales.Length == 1;

    /// <summary>Least integer of the type.</summary>
    public int Least => ElementType == OnnxElementType.Int8 ? sbyte.MinValue : byte.MinValue;

    /// <summary>Greatest integer of the type.</summary>
    public int Most => ElementType == OnnxElementType.Int8 ? sbyte.MaxValue : byte.MaxValue;

    /// <summary>The scale at an index of the axis.</summary>
    public float Scale(int index) => Scales[IsPerTensor ? 0 : index];

    /// <summary>The zero point at an index of the axis.</summary>
    public int ZeroPoint(int index) => ZeroPoints[IsPerTensor ? 0 : index];

    /// <summary>
    /// The integer nearest to <paramref name="multiples"/> (of the scale), ties to even, moved by the zero point and saturated.
    /// </summary>
    public float Saturate(float multiples, int index) => Math.Clamp(MathF.Round(multiples) + ZeroPoint(index), Least, Most);

    /// <summary>Reads and checks the constants at two inputs of a node.</summary>
    /// <param name="context">The node.</param>
    /// <param name="scaleInput">Input that holds the scales.</param>
    /// <param name="zeroPointInput">Input that holds the zero points; where it is absent they are 0.</param>
    /// <param name="elementType">The type of the quantized tensor.</param>
    /// <param name="extent">Extent of the axis that may have its own constants for each index, or 1 where none may.</param>
    public static QuantizationParameters Of(
        OperatorContext context, int scaleInput, int zeroPointInput, OnnxElementType elementType, int extent = 1)
    {
        OnnxTensor scale = context.RequireConstant(scaleInput, "scale");
        if (!scale.IsFloat || scale.Shape.Length > 1 || (scale.Count != 1 && scale.Count != extent))
        {
            throw context.Error($"scale '{scale.Info}' must be one float{(extent > 1 ? $" or {extent}" : "")}");
        }

        foreach (float value in scale.Floats)
        {
            if (!(value > 0 && float.IsFinite(value)))
            {
                throw context.Error($"scale {value} in '{scale.Name}' is not positive");
            }
        }

        ImmutableArray<int> zeroPoints = ReadZeroPoints(context, zeroPointInput, elementType, scale.Count);
        return new QuantizationParameters(elementType, [.. scale.Floats], zeroPoints);
    }

    private static ImmutableArray<int> ReadZeroPoints(OperatorContext context, int input, OnnxElementType elementType, int count)
    {
        if (!context.Has(input))
        {
            return [.. Enumerable.Repeat(0, count)];
        }

        OnnxTensor zeroPoint = context.RequireConstant(input, "zero point");
        if (zeroPoint.ElementType != elementType || zeroPoint.Count != count || zeroPoint.Shape.Length > 1)
        {
            throw context.Error($"zero point '{zeroPoint.Info}' must be {count} of {elementType}, as its scale");
        }

        ImmutableArray<int> values = [.. zeroPoint.ToIntegers().Select(value => (int)value)];
        return elementType != OnnxElementType.Int32 || values.All(value => value == 0)
            ? values
            : throw context.Error($"zero point '{zeroPoint.Name}' of 32-bit integers must be 0");
    }
}
