using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Groups;

public class MultiScalarMultiplicationTests
{
    public static TheoryData<int> Lengths => [0, 1, 2, 3, 7, 8, 9, 15, 17, 31, 64, 100, 257, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Field_scalars_give_the_naive_sum(int length)
    {
        G1[] points = GroupSamples.Points(length + 3);
        Fr[] scalars = GroupSamples.Scalars(length);
        Assert.Equal(GroupSamples.Naive(points, scalars), Compute(points, scalars));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Integer_scalars_of_every_width_give_the_naive_sum(int length)
    {
        G1[] points = GroupSamples.Points(length + 1);
        var bases = new G1Bases(points);
        var random = new Random(5);
        foreach (int bits in new[] { 1, 2, 5, 8, 9, 16, 17, 24, 31, 40, 63 })
        {
            long[] scalars = Enumerable.Range(0, length).Select(_ => random.NextInt64(-(1L << (bits - 1)), 1L << (bits - 1))).ToArray();
            G1 expected = GroupSamples.Naive(points, scalars);
            Assert.Equal(expected, MultiScalarMultiplication.ComputeSmall(bases, scalars));
            if (bits < 32)
            {
                int[] narrow = scalars.Select(s => (int)s).ToArray();
                Assert.Equal(expected, MultiScalarMultiplication.ComputeSmall(bases, narrow));
            }
        }
    }

    [Fact]
    public void Extreme_scalars_give_the_naive_sum()
    {
        long[] values = [0, 1, -1, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue, 127, -128, 128, 255, 256, -32768, 32767, 65535];
        G1[] points = GroupSamples.Points(values.Length);
        var bases = new G1Bases(points);
        Assert.Equal(GroupSamples.Naive(points, values), MultiScalarMultiplication.ComputeSmall(bases, values));
        for (int i = 0; i < values.Length; i++)
        {
            long[] repeated = Enumerable.Repeat(values[i], values.Length).ToArray();
            G1 expected = GroupSamples.Naive(points, repeated);
            Assert.Equal(expected, MultiScalarMultiplication.ComputeSmall(bases, repeated));
            if (values[i] == (int)values[i])
            {
                Assert.Equal(expected, MultiScalarMultiplication.ComputeSmall(bases, repeated.Select(v => (int)v).ToArray()));
            }
        }
    }

    [Fact]
    public void Extreme_field_scalars_give_the_naive_sum()
    {
        Fr minusOne = -Fr.One;
        Fr half = Fr.FromUInt64(2).Inverse();
        Fr[] values = [Fr.Zero, Fr.One, minusOne, minusOne + minusOne, half, -half, half - Fr.One, Fr.FromUInt64(ulong.MaxValue), Fr.FromInt64(long.MinValue)];
        G1[] points = GroupSamples.Points(values.Length);
        Assert.Equal(GroupSamples.Naive(points, values), Compute(points, values));
        foreach (Fr value in values)
        {
            Fr[] repeated = Enumerable.Repeat(value, values.Length).ToArray();
            Assert.Equal(GroupSamples.Naive(points, repeated), Compute(points, repeated));
        }
    }

    [Fact]
    public void Equal_and_opposite_points_and_infinity_are_added_rightly()
    {
        // Every way in which two points of a bucket, or sums of such, can be equal, opposite or infinite.
        G1 a = GroupSamples.Points(1)[0];
        var random = new Random(9);
        G1[] choices = [a, -a, a, G1.Infinity, a + a, -(a + a), G1.Generator];
        for (int trial = 0; trial < 20; trial++)
        {
            G1[] points = Enumerable.Range(0, 70).Select(_ => choices[random.Next(choices.Length)]).ToArray();
            long[] scalars = Enumerable.Range(0, 70).Select(_ => (long)random.Next(-2, 3)).ToArray();
            Assert.Equal(GroupSamples.Naive(points, scalars), MultiScalarMultiplication.ComputeSmall(new G1Bases(points), scalars));
            Fr[] field = scalars.Select(s => Fr.FromInt64(s * 1_000_003) + (s > 1 ? GroupSamples.Scalar(random) : Fr.Zero)).ToArray();
            Assert.Equal(GroupSamples.Naive(points, field), Compute(points, field));
        }

        G1[] equal = Enumerable.Repeat(a, 5000).ToArray();
        Assert.Equal(a.Multiply(Fr.FromUInt64(5000 * 77)), MultiScalarMultiplication.ComputeSmall(new G1Bases(equal), Enumerable.Repeat(77, 5000).ToArray()));
        Assert.Equal(G1.Infinity, MultiScalarMultiplication.ComputeSmall(new G1Bases(equal), Enumerable.Range(0, 5000).Select(i => (i & 1) == 0 ? 5 : -5).ToArray()));
    }

    [Fact]
    public void Small_field_scalars_equal_integer_scalars()
    {
        const int length = 3000;
        var bases = new G1Bases(GroupSamples.Points(length));
        var random = new Random(11);
        int[] scalars = Enumerable.Range(0, length).Select(_ => random.Next(-1000, 1000)).ToArray();
        using FrVector field = Vector(scalars.Select(s => Fr.FromInt64(s)).ToArray());
        G1 expected = MultiScalarMultiplication.ComputeSmall(bases, scalars);
        Assert.Equal(expected, MultiScalarMultiplication.Compute(bases, field.All));
        Assert.Equal(expected, MultiScalarMultiplication.ComputeSmall(bases, scalars.Select(s => (long)s).ToArray()));
    }

    [Theory]
    [InlineData(1, 40_000, 128)]
    [InlineData(1, 40_000, 32_768)]
    [InlineData(1, 40_000, 1)]
    [InlineData(3, 5000, 128)]
    [InlineData(37, 300, 200)]
    [InlineData(400, 5, 70_000)]
    public void Rows_equal_sums_by_multiplication_of_the_generator(int rows, int columns, int largest)
    {
        // With known logarithms k_i of the points the sum is (Σ s_i·k_i)·G, whatever the length.
        var random = new Random(13);
        G1[] points = GroupSamples.Points(columns);
        Fr first = Logarithm(0), step = Logarithm(1) - Logarithm(0);
        int[] matrix = Enumerable.Range(0, rows * columns)
            .Select(i => (i / 100) % 3 == 0 ? 0 : random.Next(-largest, largest + 1)).ToArray();
        G1[] sums = MultiScalarMultiplication.ComputeRows(new G1Bases(points), matrix, rows, columns);
        Assert.Equal(rows, sums.Length);
        for (int row = 0; row < rows; row++)
        {
            long sum = 0, weighted = 0;
            for (int i = 0; i < columns; i++)
            {
                sum += matrix[(row * columns) + i];
                weighted += (long)matrix[(row * columns) + i] * i;
            }

            Assert.Equal(G1.Generator.Multiply((Fr.FromInt64(sum) * first) + (Fr.FromInt64(weighted) * step)), sums[row]);
        }

        static Fr Logarithm(int index)
        {
            var random = new Random(1);
            Fr step = GroupSamples.Scalar(random);
            return GroupSamples.Scalar(random) + (Fr.FromUInt64((ulong)index) * step);
        }
    }

    [Fact]
    public void Rows_equal_single_rows()
    {
        const int rows = 9, columns = 1200;
        var bases = new G1Bases(GroupSamples.Points(columns + 50));
        var random = new Random(17);
        int[] matrix = Enumerable.Range(0, rows * columns).Select(i => i < columns ? 0 : random.Next(-1 << (i % 20), 1 << (i % 20))).ToArray();
        G1[] sums = MultiScalarMultiplication.ComputeRows(bases, matrix, rows, columns);
        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(MultiScalarMultiplication.ComputeSmall(bases, matrix.AsSpan(row * columns, columns)), sums[row]);
        }

        long[] wide = Array.ConvertAll(matrix, value => (long)value);
        Assert.Equal(sums, MultiScalarMultiplication.ComputeRows(bases, wide, rows, columns));
    }

    [Fact]
    public void A_slice_uses_its_own_points()
    {
        G1[] points = GroupSamples.Points(50);
        G1Bases slice = new G1Bases(points).Slice(10, 25);
        Assert.Equal(25, slice.Count);
        Assert.Equal(points[10], slice[0]);
        Assert.Equal(points.AsSpan(10, 25).ToArray(), slice.ToArray());
        long[] scalars = Enumerable.Range(1, 25).Select(i => (long)i).ToArray();
        Assert.Equal(GroupSamples.Naive(points.AsSpan(10), scalars), MultiScalarMultiplication.ComputeSmall(slice, scalars));
        Assert.Throws<ArgumentOutOfRangeException>(() => slice[25]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(20, 6));
    }

    [Fact]
    public void More_scalars_than_bases_are_refused()
    {
        var bases = new G1Bases(GroupSamples.Points(3));
        Assert.Throws<ArgumentException>(() => MultiScalarMultiplication.ComputeSmall(bases, new int[4]));
        Assert.Throws<ArgumentException>(() => MultiScalarMultiplication.ComputeRows(bases, new int[8], 2, 3));
        using FrVector scalars = FrVector.Rent(4, cleared: true);
        Assert.Throws<ArgumentException>(() => MultiScalarMultiplication.Compute(bases, scalars.All));
    }

    private static G1 Compute(G1[] points, Fr[] scalars)
    {
        using FrVector vector = Vector(scalars);
        return MultiScalarMultiplication.Compute(new G1Bases(points), vector.All);
    }

    private static FrVector Vector(Fr[] values)
    {
        FrVector vector = FrVector.Rent(values.Length);
        vector.All.CopyFrom(values);
        return vector;
    }
}
