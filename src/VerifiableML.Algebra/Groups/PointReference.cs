using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// A signed point in memory: the address of a packed point, whose six low bits are zero by alignment, with the sign in bit 0
/// (1: the negative of the point is meant).
/// </summary>
internal static unsafe class PointReference
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint To(ulong* point) => (nuint)point;

    /// <param name="points">First point of an array.</param>
    /// <param name="entry">index · 2 + sign, as <see cref="BucketSort"/> orders them.</param>
    /// <param name="words">Words of a point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint To(ulong* points, uint entry, int words) =>
        (nuint)(points + ((nuint)(entry >> 1) * (nuint)words)) | (entry & 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* Address(nuint reference) => (ulong*)(reference & ~(nuint)1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNegative(nuint reference) => (reference & 1) != 0;
}
