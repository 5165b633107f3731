using System.Numerics;
using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The additions that the chord formula does not cover (infinity, equal points, opposite points), one lane at a time: they are rare
/// unless somebody arranges for them.
/// </summary>
internal static unsafe class SpecialLanes
{
    private const int LimbBits = LaneBits.LimbBits;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    /// <summary>2y for a doubling; one where no slope is needed.</summary>
    public static void PatchDenominators(nuint* left, nuint* right, int special, ref LaneFactor denominators)
    {
        for (; special != 0; special &= special - 1)
        {
            int lane = BitOperations.TrailingZeroCount(special);
            Fq denominator = IsDoubling(left[lane], right[lane]) ? Ordinate(left[lane]).Double() : new Fq(1, 0, 0, 0);
            SetLane(ref denominators, lane, denominator);
        }
    }

    /// <summary>3x² for a doubling; anything elsewhere.</summary>
    public static void PatchNumerators(nuint* left, nuint* right, int special, ref LaneFactor numerators)
    {
        for (; special != 0; special &= special - 1)
        {
            int lane = BitOperations.TrailingZeroCount(special);
            if (IsDoubling(left[lane], right[lane]))
            {
                Fq squared = StoredForm.Square(Abscissa(left[lane]));
                SetLane(ref numerators, lane, squared.Double() + squared);
            }
        }
    }

    /// <summary>Stores a group, with the right points in the lanes where infinity is an operand or the result.</summary>
    public static void Store(nuint* left, nuint* right, nuint* destination, int special, in FqLanes x, in FqLanes y)
    {
        // The destinations may be operands, so those are read first.
        PackedPointValue* results = stackalloc PackedPointValue[FqLanes.Width];
        int replaced = 0;
        for (int rest = special; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            var result = (ulong*)(results + lane);
            if (PackedPoint.IsInfinity(PointReference.Address(left[lane])))
            {
                PackedPoint.Copy(right[lane], result);
            }
            else if (PackedPoint.IsInfinity(PointReference.Address(right[lane])))
            {
                PackedPoint.Copy(left[lane], result);
            }
            else if (!IsDoubling(left[lane], right[lane]))
            {
                PackedPoint.SetInfinity(result);
            }
            else
            {
                continue;
            }

            replaced |= 1 << lane;
        }

        AffineLanes.Store(destination, in x, in y);
        for (; replaced != 0; replaced &= replaced - 1)
        {
            int lane = BitOperations.TrailingZeroCount(replaced);
            *(PackedPointValue*)destination[lane] = results[lane];
        }
    }

    /// <summary>Splits a number below 2^256 into the limbs of one lane.</summary>
    public static void SetLane(ref LaneFactor lanes, int lane, in Fq number)
    {
        ref double limb = ref Unsafe.Add(ref Unsafe.As<LaneFactor, double>(ref lanes), lane);
        ulong w0 = number.Limb0, w1 = number.Limb1, w2 = number.Limb2, w3 = number.Limb3;
        for (int j = 0; j < 5; j++)
        {
            Unsafe.Add(ref limb, j * FqLanes.Width) = w0 & LimbMask;
            w0 = (w0 >> LimbBits) | (w1 << (64 - LimbBits));
            w1 = (w1 >> LimbBits) | (w2 << (64 - LimbBits));
            w2 = (w2 >> LimbBits) | (w3 << (64 - LimbBits));
            w3 >>= LimbBits;
        }
    }

    /// <summary>True for equal finite points, whose x is known to be equal or one of which is infinity.</summary>
    private static bool IsDoubling(nuint left, nuint right) =>
        !PackedPoint.IsInfinity(PointReference.Address(left))
        && !PackedPoint.IsInfinity(PointReference.Address(right))
        && Ordinate(left) == Ordinate(right);

    private static Fq Abscissa(nuint reference) => Unsafe.ReadUnaligned<Fq>(PointReference.Address(reference));

    private static Fq Ordinate(nuint reference)
    {
        Fq y = Unsafe.ReadUnaligned<Fq>(PointReference.Address(reference) + 4);
        return PointReference.IsNegative(reference) ? -y : y;
    }

    /// <summary>A packed point as a value.</summary>
    [InlineArray(PointBuffer.Stride)]
    private struct PackedPointValue
    {
        private ulong _first;
    }
}
