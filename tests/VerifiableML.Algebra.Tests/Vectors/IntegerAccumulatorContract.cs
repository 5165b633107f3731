using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>Accumulators of an implementation against the reference.</summary>
/// <param name="kernels">The implementation.</param>
/// <param name="longest">The most columns and rows to try: some implementations are slow where tests run.</param>
public abstract class IntegerAccumulatorContract(IFieldKernels kernels, int longest)
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Rows_of_any_integers_are_summed_as_by_the_reference(int length)
    {
        length = Math.Min(length, longest);
        using IIntegerAccumulator expected = new ReferenceFieldKernels().CreateAccumulator(length);
        using IIntegerAccumulator actual = kernels.CreateAccumulator(length);
        Fr[] coefficients = FieldSamples.Mixed(40, seed: 5);
        int row = 0;
        for (int pass = 0; pass < 8; pass++)
        {
            foreach (int[] values in FieldSamples.IntegerRows(length))
            {
                Fr coefficient = coefficients[row++];
                int start = pass % 2 == 0 ? 0 : length / 3;
                expected.Add(start, values.AsMemory(start), coefficient);
                actual.Add(start, values.AsMemory(start), coefficient);
            }

            AssertSame(length, expected, actual);
        }
    }

    [Fact]
    public void Rows_of_short_integers_are_summed_as_by_the_reference()
    {
        const int Length = 50;
        using IIntegerAccumulator expected = new ReferenceFieldKernels().CreateAccumulator(Length);
        using IIntegerAccumulator actual = kernels.CreateAccumulator(Length);
        Random random = new(4);
        foreach (Fr coefficient in FieldSamples.Mixed(100, seed: 6))
        {
            short[] values = [.. Enumerable.Range(0, Length - 1).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
            expected.Add(1, values, coefficient);
            actual.Add(1, values, coefficient);
        }

        AssertSame(Length, expected, actual);
    }

    [Theory]
    [InlineData(short.MinValue)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Extreme_values_do_not_overflow_however_often_they_are_added(int value)
    {
        const int Length = 16;
        int rows = Math.Min(70_000, longest);
        Fr coefficient = new(0x8000_0000_8000_0000, 0x8000_0000_8000_0000, 0x8000_0000_8000_0000, 0x2000_0000_8000_0000);
        int[] values = new int[Length];
        Array.Fill(values, value);
        using IIntegerAccumulator accumulator = kernels.CreateAccumulator(Length);
        for (int row = 0; row < rows; row++)
        {
            accumulator.Add(0, values, coefficient);
        }

        using FrVector sums = FrVector.Rent(Length);
        accumulator.ReduceTo(sums.All);
        Assert.All(sums.All.ToArray(), sum => Assert.Equal(Fr.FromInt64((long)rows * value) * coefficient, sum));
    }

    [Fact]
    public void Columns_that_do_not_exist_are_refused()
    {
        using IIntegerAccumulator accumulator = kernels.CreateAccumulator(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => accumulator.Add(8, new int[3], Fr.One));
        Assert.Throws<ArgumentOutOfRangeException>(() => accumulator.Add(-1, new short[3], Fr.One));
        using FrVector eleven = FrVector.Rent(11);
        Assert.Throws<ArgumentException>(() => accumulator.ReduceTo(eleven.All));
    }

    private static void AssertSame(int length, IIntegerAccumulator expected, IIntegerAccumulator actual)
    {
        using FrVector x = FrVector.Rent(length), y = FrVector.Rent(length);
        expected.ReduceTo(x.All);
        actual.ReduceTo(y.All);
        Assert.Equal(x.All.ToArray(), y.All.ToArray());
    }
}
