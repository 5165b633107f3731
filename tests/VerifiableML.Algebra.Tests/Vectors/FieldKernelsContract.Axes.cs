using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <content>Kernels along axes, fused rounds and polynomials.</content>
public abstract partial class FieldKernelsContract
{
    [Theory]
    [MemberData(nameof(Lengths))]
    public void Reversed_elements_and_polynomials_equal_the_reference(int length)
    {
        Compare(length, 2, (k, v) => k.Reverse(v[0], v[1]));
        foreach (Fr x in (Fr[])[Fr.Zero, Fr.One, -Fr.One, FieldSamples.Element(17)])
        {
            CompareValues(length, 1, (k, v) => k.Evaluate(v[0], x));
            Compare(length, 1, (k, v) => k.Divide(v[0], x));
        }
    }

    /// <summary>Sizes of three axes, the middle one being summed over, or the first two being products.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 1)]
    [InlineData(2, 3, 7)]
    [InlineData(1, 4, 8)]
    [InlineData(5, 1, 16)]
    [InlineData(2, 9, 33)]
    [InlineData(1, 2, 300)]
    [InlineData(0, 2, 3)]
    [InlineData(40, 3, 3)]
    public void Sums_and_products_along_axes_equal_the_reference(int outer, int middle, int inner)
    {
        Fr[] weights = FieldSamples.Mixed(middle, seed: middle);
        Compare(outer * middle * inner, 2, (k, v) => k.FoldAxis(v[0], weights, inner, v[1].Slice(0, outer * inner)));
        Compare(middle * inner, 2, (k, v) => k.AddOuterProduct(weights, v[0].Slice(0, inner), v[1]));
        foreach (int[] rows in FieldSamples.IntegerRows(outer * inner))
        {
            Compare(Math.Max(outer, inner), 2, (k, v) => k.InnerProducts(rows, v[0].Slice(0, inner), v[1].Slice(0, outer)));
        }
    }

    [Fact]
    public void Axes_that_do_not_match_are_refused()
    {
        using FrVector six = kernels.Rent(6, cleared: true), five = kernels.Rent(5, cleared: true);
        Fr[] two = [Fr.One, Fr.One];
        Assert.Throws<ArgumentException>(() => kernels.FoldAxis(five.All, two, 1, six.Slice(0, 3)));
        Assert.Throws<ArgumentException>(() => kernels.FoldAxis(six.All, two, 2, five.Slice(0, 3)));
        Assert.Throws<ArgumentException>(() => kernels.AddOuterProduct(two, five.Slice(0, 2), five.All));
        Assert.Throws<ArgumentException>(() => kernels.InnerProducts(new int[5], six.Slice(0, 2), five.Slice(0, 3)));
        Assert.Throws<ArgumentException>(() => kernels.Reverse(five.All, six.All));
        Assert.Throws<ArgumentException>(() => kernels.AddAt([0, 1], [Fr.One], six.All));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernels.AddAt([6], [Fr.One], six.All));
        Assert.Equal(Enumerable.Repeat(Fr.Zero, 6), six.All.ToArray());
    }

    [Fact]
    public void Single_elements_are_added_as_by_the_reference() =>
        Compare(40, 1, (k, v) => k.AddAt([3, 39, 0, 17], FieldSamples.Mixed(4, seed: 8), v[0]));

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(64)]
    [InlineData(600)]
    [InlineData(1 << 13)]
    public void Fused_rounds_equal_the_reference(int length)
    {
        foreach (Fr r in (Fr[])[Fr.Zero, -Fr.One, FieldSamples.Element(7)])
        {
            Fr lambda = FieldSamples.Element(9);

            // Upper halves are not compared: what becomes of them is not said.
            CompareValues(length, 5, (k, v) =>
            {
                var products = k.FoldAndProductRound(v[1], v[2], r);
                v[1].Slice(length / 2, length / 2).Clear();
                v[2].Slice(length / 2, length / 2).Clear();
                return products;
            });
            CompareValues(length, 5, (k, v) =>
            {
                var fractions = k.FoldAndFractionRound(v[0].Slice(0, length / 2), v[1], v[2], v[3], v[4], lambda, r);
                v[0].Slice(length / 4, length / 4).Clear();
                foreach (FrSlice table in v[1..])
                {
                    table.Slice(length / 2, length / 2).Clear();
                }

                return fractions;
            });
        }
    }
}
