using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>The step of a batched inversion that leaves the lanes: eight inverses by one scalar inversion.</summary>
internal static class LaneInversion
{
    /// <summary>R'²/v for each product v, R' = 2^260: what times a product without R' is an inverse in stored form. None may be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert(in FqLanes product, out LaneFactor inverse)
    {
        inverse = default;
        Span<Fq> values = stackalloc Fq[FqLanes.Width];
        for (int lane = 0; lane < FqLanes.Width; lane++)
        {
            values[lane] = StoredForm.Reduce(product[lane]);
        }

        BatchInversion.Invert(values);
        for (int lane = 0; lane < FqLanes.Width; lane++)
        {
            SetLane(ref inverse, lane, StoredForm.OfInverse(values[lane]));
        }
    }

    /// <summary>Splits a number below 2^256 into the limbs of one lane.</summary>
    public static void SetLane(ref LaneFactor lanes, int lane, in Fq number)
    {
        ref double limb = ref Unsafe.Add(ref Unsafe.As<LaneFactor, double>(ref lanes), lane);
        for (int j = 0; j < 5; j++)
        {
            Unsafe.Add(ref limb, j * FqLanes.Width) = Limb(number, j);
        }
    }

    /// <summary>The same for integers that are not ready to be multiplied yet.</summary>
    public static void SetLane(ref FqLanes lanes, int lane, in Fq number)
    {
        ref ulong limb = ref Unsafe.Add(ref Unsafe.As<FqLanes, ulong>(ref lanes), lane);
        for (int j = 0; j < 5; j++)
        {
            Unsafe.Add(ref limb, j * FqLanes.Width) = Limb(number, j);
        }
    }

    private static ulong Limb(in Fq number, int index)
    {
        const ulong mask = (1UL << LaneBits.LimbBits) - 1;
        return index switch
        {
            0 => number.Limb0 & mask,
            1 => ((number.Limb0 >> 52) | (number.Limb1 << 12)) & mask,
            2 => ((number.Limb1 >> 40) | (number.Limb2 << 24)) & mask,
            3 => ((number.Limb2 >> 28) | (number.Limb3 << 36)) & mask,
            _ => number.Limb3 >> 16,
        };
    }
}
