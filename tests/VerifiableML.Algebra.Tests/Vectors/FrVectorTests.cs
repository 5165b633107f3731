using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

public sealed class FrVectorTests
{
    [Fact]
    public void Slices_share_the_elements_of_their_vector()
    {
        Fr[] elements = FieldSamples.Mixed(20, seed: 1);
        using FrVector vector = FrVector.From(elements);
        FrSlice slice = vector.Slice(3, 10).Slice(2, 5);
        Assert.Equal(elements[5..10], slice.ToArray());
        slice[1] = Fr.FromUInt64(42);
        Assert.Equal(Fr.FromUInt64(42), vector[6]);
        Assert.Equal(elements[7], vector[7]);
    }

    [Fact]
    public void Copies_clear_and_fill_reach_exactly_the_slice()
    {
        Fr[] elements = FieldSamples.Elements(12, seed: 2);
        using FrVector source = FrVector.From(elements), target = FrVector.Rent(12, cleared: true);
        source.Slice(2, 5).CopyTo(target.Slice(4, 5));
        target.Slice(8, 1).Clear();
        Fr[] expected = new Fr[12];
        elements.AsSpan(2, 4).CopyTo(expected.AsSpan(4));
        Assert.Equal(expected, target.All.ToArray());
        Assert.Throws<ArgumentException>(() => source.All.CopyTo(target.Slice(0, 11)));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 6)]
    [InlineData(6, 0)]
    [InlineData(3, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Slices_outside_are_refused(int start, int length)
    {
        using FrVector vector = FrVector.Rent(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => vector.Slice(start, length));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Elements_outside_are_refused(int index)
    {
        using FrVector vector = FrVector.Rent(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => vector.Slice(1, 5)[index]);
    }

    [Fact]
    public void A_disposed_vector_is_refused_and_its_memory_is_lent_to_one_other_vector_only()
    {
        FrVector first = FrVector.Rent(777);
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.All);
        using FrVector second = FrVector.Rent(777, cleared: true), third = FrVector.Rent(777, cleared: true);
        second[5] = Fr.One;
        Assert.Equal(Fr.Zero, third[5]);
    }

    [Fact]
    public void The_empty_slice_has_no_elements()
    {
        Assert.Empty(default(FrSlice).ToArray());
        Assert.Equal(0, default(FrSlice).Slice(0, 0).Length);
        using FrVector empty = FrVector.Rent(0);
        Assert.Empty(empty.All.ToArray());
    }

    [Fact]
    public void The_clock_measures_a_multiplication()
    {
        FieldMultiplicationClock clock = FieldMultiplicationClock.Measure();
        Assert.InRange(clock.ScalarNanoseconds, 1, 100_000);
        Assert.InRange(clock.VectorNanoseconds, 1, 100_000);
    }
}
