using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Growable memory for packed affine points (see <see cref="PackedPoint"/>), aligned to 64 bytes, so that a point of G1 is one cache line and
/// one 512-bit register, a point of G2 two of them, and the low bits of its address are free for a sign.
/// </summary>
internal sealed unsafe class PointBuffer
{
    /// <summary>Words in a cache line.</summary>
    public const int LineWords = 8;

    /// <summary>Bytes in a cache line.</summary>
    public const int LineBytes = LineWords * sizeof(ulong);

    private ulong[] _storage = [];

    /// <param name="stride">Words of a point, a multiple of <see cref="LineWords"/>.</param>
    /// <param name="capacity">Number of points that there is to be room for at once.</param>
    public PointBuffer(int stride, int capacity = 0)
    {
        Stride = stride;
        EnsureCapacity(capacity);
    }

    /// <summary>Words of a point.</summary>
    public int Stride { get; }

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

        int words = checked((capacity * Stride) + LineWords);
        _storage = GC.AllocateUninitializedArray<ulong>(words, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _storage[0]);
        Pointer = (ulong*)((address + (LineBytes - 1)) & ~(nuint)(LineBytes - 1));
        Capacity = capacity;
    }
}
