namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Elements of the scalar field in pooled memory of the host or of a device, laid out for vector arithmetic (see <see cref="FrSlice"/>). Dispose
/// gives the memory back; slices of a disposed vector must not be used any more.
/// </summary>
public sealed class FrVector : IDisposable
{
    private readonly int _offset;
    private readonly int _stride;
    private object? _memory;

    private FrVector(ulong[] buffer, int offset, int stride, int length)
    {
        _memory = buffer;
        _offset = offset;
        _stride = stride;
        Length = length;
    }

    internal FrVector(DeviceStore device, int offset, int stride, int length)
    {
        _memory = device;
        _offset = offset;
        _stride = stride;
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    /// <exception cref="ObjectDisposedException">The vector was disposed.</exception>
    public FrSlice All
    {
        get
        {
            object? memory = _memory;
            ObjectDisposedException.ThrowIf(memory is null, this);
            return memory is DeviceStore device
                ? new FrSlice(device, _offset, _stride, Length)
                : new FrSlice((ulong[])memory, _offset, _stride, Length);
        }
    }

    /// <summary>Element <paramref name="i"/>.</summary>
    public Fr this[int i]
    {
        get => All[i];
        set
        {
            FrSlice all = All;
            all[i] = value;
        }
    }

    /// <summary>
    /// A vector of <paramref name="length"/> elements on the host, whose contents are undefined unless <paramref name="cleared"/> asks for zeros.
    /// </summary>
    public static FrVector Rent(int length, bool cleared = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, PlaneMemory.MaximumLength);

        ulong[] buffer = PlaneMemory.Rent(planes: 4, length, out int offset, out int stride);
        FrVector vector = new(buffer, offset, stride, length);
        if (cleared)
        {
            vector.All.Clear();
        }

        return vector;
    }

    /// <summary>A vector on the host with a copy of the elements.</summary>
    public static FrVector From(ReadOnlySpan<Fr> elements)
    {
        FrVector vector = Rent(elements.Length);
        vector.All.CopyFrom(elements);
        return vector;
    }

    /// <summary>The elements <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1.</summary>
    public FrSlice Slice(int start, int length) => All.Slice(start, length);

    /// <summary>Gives the memory back. Harmless when repeated.</summary>
    public void Dispose()
    {
        switch (Interlocked.Exchange(ref _memory, null))
        {
            case ulong[] buffer:
                PlaneMemory.Return(buffer);
                break;
            case DeviceStore device:
                device.Release();
                break;
        }
    }
}
