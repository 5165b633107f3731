using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Growable memory for packed affine points: 64 bytes a point (4 limbs of x, 4 limbs of y), aligned to 64 bytes so that a
/// point is one cache line and one 512-bit register, and so that the low bits of its address are free for a sign.
/// </summary>
internal sealed unsafe class PointBuffer
{
    /// <summary>Limbs in a packed point.</summary>
    public const int Stride = 8;

    /// <summary>Bytes of a packed point.</summary>
    public const int ByteStride = Stride * sizeof(ulong);

    private const int Alignment = 64;
    private ulong[] _storage = [];

    public PointBuffer()
    {
    }

    public PointBuffer(int capacity) => EnsureCapacity(capacity);

    /// <summary>Number of points that fit.</summary>
    public int Capacity { get; private set; }

    /// <summary>First point. Pinned as long as this object is alive and <see cref="EnsureCapacity"/> has not grown it.</summary>
    public ulong* Pointer { get; private set; }

    /// <summary>Address of a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* At(int index) => Pointer + ((nint)index * Stride);

    /// <summary>Makes room for <paramref name="capacity"/> points. What was stored is lost when the buffer grows.</summary>
    public void EnsureCapacity(int capacity)
    {
        if (capacity <= Capacity)
        {
            return;
        }

        int limbs = checked((capacity * Stride) + (Alignment / sizeof(ulong)));
        _storage = GC.AllocateUninitializedArray<ulong>(limbs, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _storage[0]);
        Pointer = (ulong*)((address + (Alignment - 1)) & ~(nuint)(Alignment - 1));
        Capacity = capacity;
    }
}
