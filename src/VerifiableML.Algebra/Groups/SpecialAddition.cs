using System.Numerics;
using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>The special cases of an affine addition, whose operands are known to have the same x or one of which is infinity.</summary>
/// <typeparam name="TField">The field of the coordinates.</typeparam>
internal static unsafe class SpecialAddition<TField>
    where TField : unmanaged, IFieldElement<TField>
{
    private static int CoordinateWords => sizeof(TField) / sizeof(ulong);

    /// <summary>True for equal finite points.</summary>
    public static bool IsDoubling(nuint left, nuint right) =>
        !PackedPoint.IsInfinity(PointReference.Address(left))
        && !PackedPoint.IsInfinity(PointReference.Address(right))
        && Ordinate(left).Equals(Ordinate(right));

    /// <summary>x as it is stored.</summary>
    public static TField Abscissa(nuint reference) => Unsafe.ReadUnaligned<TField>(PointReference.Address(reference));

    /// <summary>y as it is stored, with the reference's sign.</summary>
    public static TField Ordinate(nuint reference)
    {
        TField y = Unsafe.ReadUnaligned<TField>(PointReference.Address(reference) + CoordinateWords);
        return PointReference.IsNegative(reference) ? -y : y;
    }

    /// <summary>Where infinity is an operand or the result, writes the result to the lane's place.</summary>
    /// <param name="left">Operands.</param>
    /// <param name="right">Operands.</param>
    /// <param name="special">Bit k set: lane k is a special case.</param>
    /// <param name="results">A place for each lane.</param>
    /// <returns>Bit k set: there is a result for lane k. The other special cases are doublings.</returns>
    public static int FindResults(nuint* left, nuint* right, int special, ulong* results)
    {
        int words = 2 * CoordinateWords;
        int replaced = 0;
        for (int rest = special; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            ulong* result = results + (lane * words);
            if (PackedPoint.IsInfinity(PointReference.Address(left[lane])))
            {
                PackedPoint.Copy(right[lane], result, words);
            }
            else if (PackedPoint.IsInfinity(PointReference.Address(right[lane])))
            {
                PackedPoint.Copy(left[lane], result, words);
            }
            else if (!IsDoubling(left[lane], right[lane]))
            {
                PackedPoint.SetInfinity(result, words);
            }
            else
            {
                continue;
            }

            replaced |= 1 << lane;
        }

        return replaced;
    }

    /// <summary>Writes the results that were found to their destinations.</summary>
    public static void Replace(nuint* destination, int replaced, ulong* results)
    {
        int words = 2 * CoordinateWords;
        for (; replaced != 0; replaced &= replaced - 1)
        {
            int lane = BitOperations.TrailingZeroCount(replaced);
            new ReadOnlySpan<ulong>(results + (lane * words), words).CopyTo(new Span<ulong>((ulong*)destination[lane], words));
        }
    }
}
