using System.Diagnostics.CodeAnalysis;
using ILGPU;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using Words = ILGPU.Runtime.MemoryBuffer1D<ulong, ILGPU.Stride1D.Dense>;

namespace VerifiableML.Gpu.Vectors;

/// <summary>The memory of one vector on the device.</summary>
internal sealed class GpuStore : DeviceStore
{
    private readonly GpuVectors _vectors;
    private Words? _buffer;

    public GpuStore(GpuVectors vectors, long words)
    {
        _vectors = vectors;
        _buffer = vectors.Pool.Rent(words);
    }

    /// <summary>A vector that a failure kept from being disposed of still gives its memory back.</summary>
    ~GpuStore() => Release();

    /// <summary>Which device's.</summary>
    public GpuVectors Owner => _vectors;

    /// <summary>A slice of this store as a kernel's argument.</summary>
    public DeviceSlice View(FrSlice slice)
    {
        Words? buffer = _buffer;
        ObjectDisposedException.ThrowIf(buffer is null, this);
        return new DeviceSlice(buffer.View.BaseView, slice.Offset, slice.Stride, slice.Length);
    }

    /// <inheritdoc/>
    public override void Download(FrSlice source, FrSlice host) => _vectors.Run(() =>
    {
        DeviceSlice view = View(source);
        for (int plane = 0; plane < 4; plane++)
        {
            _vectors.Transfers.Download(view.Words.SubView((plane * view.Stride) + view.Offset, view.Length), host.Plane(plane));
        }

        _vectors.Transfers.Wait();
        return 0;
    });

    /// <inheritdoc/>
    public override void Upload(FrSlice host, FrSlice destination) => _vectors.Run(() =>
    {
        DeviceSlice view = View(destination);
        for (int plane = 0; plane < 4; plane++)
        {
            _vectors.Transfers.Upload<ulong>(host.Plane(plane), view.Words.SubView((plane * view.Stride) + view.Offset, view.Length));
        }

        return 0;
    });

    /// <inheritdoc/>
    public override void Copy(FrSlice source, FrSlice destination)
    {
        if (source.Device is not GpuStore from || from._vectors != _vectors)
        {
            throw new ArgumentException("The slices are on two devices.", nameof(source));
        }

        _vectors.Copy(from.View(source), View(destination), overlapping: from == this);
    }

    /// <inheritdoc/>
    public override void Fill(FrSlice destination, Fr value) => _vectors.Fill(View(destination), value);

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816", Justification = "Release is this type's Dispose: afterwards there is nothing to finalize.")]
    public override void Release()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            _vectors.Pool.Return(buffer);
            GC.SuppressFinalize(this);
        }
    }
}
