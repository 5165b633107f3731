using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>Every kernel of an implementation against the reference, bit for bit.</summary>
/// <param name="kernels">The implementation.</param>
/// <param name="longest">The longest slices to try: some implementations are slow where tests run.</param>
public abstract partial class FieldKernelsContract(IFieldKernels kernels, int longest)
{
    private static readonly ReferenceFieldKernels Reference = new();

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 41), 1000, 2728, 4096, 10_001];

    public static TheoryData<int> EvenLengths => [.. Enumerable.Range(0, 41).Select(h => 2 * h), 1400, 2000, 2736, 1 << 13, 20_002];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Elementwise_kernels_equal_the_reference(int length)
    {
        Fr s = FieldSamples.Element(99);
        Compare(length, 3, (k, v) => k.Add(v[0], v[1], v[2]));
        Compare(length, 2, (k, v) => k.Add(v[0], v[1], v[0]));
        Compare(length, 3, (k, v) => k.Subtract(v[0], v[1], v[2]));
        Compare(length, 2, (k, v) => k.Subtract(v[0], v[1], v[1]));
        Compare(length, 3, (k, v) => k.Multiply(v[0], v[1], v[2]));
        Compare(length, 1, (k, v) => k.Multiply(v[0], v[0], v[0]));
        Compare(length, 2, (k, v) => k.Scale(v[0], s, v[1]));
        Compare(length, 2, (k, v) => k.AddScaled(v[0], s, v[1]));
        Compare(length, 2, (k, v) => k.AddScaled(v[0], -Fr.One, v[1]));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_equal_the_reference(int length)
    {
        CompareValues(length, 1, (k, v) => k.Sum(v[0]));
        CompareValues(length, 2, (k, v) => k.InnerProduct(v[0], v[1]));
        CompareValues(length, 1, (k, v) => k.InnerProduct(v[0], v[0]));
    }

    [Fact]
    public void Sums_of_the_largest_elements_do_not_overflow()
    {
        int length = Math.Min(1 << 16, longest);
        using FrVector values = kernels.Rent(length);
        Fr largest = new(ScalarModulus.P0 - 1, ScalarModulus.P1, ScalarModulus.P2, ScalarModulus.P3);
        values.All.Fill(largest);
        Fr count = Fr.FromInt64(length);
        Assert.Equal(count * largest, kernels.Sum(values.All));
        Assert.Equal(count * largest.Square(), kernels.InnerProduct(values.All, values.All));
    }

    [Theory]
    [MemberData(nameof(EvenLengths))]
    public void Folds_equal_the_reference(int length)
    {
        foreach (Fr r in (Fr[])[Fr.Zero, Fr.One, -Fr.One, FieldSamples.Element(7)])
        {
            Compare(length, 1, (k, v) => k.Fold(v[0], r));
        }

        Compare(length, 1, (k, v) => k.SumHalves(v[0]));
    }

    [Theory]
    [MemberData(nameof(EvenLengths))]
    public void Sumcheck_rounds_equal_the_reference(int length)
    {
        int h = length / 2;
        CompareValues(length, 2, (k, v) => k.ProductRound(v[0], v[1]));
        CompareValues(length, 3, (k, v) => k.WeightedProductRound(v[0].Slice(0, h), v[1], v[2]));
        foreach (Fr lambda in (Fr[])[Fr.Zero, -Fr.One, FieldSamples.Element(5)])
        {
            CompareValues(length, 5, (k, v) => k.FractionRound(v[0].Slice(0, h), v[1], v[2], v[3], v[4], lambda));
        }
    }

    /// <summary>Numerators of one and constant padding in runs of every kind, for which the vector kernels take shorter ways.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Rounds_and_folds_of_runs_equal_the_reference(int kind)
    {
        const int Length = 192, Run = 32;
        Fr lambda = FieldSamples.Element(kind);
        CompareValues(Length, 5, (k, v) =>
        {
            for (int table = 0; table < 5; table++)
            {
                for (int i = 0; i < Length; i += Length / 2)
                {
                    // In every slice another run is one in both halves, one in one of them, zero, or left as it was.
                    FrSlice run = v[table].Slice(i + (Run * ((table + kind) % 3)), Run);
                    run.CopyFrom([.. Enumerable.Repeat(kind is 0 or 1 || (kind == 2 && i == 0) ? Fr.One : Fr.Zero, Run)]);
                    if (kind is 1 or 4 && table is 1 or 3)
                    {
                        v[table].Slice(i, Length / 2).CopyFrom([.. Enumerable.Repeat(Fr.One, Length / 2)]);
                    }

                    if (kind is 5 or 6 && table is 2 or 4)
                    {
                        v[table].Slice(0, Length / 2).CopyTo(v[table].Slice(Length / 2, Length / 2));
                    }
                }
            }

            var fractions = k.FractionRound(v[0].Slice(0, Length / 2), v[1], v[2], v[3], v[4], lambda);
            var products = k.ProductRound(v[1], v[2]);
            var weighted = k.WeightedProductRound(v[0].Slice(0, Length / 2), v[1], v[2]);
            k.FractionCombine(v[1], v[2], v[3], v[4], v[0], v[4]);
            k.Fold(v[1], lambda);
            return (fractions, products, weighted, Text(v[0]), Text(v[1]), Text(v[4]));
        });
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Fractions_are_added_as_by_the_reference(int length)
    {
        Compare(length, 6, (k, v) => k.FractionCombine(v[0], v[1], v[2], v[3], v[4], v[5]));
        Compare(length, 4, (k, v) => k.FractionCombine(v[0], v[1], v[2], v[3], v[0], v[1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(13)]
    public void Equality_polynomials_equal_the_reference(int variables)
    {
        Fr[] point = FieldSamples.Elements(variables, seed: 3);
        Compare(1 << variables, 1, (k, v) => k.ExpandEquality(point, FieldSamples.Element(11), v[0]));
    }

    [Fact]
    public void The_first_coordinate_of_an_equality_polynomial_is_the_most_significant_bit()
    {
        Fr[] point = FieldSamples.Elements(5, seed: 21);
        using FrVector values = kernels.Rent(32);
        kernels.ExpandEquality(point, Fr.One, values.All);
        for (int i = 0; i < 32; i++)
        {
            Fr expected = Fr.One;
            for (int k = 0; k < 5; k++)
            {
                expected *= ((i >> (4 - k)) & 1) == 1 ? point[k] : Fr.One - point[k];
            }

            Assert.Equal(expected, values[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Inverses_equal_the_reference(int length) => Compare(length, 1, (k, v) => k.BatchInvert(v[0]));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Gathered_elements_equal_the_reference(int length)
    {
        Random random = new(length);
        int[] index = [.. Enumerable.Range(0, 2 * length).Select(_ => random.Next(Math.Max(1, length)))];
        Compare(2 * length, 2, (k, v) => k.Gather(v[0].Slice(0, length), index, v[1]));
    }

    [Fact]
    public void Gathering_outside_the_table_is_refused()
    {
        using FrVector table = FrVector.Rent(4, cleared: true), destination = FrVector.Rent(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernels.Gather(table.All, new[] { 3, 4 }, destination.All));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernels.Gather(table.All, new[] { -1, 0 }, destination.All));
    }

    [Fact]
    public void Slices_that_do_not_match_are_refused()
    {
        using FrVector four = FrVector.Rent(4), five = FrVector.Rent(5);
        Assert.Throws<ArgumentException>(() => kernels.Add(four.All, five.All, four.All));
        Assert.Throws<ArgumentException>(() => kernels.Multiply(four.All, four.All, five.All));
        Assert.Throws<ArgumentException>(() => kernels.Fold(five.All, Fr.One));
        Assert.Throws<ArgumentException>(() => kernels.ProductRound(four.All, five.All));
        Assert.Throws<ArgumentException>(() => kernels.ExpandEquality([Fr.One], Fr.One, four.All));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Integers_become_the_elements_of_the_reference(int length)
    {
        foreach (int[] values in FieldSamples.IntegerRows(length))
        {
            Compare(length, 1, (k, v) => k.FromIntegers(values, v[0]));
            CompareValues(length, 1, (k, v) => k.InnerProduct(values, v[0]));
        }
    }

    private static string Text(FrSlice values) => string.Join(' ', values.ToArray());

    private void Compare(int length, int vectors, Action<IFieldKernels, FrSlice[]> run) => CompareValues(length, vectors, (k, v) =>
    {
        run(k, v);
        return 0;
    });

    /// <summary>Results, vectors afterwards and what surrounds them are to be the same.</summary>
    private void CompareValues<T>(int length, int vectors, Func<IFieldKernels, FrSlice[], T> run)
    {
        if (length > longest)
        {
            return;
        }

        using SampleVectors expected = new(Reference, length, vectors), actual = new(kernels, length, vectors);
        Assert.Equal(run(Reference, expected.Slices), run(kernels, actual.Slices));
        for (int k = 0; k < vectors; k++)
        {
            Assert.Equal(expected.Slices[k].ToArray(), actual.Slices[k].ToArray());
        }

        Assert.Equal(expected.Surroundings, actual.Surroundings);
    }
}
