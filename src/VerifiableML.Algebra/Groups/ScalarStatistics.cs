using System.Numerics;
using System.Runtime.InteropServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>What decides how machine integers are cut into windows.</summary>
/// <param name="Bits">Smallest b such that every absolute value is at most 2^b.</param>
/// <param name="Terms">Number of values that are not zero.</param>
/// <param name="Lengths">How they are spread.</param>
internal readonly record struct ScalarStatistics(int Bits, long Terms, LengthProfile Lengths)
{
    // Values looked at one by one. What they are needed for is an estimate.
    private const int Samples = 2048;

    /// <summary>Looks at all values, a register at a time.</summary>
    public static ScalarStatistics Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
    {
        // |v| ≤ 2^b exactly where |v| − 1 has no bit from b on; the absolute value of the smallest integer wraps to itself, and one
        // less then to the largest, which is right.
        Vector<T> union = Vector<T>.Zero;
        Vector<T> zeros = Vector<T>.Zero;
        long zeroCount = 0;
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (Vector<T> vector in vectors)
        {
            Vector<T> zero = Vector.Equals(vector, Vector<T>.Zero);
            zeros += zero;
            union |= Vector.Abs(vector) - Vector<T>.One - zero;
        }

        T bits = T.Zero;
        for (int lane = 0; lane < Vector<T>.Count; lane++)
        {
            bits |= union[lane];
            zeroCount -= long.CreateTruncating(zeros[lane]);
        }

        foreach (T value in values[(vectors.Length * Vector<T>.Count)..])
        {
            if (T.IsZero(value))
            {
                zeroCount++;
            }
            else
            {
                bits |= T.IsNegative(value) ? ~value : value - T.One;
            }
        }

        int length = 64 - BitOperations.LeadingZeroCount((ulong)long.CreateTruncating(bits));
        return new ScalarStatistics(length, values.Length - zeroCount, Sample(values, length));
    }

    private static LengthProfile Sample<T>(ReadOnlySpan<T> values, int bits)
        where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
    {
        // An odd step, as an even one could keep to the same columns of every row.
        int step = (values.Length / Samples) | 1;
        var counts = new int[LengthProfile.LongestLength + 1];
        for (int i = 0; i < values.Length; i += step)
        {
            long value = long.CreateTruncating(values[i]);
            ulong magnitude = value < 0 ? 0UL - (ulong)value : (ulong)value;
            counts[64 - BitOperations.LeadingZeroCount(magnitude)]++;
        }

        return LengthProfile.FromSample(counts, bits);
    }
}
