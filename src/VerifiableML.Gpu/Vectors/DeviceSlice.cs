using ILGPU;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors;

/// <summary>A slice of a vector in device memory, as a kernel's argument: limb plane j of element i is word j·Stride + Offset + i.</summary>
/// <param name="words">The words of all planes.</param>
/// <param name="offset">Where element 0 begins in plane 0.</param>
/// <param name="stride">Words from one plane to the next.</param>
/// <param name="length">Number of elements.</param>
internal readonly struct DeviceSlice(ArrayView<ulong> words, int offset, int stride, int length)
{
    /// <summary>The words of all planes.</summary>
    public readonly ArrayView<ulong> Words = words;

    /// <summary>Where element 0 begins in plane 0.</summary>
    public readonly int Offset = offset;

    /// <summary>Words from one plane to the next.</summary>
    public readonly int Stride = stride;

    /// <summary>Number of elements.</summary>
    public readonly int Length = length;

    /// <summary>Element <paramref name="i"/>; not checked.</summary>
    public DeviceElement Load(int i) => Planes.Load(Words, Offset + i, Stride);

    /// <summary>Sets element <paramref name="i"/>; not checked.</summary>
    public void Store(int i, DeviceElement value) => Planes.Store(Words, Offset + i, Stride, value);
}
