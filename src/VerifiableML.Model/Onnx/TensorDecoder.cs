using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>Makes checked tensors of those in a file.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="limits">Limits.</param>
internal sealed class TensorDecoder(string file, OnnxLimits limits)
{
    private const int Double = 11;
    private long _elements;

    /// <summary>Names of the format's element types, by number.</summary>
    private static readonly ImmutableArray<string> TypeNames =
    [
        "undefined", "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "double",
        "uint32", "uint64", "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2",
        "float8e5m2fnuz", "uint4", "int4", "float4e2m1",
    ];

    /// <summary>The element type with a number of the format; 64-bit floats become 32-bit floats.</summary>
    public static OnnxElementType? ElementType(int number) => number == Double
        ? OnnxElementType.Float
        : Enum.IsDefined((OnnxElementType)number) ? (OnnxElementType)number : null;

    /// <summary>A name for an element type's number.</summary>
    public static string TypeName(int number) => (uint)number < (uint)TypeNames.Length ? TypeNames[number] : $"number {number}";

    /// <summary>A tensor of the file.</summary>
    /// <param name="message">The tensor as it was parsed.</param>
    /// <param name="name">The name that it gets.</param>
    /// <param name="place">Where it stands, for messages.</param>
    public OnnxTensor Decode(TensorMessage message, string name, string place)
    {
        if (message.ExternalData.Count > 0 || message.DataLocation != 0)
        {
            throw Error(place, "its data are in another file, which is not supported; save the model as a single file");
        }

        if (message.HasSegment)
        {
            throw Error(place, "tensors in segments are not supported");
        }

        OnnxElementType type = ElementType(message.DataType)
            ?? throw Error(place, $"element type {TypeName(message.DataType)} is not supported");
        ImmutableArray<int> shape = Shape(message, place);
        int count = OnnxShape.Count(shape);
        CheckLength(message, count, place);
        return type switch
        {
            OnnxElementType.Float => new OnnxTensor(name, shape, Floats(message, place)),
            OnnxElementType.Int64 => new OnnxTensor(name, shape, message.HasRawData ? Raw<long>(message) : [.. message.Int64Data]),
            OnnxElementType.Int32 => new OnnxTensor(name, shape, message.HasRawData ? Raw<int>(message) : [.. message.Int32Data]),
            OnnxElementType.UInt8 => new OnnxTensor(name, shape, Bytes(message, place)),
            OnnxElementType.Int8 => new OnnxTensor(name, shape, message.HasRawData ? Raw<sbyte>(message) : Narrow<sbyte>(message, place)),
            _ => new OnnxTensor(name, shape, Array.ConvertAll(Bytes(message, place), value => value != 0)),
        };
    }

    private ImmutableArray<int> Shape(TensorMessage message, string place)
    {
        if (message.Dims.Count > OnnxLimits.GreatestRank)
        {
            throw Error(place, $"{message.Dims.Count} axes are more than {OnnxLimits.GreatestRank}");
        }

        long count = 1;
        foreach (long extent in message.Dims)
        {
            if (extent < 0 || extent > limits.TensorElements)
            {
                throw Error(place, $"extent {extent} is out of range");
            }

            count *= extent;
            if (count > limits.TensorElements)
            {
                throw Error(place, $"more than {limits.TensorElements} elements");
            }
        }

        _elements += count;
        return _elements <= limits.StoredElements
            ? [.. message.Dims.Select(extent => (int)extent)]
            : throw Error(place, $"the file's tensors have more than {limits.StoredElements} elements");
    }

    private void CheckLength(TensorMessage message, int count, string place)
    {
        (int typed, int size) = message.DataType switch
        {
            (int)OnnxElementType.Float => (message.FloatData.Count, 4),
            Double => (message.DoubleData.Count, 8),
            (int)OnnxElementType.Int64 => (message.Int64Data.Count, 8),
            (int)OnnxElementType.Int32 => (message.Int32Data.Count, 4),
            _ => (message.Int32Data.Count, 1),
        };
        int all = message.FloatData.Count + message.DoubleData.Count + message.Int64Data.Count + message.Int32Data.Count;
        if (all > (message.HasRawData ? 0 : typed))
        {
            throw Error(place, "it has data of more than one kind, or of another type than its own");
        }

        if (message.HasRawData ? message.RawData.Length != (long)count * size : typed != count)
        {
            string found = message.HasRawData ? $"{message.RawData.Length} bytes" : $"{typed} values";
            throw Error(place, $"{found} of data where its shape asks for {count} elements of {size} bytes");
        }
    }

    private float[] Floats(TensorMessage message, string place)
    {
        float[] values;
        if (message.DataType == Double)
        {
            double[] wide = message.HasRawData ? Raw<double>(message) : [.. message.DoubleData];
            values = Array.ConvertAll(wide, value => (float)value);
        }
        else
        {
            values = message.HasRawData ? Raw<float>(message) : [.. message.FloatData];
        }

        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0 ? values : throw Error(place, $"element {bad} is {(float.IsNaN(values[bad]) ? "NaN" : "infinite")}");
    }

    private byte[] Bytes(TensorMessage message, string place) => message.HasRawData ? Raw<byte>(message) : Narrow<byte>(message, place);

    // The format's byte order is little-endian, and so is that of every machine that .NET 10 runs on with vector units.
    private static T[] Raw<T>(TensorMessage message)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(message.RawData.Span).ToArray();

    private T[] Narrow<T>(TensorMessage message, string place)
        where T : struct, System.Numerics.INumber<T>
    {
        T[] values = new T[message.Int32Data.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int value = message.Int32Data[i];
            values[i] = T.CreateTruncating(value);
            if (int.CreateTruncating(values[i]) != value)
            {
                throw Error(place, $"element {i}, {value}, is outside its type");
            }
        }

        return values;
    }

    private ModelFormatException Error(string place, string cause) => ModelFormatException.At(file, place, cause);
}
