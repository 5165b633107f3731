using System.Numerics;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>The additions in G2 that the chord formula does not cover, as <see cref="SpecialLanes"/> in G1.</summary>
internal static unsafe class SpecialTwistLanes
{
    private const int Words = 16;

    /// <summary>2y for a doubling; one where no slope is needed.</summary>
    public static void PatchDenominators(nuint* left, nuint* right, int special, ref QuadraticFactor denominators)
    {
        for (; special != 0; special &= special - 1)
        {
            int lane = BitOperations.TrailingZeroCount(special);
            bool doubling = SpecialAddition<Fq2>.IsDoubling(left[lane], right[lane]);
            SetLane(
                ref denominators,
                lane,
                doubling ? SpecialAddition<Fq2>.Ordinate(left[lane]).Double() : new Fq2(new Fq(1, 0, 0, 0), Fq.Zero));
        }
    }

    /// <summary>3x² for a doubling; anything elsewhere.</summary>
    public static void PatchNumerators(nuint* left, nuint* right, int special, ref QuadraticLanes numerators)
    {
        for (; special != 0; special &= special - 1)
        {
            int lane = BitOperations.TrailingZeroCount(special);
            if (SpecialAddition<Fq2>.IsDoubling(left[lane], right[lane]))
            {
                Fq2 squared = StoredForm.Square(SpecialAddition<Fq2>.Abscissa(left[lane]));
                squared = squared.Double() + squared;
                LaneInversion.SetLane(ref numerators.C0, lane, squared.C0);
                LaneInversion.SetLane(ref numerators.C1, lane, squared.C1);
            }
        }
    }

    /// <summary>Stores a group, with the right points in the lanes where infinity is an operand or the result.</summary>
    public static void Store(nuint* left, nuint* right, nuint* destination, int special, in QuadraticLanes x, in QuadraticLanes y)
    {
        // The destinations may be operands, so those are read first.
        ulong* results = stackalloc ulong[Words * FqLanes.Width];
        int replaced = SpecialAddition<Fq2>.FindResults(left, right, special, results);
        TwistLanes.Store(destination, in x, in y);
        SpecialAddition<Fq2>.Replace(destination, replaced, results);
    }

    private static void SetLane(ref QuadraticFactor factor, int lane, in Fq2 number)
    {
        LaneInversion.SetLane(ref factor.C0, lane, number.C0);
        LaneInversion.SetLane(ref factor.C1, lane, number.C1);
    }
}
