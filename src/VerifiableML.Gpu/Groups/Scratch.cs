using ILGPU;
using ILGPU.Runtime;

namespace VerifiableML.Gpu.Groups;

/// <summary>Device memory that is used again and again, and grows to the largest use.</summary>
/// <param name="accelerator">The device.</param>
internal sealed class Scratch<T>(Accelerator accelerator) : IDisposable
    where T : unmanaged
{
    private MemoryBuffer1D<T, Stride1D.Dense>? _buffer;

    /// <summary>The first <paramref name="length"/> elements, with whatever they were left with.</summary>
    public ArrayView<T> Take(int length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            // What may still be running on the stream uses the old memory: the driver frees it after that.
            _buffer?.Dispose();
            _buffer = null;
            _buffer = accelerator.Allocate1D<T>(Math.Max(length, 1));
        }

        return _buffer.View.BaseView.SubView(0, length);
    }

    public void Dispose() => _buffer?.Dispose();
}
