using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// A view of consecutive elements of a vector, kept as a structure of arrays: limb plane j (0 … 3, least significant first) of element i is
/// word <c>j·stride + offset + i</c> of the buffer. Elements are in Montgomery form and below the modulus, as in <see cref="Fr"/>.
/// A handle: copies share the elements. <c>default</c> is the empty slice.
/// <para>
/// The words are the host's or, in the same layout, a device's (<see cref="DeviceStore"/>). Copies go from either to either. Single elements of
/// a device can be read and written too, at the price of a transfer each: loops over elements belong on the host, or into a kernel.
/// </para>
/// </summary>
public readonly struct FrSlice
{
    internal FrSlice(ulong[] buffer, int offset, int stride, int length)
    {
        Buffer = buffer;
        Offset = offset;
        Stride = stride;
        Length = length;
    }

    internal FrSlice(DeviceStore device, int offset, int stride, int length)
    {
        Buffer = null!;
        Device = device;
        Offset = offset;
        Stride = stride;
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether the elements are on a device.</summary>
    public bool IsOnDevice => Device is not null;

    /// <summary>The words of all four planes; null for the empty slice and on a device, so that host code that is given one stops at once.</summary>
    internal ulong[] Buffer { get; }

    /// <summary>Where the words are if not on the host.</summary>
    internal DeviceStore? Device { get; }

    /// <summary>Where element 0 begins in plane 0.</summary>
    internal int Offset { get; }

    /// <summary>Words from one plane to the next.</summary>
    internal int Stride { get; }

    /// <summary>Element <paramref name="i"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below the length.</exception>
    public Fr this[int i]
    {
        get
        {
            int at = At(i);
            if (Device is not null)
            {
                return Slice(i, 1).ToArray()[0];
            }

            return new Fr(Buffer[at], Buffer[at + Stride], Buffer[at + (2 * Stride)], Buffer[at + (3 * Stride)]);
        }

        set
        {
            int at = At(i);
            if (Device is not null)
            {
                Slice(i, 1).CopyFrom([value]);
                return;
            }

            Buffer[at] = value.Limb0;
            Buffer[at + Stride] = value.Limb1;
            Buffer[at + (2 * Stride)] = value.Limb2;
            Buffer[at + (3 * Stride)] = value.Limb3;
        }
    }

    /// <summary>The elements <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the slice.</exception>
    public FrSlice Slice(int start, int length)
    {
        if ((uint)start > (uint)Length || (uint)length > (uint)(Length - start))
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"{length} elements from {start} do not lie within {Length}.");
        }

        return Device is null
            ? new FrSlice(Buffer, Offset + start, Stride, length)
            : new FrSlice(Device, Offset + start, Stride, length);
    }

    /// <summary>Copies all elements; the slices may overlap.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void CopyTo(FrSlice destination)
    {
        Require.SameLength(Length, destination.Length);
        if (Length == 0)
        {
            return;
        }

        switch (Device, destination.Device)
        {
            case (null, null):
                for (int plane = 0; plane < 4; plane++)
                {
                    Plane(plane).CopyTo(destination.Plane(plane));
                }

                break;
            case (null, { } target):
                target.Upload(this, destination);
                break;
            case ({ } origin, null):
                origin.Download(this, destination);
                break;
            case (_, { } target):
                target.Copy(this, destination);
                break;
        }
    }

    /// <summary>Fills the slice from elements in the ordinary layout.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void CopyFrom(ReadOnlySpan<Fr> source)
    {
        Require.SameLength(Length, source.Length);
        if (Device is not null)
        {
            using FrVector host = FrVector.From(source);
            host.All.CopyTo(this);
            return;
        }

        for (int i = 0; i < source.Length; i++)
        {
            this[i] = source[i];
        }
    }

    /// <summary>Sets all elements to zero.</summary>
    public void Clear() => Fill(Fr.Zero);

    /// <summary>Sets all elements to <paramref name="value"/>.</summary>
    public void Fill(Fr value)
    {
        if (Device is not null)
        {
            Device.Fill(this, value);
        }
        else if (Length > 0)
        {
            Plane(0).Fill(value.Limb0);
            Plane(1).Fill(value.Limb1);
            Plane(2).Fill(value.Limb2);
            Plane(3).Fill(value.Limb3);
        }
    }

    /// <summary>The elements in the ordinary layout.</summary>
    public Fr[] ToArray()
    {
        if (Device is not null)
        {
            using FrVector host = FrVector.Rent(Length);
            CopyTo(host.All);
            return host.All.ToArray();
        }

        Fr[] result = new Fr[Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = this[i];
        }

        return result;
    }

    /// <summary>Word 0 of element 0, the origin that lane loads and stores count from.</summary>
    internal ref ulong Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Buffer), Offset);

    /// <summary>The words of one limb plane of the slice.</summary>
    internal Span<ulong> Plane(int plane) => Buffer.AsSpan((plane * Stride) + Offset, Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int At(int i)
    {
        if ((uint)i >= (uint)Length)
        {
            Require.ThrowIndex(i, Length);
        }

        return Offset + i;
    }
}
