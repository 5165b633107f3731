using System.Numerics;
using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>Digits of rows of signed machine integers, read in place.</summary>
/// <typeparam name="T">int or long.</typeparam>
internal sealed unsafe class IntegerDigits<T> : DigitSource
    where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
{
    private readonly T* _values;
    private readonly int _columns;
    private readonly int _width;
    private readonly int _topWindow;
    private readonly ulong _offset;

    /// <param name="values">Rows of <paramref name="columns"/> values, pinned by the caller.</param>
    /// <param name="columns">Values in a row.</param>
    /// <param name="plan">Windows wide enough for the largest absolute value.</param>
    public IntegerDigits(T* values, int columns, WindowPlan plan)
    {
        _values = values;
        _columns = columns;
        _width = plan.Width;
        _topWindow = plan.Windows - 1;
        _offset = (ulong)plan.Offset;
    }

    public override int Length => _columns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Extract(int row, int window, int start, int end, uint firstBucket, uint* buckets, uint* entries)
    {
        T* values = _values + ((long)row * _columns);
        int shift = _width * window;
        bool top = window == _topWindow;
        ulong mask = top ? ulong.MaxValue : (1UL << _width) - 1;
        long bias = top ? 0 : 1L << (_width - 1);
        ulong offset = _offset;
        int count = 0;
        for (int i = start; i < end; i++)
        {
            long value = long.CreateTruncating(values[i]);
            if (value == 0)
            {
                i += CountZeros(values + i + 1, end - i - 1);
                continue;
            }

            // d = ((|v| + offset) >> shift mod 2^width) − 2^(width−1); the sign of v turns it around.
            long sign = value >> 63;
            ulong magnitude = (ulong)((value ^ sign) - sign);
            long digit = (long)(((magnitude + offset) >> shift) & mask) - bias;
            digit = (digit ^ sign) - sign;
            long digitSign = digit >> 63;
            buckets[count] = firstBucket + (uint)((digit ^ digitSign) - digitSign) - 1;
            entries[count] = ((uint)i << 1) | (uint)(digitSign & 1);
            count += digit != 0 ? 1 : 0;
        }

        return count;
    }

    private static int CountZeros(T* values, int length)
    {
        if (length == 0 || !T.IsZero(values[0]))
        {
            return 0;
        }

        int zeros = new ReadOnlySpan<T>(values, length).IndexOfAnyExcept(T.Zero);
        return zeros < 0 ? length : zeros;
    }
}
