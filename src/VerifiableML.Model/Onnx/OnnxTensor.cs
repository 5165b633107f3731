using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx;

/// <summary>A tensor with its values: an initializer, or what constant folding made. Row-major. Immutable by convention.</summary>
public sealed class OnnxTensor
{
    // Told apart by the element type alone: to the runtime an array of bytes is also one of signed bytes.
    private readonly Array _data;

    private OnnxTensor(OnnxTensorInfo info, Array data)
    {
        if (data.Length != info.Count)
        {
            throw new ArgumentException($"{data.Length} values for the tensor {info}");
        }

        Info = info;
        _data = data;
    }

    /// <summary>A tensor of floats.</summary>
    public OnnxTensor(string name, ImmutableArray<int> shape, float[] values)
        : this(new OnnxTensorInfo(name, OnnxElementType.Float, shape), values)
    {
    }

    /// <summary>A tensor of signed bytes.</summary>
    public OnnxTensor(string name, ImmutableArray<int> shape, sbyte[] values)
        : this(new OnnxTensorInfo(name, OnnxElementType.Int8, shape), values)
    {
    }

    /// <summary>A tensor of unsigned bytes.</summary>
    public OnnxTensor(string name, ImmutableArray<int> shape, byte[] values)
        : this(new OnnxTensorInfo(name, OnnxElementType.UInt8, shape), values)
    {
    }

    /// <summary>A tensor of 32-bit integers.</summary>
    public OnnxTensor(string name, ImmutableArray<int> shape, int[] values)
        : this(new OnnxTensorInfo(name, OnnxElementType.Int32, shape), values)
    {
    }

    /// <summary>A tensor of 64-bit integers.</summary>
    public OnnxTensor(string name, ImmutableArray<int> shape, long[] values)
        : this(new OnnxTensorInfo(name, OnnxElementType.Int64, shape), values)
    {
    }

    /// <summary>A tensor of truth values.</summary>
    public OnnxTensor(string name, ImmutableArray<int> shape, bool[] values)
        : this(new OnnxTensorInfo(name, OnnxElementType.Bool, shape), values)
    {
    }

    /// <summary>Name, element type and shape.</summary>
    public OnnxTensorInfo Info { get; }

    /// <summary>The tensor's name.</summary>
    public string Name => Info.Name;

    /// <summary>Type of the elements.</summary>
    public OnnxElementType ElementType => Info.ElementType;

    /// <summary>Extents, outermost first; empty for a scalar.</summary>
    public ImmutableArray<int> Shape => Info.Shape;

    /// <summary>Number of elements.</summary>
    public int Count => _data.Length;

    /// <summary>True for floats.</summary>
    public bool IsFloat => ElementType == OnnxElementType.Float;

    /// <summary>The elements of a tensor of floats.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds integers.</exception>
    public ReadOnlySpan<float> Floats =>
        _data as float[] ?? throw new InvalidOperationException($"tensor {Info} does not hold floats");

    /// <summary>A copy of the elements of any tensor, converted to floats (rounded above 2^24).</summary>
    public float[] ToFloats() => ElementType switch
    {
        OnnxElementType.Float => (float[])_data.Clone(),
        OnnxElementType.Int8 => Array.ConvertAll((sbyte[])_data, value => (float)value),
        OnnxElementType.UInt8 => Array.ConvertAll((byte[])_data, value => (float)value),
        OnnxElementType.Int32 => Array.ConvertAll((int[])_data, value => (float)value),
        OnnxElementType.Int64 => Array.ConvertAll((long[])_data, value => (float)value),
        _ => Array.ConvertAll((bool[])_data, value => value ? 1f : 0f),
    };

    /// <summary>A copy of the elements of a tensor of integers or truth values.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds floats.</exception>
    public long[] ToIntegers() => ElementType switch
    {
        OnnxElementType.Int8 => Array.ConvertAll((sbyte[])_data, value => (long)value),
        OnnxElementType.UInt8 => Array.ConvertAll((byte[])_data, value => (long)value),
        OnnxElementType.Int32 => Array.ConvertAll((int[])_data, value => (long)value),
        OnnxElementType.Int64 => (long[])_data.Clone(),
        OnnxElementType.Bool => Array.ConvertAll((bool[])_data, value => value ? 1L : 0L),
        _ => throw new InvalidOperationException($"tensor {Info} does not hold integers"),
    };

    /// <summary>The integer at <paramref name="index"/>.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds floats.</exception>
    public long Integer(int index) => ElementType switch
    {
        OnnxElementType.Int8 => ((sbyte[])_data)[index],
        OnnxElementType.UInt8 => ((byte[])_data)[index],
        OnnxElementType.Int32 => ((int[])_data)[index],
        OnnxElementType.Int64 => ((long[])_data)[index],
        OnnxElementType.Bool => ((bool[])_data)[index] ? 1 : 0,
        _ => throw new InvalidOperationException($"tensor {Info} does not hold integers"),
    };

    /// <summary>The same values under another name and shape.</summary>
    public OnnxTensor Reshape(string name, ImmutableArray<int> shape) => new(new OnnxTensorInfo(name, ElementType, shape), _data);

    /// <summary>A tensor of which element <c>i</c> is this one's element <c>source[i]</c>.</summary>
    public OnnxTensor Gather(string name, ImmutableArray<int> shape, ReadOnlySpan<int> source)
    {
        Array data = ElementType switch
        {
            OnnxElementType.Float => Pick((float[])_data, source),
            OnnxElementType.Int8 => Pick((sbyte[])_data, source),
            OnnxElementType.UInt8 => Pick((byte[])_data, source),
            OnnxElementType.Int32 => Pick((int[])_data, source),
            OnnxElementType.Int64 => Pick((long[])_data, source),
            _ => Pick((bool[])_data, source),
        };
        return new OnnxTensor(new OnnxTensorInfo(name, ElementType, shape), data);
    }

    /// <summary>The elements of tensors of one type, one tensor after another, as a vector.</summary>
    public static OnnxTensor Join(string name, ImmutableArray<OnnxTensor> tensors)
    {
        int count = tensors.Sum(tensor => tensor.Count);
        Array data = Array.CreateInstance(tensors[0]._data.GetType().GetElementType()!, count);
        int start = 0;
        foreach (OnnxTensor tensor in tensors)
        {
            Array.Copy(tensor._data, 0, data, start, tensor.Count);
            start += tensor.Count;
        }

        return new OnnxTensor(new OnnxTensorInfo(name, tensors[0].ElementType, [count]), data);
    }

    /// <summary>The elements as floats, without a copy where they are floats already. Not to be written to.</summary>
    internal float[] AsFloats() => _data as float[] ?? ToFloats();

    private static T[] Pick<T>(T[] values, ReadOnlySpan<int> source)
    {
        T[] result = new T[source.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[source[i]];
        }

        return result;
    }
}
