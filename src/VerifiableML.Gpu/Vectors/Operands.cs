using ILGPU;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors;

/// <summary>
/// What one call of a kernel works on. Slices on the device are taken as they are; slices on the host are copied up, and those that are written
/// to are copied down at the end.
/// </summary>
/// <param name="vectors">The device's vectors.</param>
internal sealed class Operands(GpuVectors vectors) : IDisposable
{
    private readonly List<GpuStore> _borrowed = [];
    private readonly List<(FrSlice OnDevice, FrSlice OnHost)> _results = [];

    /// <summary>A slice that is read.</summary>
    public DeviceSlice Read(FrSlice slice) => slice.Device is null ? Staged(slice, upload: true, download: false) : View(slice);

    /// <summary>A slice all of whose elements are written.</summary>
    public DeviceSlice Write(FrSlice slice) => slice.Device is null ? Staged(slice, upload: false, download: true) : View(slice);

    /// <summary>A slice that is read and written.</summary>
    public DeviceSlice Update(FrSlice slice) => slice.Device is null ? Staged(slice, upload: true, download: true) : View(slice);

    /// <summary>Memory for so many elements, which lie next to each other.</summary>
    public ArrayView<DeviceElement> Scratch(int elements)
    {
        var store = new GpuStore(vectors, 4L * Math.Max(elements, 1));
        _borrowed.Add(store);
        return store.View(default).Words.Cast<DeviceElement>().SubView(0, elements);
    }

    /// <summary>Memory for so many values of a type without references, with whatever it was left with.</summary>
    public ArrayView<T> Scratch<T>(int count)
        where T : unmanaged
    {
        var store = new GpuStore(vectors, (((long)Math.Max(count, 1) * Interop.SizeOf<T>()) + sizeof(ulong) - 1) / sizeof(ulong));
        _borrowed.Add(store);
        return store.View(default).Words.Cast<T>().SubView(0, count);
    }

    /// <summary>Memory for a slice of so many elements.</summary>
    public DeviceSlice ScratchSlice(int elements)
    {
        int stride = GpuVectors.Stride(elements);
        var store = new GpuStore(vectors, 4L * stride);
        _borrowed.Add(store);
        return store.View(new FrSlice(store, 0, stride, elements));
    }

    /// <summary>Elements of the host, copied to memory where they lie next to each other.</summary>
    public ArrayView<DeviceElement> Upload(ReadOnlySpan<Fr> elements)
    {
        ArrayView<DeviceElement> view = Scratch(elements.Length);
        vectors.Transfers.Upload(System.Runtime.InteropServices.MemoryMarshal.Cast<Fr, DeviceElement>(elements), view);
        return view;
    }

    /// <summary>Integers of the host that are needed once.</summary>
    public ArrayView<int> Upload(ReadOnlySpan<int> integers)
    {
        var store = new GpuStore(vectors, Math.Max(1, (integers.Length + 1) / 2));
        _borrowed.Add(store);
        ArrayView<int> view = store.View(default).Words.Cast<int>().SubView(0, integers.Length);
        vectors.Transfers.Upload(integers, view);
        return view;
    }

    /// <summary>Copies results to the host.</summary>
    public void Finish()
    {
        foreach ((FrSlice onDevice, FrSlice onHost) in _results)
        {
            onDevice.CopyTo(onHost);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _borrowed.ForEach(store => store.Release());

    private DeviceSlice View(FrSlice slice) => slice.Device is GpuStore store && store.Owner == vectors
        ? store.View(slice)
        : throw new ArgumentException("The slice is on another device.", nameof(slice));

    private DeviceSlice Staged(FrSlice slice, bool upload, bool download)
    {
        int stride = GpuVectors.Stride(slice.Length);
        var store = new GpuStore(vectors, 4L * stride);
        _borrowed.Add(store);
        var onDevice = new FrSlice(store, 0, stride, slice.Length);
        if (upload)
        {
            slice.CopyTo(onDevice);
        }

        if (download)
        {
            _results.Add((onDevice, slice));
        }

        return store.View(onDevice);
    }
}
