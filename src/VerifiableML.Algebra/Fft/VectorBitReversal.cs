using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Fft;

/// <summary>
/// <see cref="BitReversal"/> for planes of words. An index is (h, m, l) with three bits each for h and l: its reverse is (rev l, rev m,
/// rev h), so that the 8 × 8 words of one m are turned over, reordered, and go to the place of those of rev m.
/// </summary>
internal static class VectorBitReversal
{
    /// <summary>Permutes 2^<paramref name="logSize"/> elements, at least 64.</summary>
    public static void Permute(FrSlice values, int logSize)
    {
        int middleBits = logSize - 6;
        nuint step = (nuint)values.Length / 8;
        Parallel.For(0, 4, plane =>
        {
            ref ulong origin = ref values.Plane(plane)[0];
            for (int m = 0; m < 1 << middleBits; m++)
            {
                int reversed = BitReversal.Reverse(m, middleBits);
                if (m <= reversed)
                {
                    ref ulong here = ref Unsafe.Add(ref origin, 8 * m);
                    ref ulong there = ref Unsafe.Add(ref origin, 8 * reversed);
                    LaneTranspose first = LaneTranspose.Load(ref here, step).TurnOver();
                    LaneTranspose second = LaneTranspose.Load(ref there, step).TurnOver();
                    first.StoreReversed(ref there, step);
                    second.StoreReversed(ref here, step);
                }
            }
        });
    }
}
