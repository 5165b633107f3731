using System.Collections.Immutable;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>A way to read the shape that a file declares for its input.</summary>
/// <param name="Info">The input for one sample.</param>
/// <param name="HasBatchAxis">True where axis 0 counts samples.</param>
/// <param name="DeclaredBatch">The number of samples that the file was written for, where above 1; else 0.</param>
internal sealed record InputDeclaration(OnnxTensorInfo Info, bool HasBatchAxis, int DeclaredBatch)
{
    /// <summary>
    /// The ways to read the declared input, the likeliest first. A dynamic first axis, or one of extent 1, counts samples. One of
    /// greater extent
    /// counts samples if the model treats them all alike, which only shape inference shows.
    /// </summary>
    public static ImmutableArray<InputDeclaration> Candidates(string file, ValueMessage value, OnnxLimits limits)
    {
        string place = $"input '{value.Name}'";
        if (value.Type?.TensorType is not { } type)
        {
            throw ModelFormatException.At(file, place, "is not a tensor");
        }

        OnnxElementType elementType = TensorDecoder.ElementType(type.ElemType) is OnnxElementType supported and not OnnxElementType.Bool
            ? supported
            : throw ModelFormatException.At(file, place, $"element type {TensorDecoder.TypeName(type.ElemType)} is not supported");
        if (type.Shape is not { Dim.Count: > 0 and <= OnnxLimits.GreatestRank } declared)
        {
            throw ModelFormatException.At(file, place, $"it must have a shape of 1 to {OnnxLimits.GreatestRank} axes");
        }

        int[] shape = new int[declared.Dim.Count];
        long count = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = Extent(file, place, axis, declared.Dim[axis], limits);
            count *= shape[axis];
            if (count > limits.TensorElements)
            {
                throw ModelFormatException.At(file, place, $"more than {limits.TensorElements} elements");
            }
        }

        int batch = IsOpen(declared.Dim[0]) ? 1 : shape[0];
        InputDeclaration whole = new(new OnnxTensorInfo(value.Name, elementType, [.. shape]), false, 0);
        shape[0] = 1;
        InputDeclaration sample = new(new OnnxTensorInfo(value.Name, elementType, [.. shape]), true, batch > 1 ? batch : 0);
        return batch == 1 ? [sample] : shape.Length == 1 ? [whole] : [sample, whole];
    }

    private static bool IsOpen(DimensionMessage dimension) =>
        dimension.ExtentCase != DimensionMessage.ExtentOneofCase.DimValue || dimension.DimValue is 0 or -1;

    private static int Extent(string file, string place, int axis, DimensionMessage dimension, OnnxLimits limits)
    {
        if (IsOpen(dimension))
        {
            return axis == 0
                ? 1
                : throw ModelFormatException.At(
                    file, place, $"axis {axis} has no fixed extent ('{dimension.DimParam}'); only the first, the batch, may be open");
        }

        return dimension.DimValue > 0 && dimension.DimValue <= limits.TensorElements
            ? (int)dimension.DimValue
            : throw ModelFormatException.At(file, place, $"axis {axis} has extent {dimension.DimValue}");
    }
}
