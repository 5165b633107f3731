using System.Numerics;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Groups;

public unsafe class DigitSourceTests
{
    public static TheoryData<int> Widths => [2, 3, 4, 5, 7, 8, 9, 11, 13, 15, 16, 17];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Digits_of_field_elements_add_up_to_them(int width)
    {
        Fr half = Fr.FromUInt64(2).Inverse();
        Fr[] scalars = [.. GroupSamples.Scalars(60), Fr.Zero, Fr.One, -Fr.One, half, -half, half - Fr.One, Fr.FromInt64(-128), Fr.Zero];
        using FrVector vector = FrVector.Rent(scalars.Length);
        vector.All.CopyFrom(scalars);
        using var digits = new ScalarDigits(vector.All);
        Assert.Equal(scalars.Count(s => !s.IsZero), digits.Length);
        var plan = new WindowPlan(width, (digits.Bits + width) / width, 1);
        digits.Use(plan);
        BigInteger[] sums = AddUp(digits, plan, 0, scalars.Length);
        Assert.Equal(scalars, sums.Select(Fr.FromBigInteger).ToArray());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Digits_of_integers_add_up_to_them(int width)
    {
        long[] values =
        [
            0, 0, 0, 1, -1, 2, 127, -128, 128, 0, 255, 32767, -32768, 32768, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue, 0, 5,
            .. Enumerable.Range(0, 100).Select(i => 0L), 77,
        ];
        CheckIntegers(width, values, 63);
        CheckIntegers(width, values.Select(v => (int)v).ToArray(), 31);
        CheckIntegers(width, values.Select(v => (int)(sbyte)v).ToArray(), 7);
    }

    [Theory]
    [InlineData(new int[] { 0, 0 }, 0, 0)]
    [InlineData(new int[] { 0, 1, -1 }, 0, 2)]
    [InlineData(new int[] { 2, 0, -2 }, 1, 2)]
    [InlineData(new int[] { 127, -128 }, 7, 2)]
    [InlineData(new int[] { 128 }, 7, 1)]
    [InlineData(new int[] { 129 }, 8, 1)]
    [InlineData(new int[] { int.MinValue }, 31, 1)]
    public void Statistics_bound_the_absolute_values(int[] values, int bits, int terms)
    {
        Check(terms, ScalarStatistics.Of<int>(values));
        Check(terms, ScalarStatistics.Of<long>(values.Select(v => (long)v).ToArray()));

        // Far enough apart that vectors and the rest after them both take part.
        int[] padded = [.. values, .. new int[37], .. values];
        Check(2 * terms, ScalarStatistics.Of<int>(padded));

        void Check(int expectedTerms, ScalarStatistics actual)
        {
            Assert.Equal(bits, actual.Bits);
            Assert.Equal(expectedTerms, actual.Terms);
        }
    }

    [Fact]
    public void A_few_long_scalars_do_not_decide_the_windows()
    {
        var random = new Random(4);
        int[] bytes = Enumerable.Range(0, 1 << 14).Select(_ => random.Next(-128, 129)).ToArray();
        ScalarStatistics uniform = ScalarStatistics.Of<int>(bytes);
        WindowPlan narrow = WindowPlan.Choose(uniform.Bits, uniform.Terms, uniform.Lengths, bytes.Length, 1, 2);
        Assert.Equal(8, narrow.Width);
        bytes[77] = int.MaxValue;
        ScalarStatistics mixed = ScalarStatistics.Of<int>(bytes);
        WindowPlan plan = WindowPlan.Choose(mixed.Bits, mixed.Terms, mixed.Lengths, bytes.Length, 1, 2);
        Assert.InRange(plan.Width, 8, 9);
        Assert.True(plan.Width * plan.Windows > 31);
    }

    private static void CheckIntegers<T>(int width, T[] values, int bits)
        where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
    {
        var plan = new WindowPlan(width, (bits + width) / width, 1);
        fixed (T* pointer = values)
        {
            // As two rows, so that the row's offset counts.
            int columns = values.Length / 2;
            var digits = new IntegerDigits<T>(pointer, columns, plan);
            for (int row = 0; row < 2; row++)
            {
                BigInteger[] expected = values.Skip(row * columns).Take(columns).Select(v => new BigInteger(long.CreateChecked(v))).ToArray();
                Assert.Equal(expected, AddUp(digits, plan, row, columns));
            }
        }
    }

    /// <summary>Σ digit·2^(width·window) for each index, with the digits' range checked.</summary>
    private static BigInteger[] AddUp(DigitSource digits, WindowPlan plan, int row, int count)
    {
        var sums = new BigInteger[count];
        uint[] buckets = new uint[digits.Length];
        uint[] entries = new uint[digits.Length];
        for (int window = 0; window < plan.Windows; window++)
        {
            fixed (uint* b = buckets, e = entries)
            {
                // In two ranges, which must not depend on each other.
                int middle = digits.Length / 3;
                int found = digits.Extract(row, window, 0, middle, 10, b, e);
                found += digits.Extract(row, window, middle, digits.Length, 10, b + found, e + found);
                for (int i = 0; i < found; i++)
                {
                    uint magnitude = buckets[i] - 10 + 1;
                    Assert.InRange(magnitude, 1u, (uint)plan.Buckets);
                    BigInteger digit = (entries[i] & 1) == 0 ? magnitude : -(BigInteger)magnitude;
                    sums[entries[i] >> 1] += digit << (plan.Width * window);
                }
            }
        }

        return sums;
    }
}
