namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Memory of a device that holds the elements of a vector, laid out as on the host (see <see cref="FrSlice"/>), so that a transfer is a plain
/// copy of four planes. What it does is done before anything that is asked of the device afterwards; only <see cref="Download"/> waits for it.
/// </summary>
public abstract class DeviceStore
{
    /// <summary>Copies the elements of a slice of this store to the host.</summary>
    /// <param name="source">A slice of this store.</param>
    /// <param name="host">As many elements on the host.</param>
    /// <exception cref="DeviceFailureException">The device failed.</exception>
    public abstract void Download(FrSlice source, FrSlice host);

    /// <summary>Copies elements of the host to a slice of this store.</summary>
    /// <inheritdoc cref="Download"/>
    /// <param name="host">Elements on the host.</param>
    /// <param name="destination">A slice of this store, as long.</param>
    public abstract void Upload(FrSlice host, FrSlice destination);

    /// <summary>Copies elements between slices of this device, which may overlap.</summary>
    /// <inheritdoc cref="Download"/>
    /// <param name="source">A slice of this device.</param>
    /// <param name="destination">A slice of this store, as long.</param>
    public abstract void Copy(FrSlice source, FrSlice destination);

    /// <summary>Sets all elements of a slice of this store.</summary>
    /// <inheritdoc cref="Download"/>
    /// <param name="destination">A slice of this store.</param>
    /// <param name="value">The value.</param>
    public abstract void Fill(FrSlice destination, Fr value);

    /// <summary>Takes the memory back: no slice of it is used any more.</summary>
    public abstract void Release();
}
