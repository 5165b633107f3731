using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Pooled word buffers for planes. Unlike the shared array pool it does not round to powers of two (which would double the memory of every
/// padded power of two) and hands out planes that begin at cache lines.
/// </summary>
internal static class PlaneMemory
{
    /// <summary>The longest plane; nine planes of it still are one array.</summary>
    public const int MaximumLength = 200_000_000;

    private const int LineWords = 8;
    private const long RetainedWords = 1L << 26;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, Stack<ulong[]>> Free = [];
    private static long _freeWords;

    /// <summary>
    /// A buffer with room for <paramref name="planes"/> planes of <paramref name="length"/> words; plane j begins at
    /// <paramref name="offset"/> + j·<paramref name="stride"/>. Contents are undefined.
    /// </summary>
    public static ulong[] Rent(int planes, int length, out int offset, out int stride)
    {
        // The extra line keeps planes of a power-of-two length from competing for the same sets of the cache.
        stride = ((length + LineWords - 1) / LineWords * LineWords) + LineWords;
        ulong[] buffer = Take(SizeClass(checked((planes * stride) + LineWords)));
        offset = (int)((0 - Address(buffer)) / sizeof(ulong) % LineWords);
        return buffer;
    }

    /// <summary>Takes back a buffer that nobody uses any more.</summary>
    public static void Return(ulong[] buffer)
    {
        lock (Gate)
        {
            if (_freeWords + buffer.Length > RetainedWords)
            {
                return;
            }

            ref Stack<ulong[]>? stack = ref CollectionsMarshal.GetValueRefOrAddDefault(Free, buffer.Length, out _);
            (stack ??= new Stack<ulong[]>()).Push(buffer);
            _freeWords += buffer.Length;
        }
    }

    private static ulong[] Take(int words)
    {
        lock (Gate)
        {
            if (Free.TryGetValue(words, out Stack<ulong[]>? stack) && stack.TryPop(out ulong[]? buffer))
            {
                _freeWords -= words;
                return buffer;
            }
        }

        // Pinned, so that the alignment found once stays true.
        return GC.AllocateUninitializedArray<ulong>(words, pinned: true);
    }

    /// <summary>The next number of words of the form m·2^e with 8 ≤ m &lt; 16: at most an eighth too much.</summary>
    private static int SizeClass(int words)
    {
        int shift = Math.Max(0, 28 - int.LeadingZeroCount(words));
        long rounded = ((words + (1L << shift) - 1) >> shift) << shift;
        return (int)Math.Min(rounded, Array.MaxLength);
    }

    private static unsafe ulong Address(ulong[] pinned) => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
