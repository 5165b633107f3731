using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Fft;

/// <summary>
/// The butterflies (a, b) ← (a + b, (a − b)·root) eight at a time; their scalar meaning is that of <see cref="Radix2Transform"/>.
/// Bounds: a and b are below p, so a + b is below 2p and a − b + 2p below 3p; that times 16·root stays below 2p after the product.
/// </summary>
[SkipLocalsInit]
internal static class VectorButterflies
{
    private const int Width = FrLanes.Width;

    /// <summary>Halves of at least eight elements with a root for each element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(FrSlice lower, FrSlice upper, FrSlice roots)
    {
        ref ulong a = ref Origin(lower), b = ref Origin(upper), r = ref Origin(roots);
        nuint stride = (nuint)lower.Stride, rootStride = (nuint)roots.Stride;
        for (int i = 0; i < lower.Length; i += Width)
        {
            LaneFactor.LoadTimes16(ref Unsafe.Add(ref r, i), rootStride, out LaneFactor root);
            Apply(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), stride, in root);
        }
    }

    /// <summary>
    /// The last three stages, whose halves lie within a vector, for whole groups of 64 elements. Each group is turned over as an 8 × 8
    /// square before and after, which brings neighbours into different vectors.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ApplyLastStages(FrSlice block, LaneFactor[] roots)
    {
        nuint stride = (nuint)block.Stride;
        for (int i = 0; i < block.Length; i += Width * Width)
        {
            ref ulong square = ref Unsafe.Add(ref Origin(block), i);
            TurnOver(ref square, stride);
            for (int half = Width / 2; half >= 1; half /= 2)
            {
                for (int row = 0; row < Width; row++)
                {
                    if ((row & half) == 0)
                    {
                        ref ulong a = ref Unsafe.Add(ref square, row * Width);
                        ref ulong b = ref Unsafe.Add(ref square, (row + half) * Width);
                        Apply(ref a, ref b, stride, in roots[half + (row & (half - 1))]);
                    }
                }
            }

            TurnOver(ref square, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(ref ulong lower, ref ulong upper, nuint stride, in LaneFactor root)
    {
        FrLanes.Load(ref lower, stride, out FrLanes a);
        FrLanes.Load(ref upper, stride, out FrLanes b);
        FrLanes.Subtract(in a, in b, out FrLanes difference);
        FrLanes.Tighten(in difference, out difference);
        FrLanes.ToFactor(in difference, out LaneFactor factor);
        FrLanes.Add(in a, in b, out a);
        FrLanes.Tighten(in a, out a);
        FrLanes.StoreReduced(in a, ref lower, stride);
        FrLanes.Multiply(in factor, in root, out FrLanes product);
        FrLanes.StoreReduced(in product, ref upper, stride);
    }

    private static void TurnOver(ref ulong square, nuint stride)
    {
        for (nuint plane = 0; plane < 4; plane++)
        {
            ref ulong words = ref Unsafe.Add(ref square, plane * stride);
            LaneTranspose.Load(ref words, Width).TurnOver().Store(ref words, Width);
        }
    }

    private static ref ulong Origin(FrSlice slice) => ref slice.Buffer[slice.Offset];
}
