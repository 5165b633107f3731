using System.Collections.Immutable;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Model.Float;

/// <summary>Values of a tensor at run time, row-major. Integers (of quantized tensors, of ArgMax) are held as floats, exactly.</summary>
/// <param name="Shape">Extents, outermost first.</param>
/// <param name="Data">The elements. Not to be written to by readers.</param>
public sealed record FloatTensor(ImmutableArray<int> Shape, float[] Data)
{
    /// <summary>A tensor of zeros.</summary>
    public FloatTensor(ImmutableArray<int> shape)
        : this(shape, new float[OnnxShape.Count(shape)])
    {
    }

    /// <summary>Number of elements.</summary>
    public int Count => Data.Length;

    /// <summary>The elements, to be read.</summary>
    public ReadOnlySpan<float> Values => Data;
}
