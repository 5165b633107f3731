using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Groups;

/// <summary>Hints to the memory system; without meaning for results.</summary>
internal static unsafe class Prefetch
{
    /// <summary>The point will be read soon: after the additions that are still to be scheduled before the batch is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Point(nuint reference)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(PointReference.Address(reference));
        }
    }
}
