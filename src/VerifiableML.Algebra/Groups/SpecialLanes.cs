using System.Numerics;
using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The additions in G1 that the chord formula does not cover (infinity, equal points, opposite points), one lane at a time: they are rare
/// unless somebody arranges for them.
/// </summary>
internal static unsafe class SpecialLanes
{
    private const int Words = 8;

    /// <summary>2y for a doubling; one where no slope is needed.</summary>
    public static void PatchDenominators(nuint* left, nuint* right, int special, ref LaneFactor denominators)
    {
        for (; special != 0; special &= special - 1)
        {
            int lane = BitOperations.TrailingZeroCount(special);
            bool doubling = SpecialAddition<Fq>.IsDoubling(left[lane], right[lane]);
            Fq denominator = doubling ? SpecialAddition<Fq>.Ordinate(left[lane]).Double() : new Fq(1, 0, 0, 0);
            LaneInversion.SetLane(ref denominators, lane, denominator);
        }
    }

    /// <summary>3x² for a doubling; anything elsewhere.</summary>
    public static void PatchNumerators(nuint* left, nuint* right, int special, ref LaneFactor numerators)
    {
        for (; special != 0; special &= special - 1)
        {
            int lane = BitOperations.TrailingZeroCount(special);
            if (SpecialAddition<Fq>.IsDoubling(left[lane], right[lane]))
            {
                Fq squared = StoredForm.Square(SpecialAddition<Fq>.Abscissa(left[lane]));
                LaneInversion.SetLane(ref numerators, lane, squared.Double() + squared);
            }
        }
    }

    /// <summary>Stores a group, with the right points in the lanes where infinity is an operand or the result.</summary>
    public static void Store(nuint* left, nuint* right, nuint* destination, int special, in FqLanes x, in FqLanes y)
    {
        // The destinations may be operands, so those are read first.
        ulong* results = stackalloc ulong[Words * FqLanes.Width];
        int replaced = SpecialAddition<Fq>.FindResults(left, right, special, results);
        AffineLanes.Store(destination, 0, in x, in y);
        SpecialAddition<Fq>.Replace(destination, replaced, results);
    }
}
