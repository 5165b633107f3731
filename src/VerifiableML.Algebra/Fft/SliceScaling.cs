using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Fft;

/// <summary><see cref="Scaling"/> for slices, eight elements at a time where the machine can.</summary>
[SkipLocalsInit]
internal static class SliceScaling
{
    private const int ChunkSize = 1 << 12;
    private const int Width = FrLanes.Width;

    /// <summary>values[i] ← values[i]·first·ratioⁱ, in chunks on all cores.</summary>
    public static void ByGeometricSeries(FrSlice values, Fr first, Fr ratio)
    {
        int chunks = (values.Length + ChunkSize - 1) / ChunkSize;
        if (chunks == 1)
        {
            Scale(values, first, ratio);
            return;
        }

        Fr chunkRatio = ratio.Pow(ChunkSize);
        Parallel.For(0, chunks, chunk =>
        {
            int start = chunk * ChunkSize;
            int length = Math.Min(ChunkSize, values.Length - start);
            Scale(values.Slice(start, length), first * chunkRatio.Pow((ulong)chunk), ratio);
        });
    }

    private static void Scale(FrSlice values, Fr factor, Fr ratio)
    {
        int whole = FrLanes.IsSupported ? values.Length & -Width : 0;
        if (whole > 0)
        {
            ScaleGroups(values.Slice(0, whole), factor, ratio);
            factor *= ratio.Pow((ulong)whole);
        }

        for (int i = whole; i < values.Length; i++)
        {
            values[i] *= factor;
            factor *= ratio;
        }
    }

    /// <summary>The factors first·ratio^0 … first·ratio^7 sit in the lanes and step by ratio^8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleGroups(FrSlice values, Fr first, Fr ratio)
    {
        using FrVector start = FrVector.Rent(Width);
        for (int k = 0; k < Width; k++, first *= ratio)
        {
            start[k] = first;
        }

        FrSlice lanes = start.All;
        FrLanes.Load(ref lanes.Buffer[lanes.Offset], (nuint)lanes.Stride, out FrLanes factor);
        Fr step = ratio.Pow(Width);
        LaneFactor.BroadcastTimes16(new Limbs(step.Limb0, step.Limb1, step.Limb2, step.Limb3), out LaneFactor stepFactor);
        ref ulong origin = ref values.Buffer[values.Offset];
        nuint stride = (nuint)values.Stride;
        for (int i = 0; i < values.Length; i += Width)
        {
            ref ulong group = ref Unsafe.Add(ref origin, i);
            LaneFactor.LoadTimes16(ref group, stride, out LaneFactor value);
            FrLanes.ToFactor(in factor, out LaneFactor current);
            FrLanes.Multiply(in value, in current, out FrLanes product);
            FrLanes.StoreReduced(in product, ref group, stride);

            // Stays below 2p: 2p · 16p/2^260 + 1.13p.
            FrLanes.Multiply(in current, in stepFactor, out factor);
        }
    }
}
