using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Groups;

/// <summary>Hints to the memory system; without meaning for results.</summary>
internal static unsafe class Prefetch
{
    /// <summary>
    /// The point of <paramref name="words"/> words will be read soon: after the additions that are still to be scheduled before the batch is full.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Point(nuint reference, int words)
    {
        if (Sse.IsSupported)
        {
            ulong* point = PointReference.Address(reference);
            Sse.Prefetch1(point);
            if (words > PointBuffer.LineWords)
            {
                Sse.Prefetch1(point + PointBuffer.LineWords);
            }
        }
    }
}
