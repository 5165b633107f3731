using VerifiableML.Algebra;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tests.Claims;

/// <summary>Kernels that the verifier evaluates in closed form, against the multilinear extension of their dense tables.</summary>
public sealed class ClaimKernelTests
{
    public static TheoryData<string> Names => Draw.CaseNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_segments_kernel_is_the_extension_of_its_table(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        EvaluationPoint<Fr> point = Draw.Point(circuit.Layout.ColumnBits, 7);
        foreach (WeightSegment segment in circuit.Segments)
        {
            EvaluationPoint<Fr>[] blocks = [.. segment.BlockAxes.Select((extent, axis) => Draw.Point(TensorLayout.BitsFor(extent), axis + 1))];
            EvaluationPoint<Fr> low = Draw.Point(segment.BlockBits, 9);
            var claim = new SegmentClaim<Fr>(segment, blocks, low, Fr.One);
            var dense = new Fr[1 << circuit.Layout.ColumnBits];
            for (int block = 0; block < segment.Blocks; block++)
            {
                int rest = block;
                Fr weight = Fr.One;
                for (int axis = blocks.Length - 1; axis >= 0; axis--)
                {
                    weight *= Equality.AtIndex(blocks[axis], rest % segment.BlockAxes[axis]);
                    rest /= segment.BlockAxes[axis];
                }

                for (int i = 0; i < 1 << segment.BlockBits; i++)
                {
                    dense[segment.Offset + (block << segment.BlockBits) + i] = weight * Equality.AtIndex(low, i);
                }
            }

            Assert.Equal(Draw.Extension(dense, point), claim.KernelAt(point));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Equality_at_a_point(int bits)
    {
        EvaluationPoint<Fr> point = Draw.Point(bits, 1);
        var column = new Column("column", bits);
        EvaluationPoint<Fr> other = Draw.Point(bits, 2);
        Fr[] equality = [.. Enumerable.Range(0, 1 << bits).Select(i => Equality.AtIndex(other, i))];
        Assert.Equal(Draw.Extension(equality, point), new EvaluationClaim<Fr>(column, other, Fr.Zero).KernelAt(point));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 3, 5, 3)]
    [InlineData(2, 4, 2, 8)]
    [InlineData(5, 5, 7, 6)]
    public void Live_cells_are_numbered_without_padding(int batch, int rows, int columns, int channels)
    {
        var shape = new TensorShape(rows, columns, channels);
        TensorLayout layout = TensorLayout.Of(shape, batch);
        Fr powerBase = Draw.Scalar(97);
        var powers = new Fr[1 << layout.Bits];
        for (int i = 0; i < powers.Length; i++)
        {
            int c = i & ((1 << layout.ChannelBits) - 1);
            int x = (i >> layout.ChannelBits) & ((1 << layout.XBits) - 1);
            int y = (i >> (layout.ChannelBits + layout.XBits)) & ((1 << layout.YBits) - 1);
            int b = i >> layout.CellBits;
            powers[i] = powerBase.Pow((ulong)((((((b * rows) + y) * columns) + x) * channels) + c));
        }

        EvaluationPoint<Fr> point = Draw.Point(layout.Bits, 6);
        var claim = new PowerClaim<Fr>(new Column("column", layout.Bits), shape, layout, powerBase, Fr.Zero);
        Assert.Equal(Draw.Extension(powers, point), claim.KernelAt(point));
    }

    [Theory]
    [InlineData(1, 3, 5, 3)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(2, 4, 2, 8)]
    [InlineData(5, 5, 7, 6)]
    [InlineData(1, 1, 1, 3)]
    public void Padding_is_all_that_is_not_live(int batch, int rows, int columns, int channels)
    {
        var shape = new TensorShape(rows, columns, channels);
        TensorLayout layout = TensorLayout.Of(shape, batch);
        Fr powerBase = Draw.Scalar(98);
        Fr[] padding = [.. Enumerable.Range(0, 1 << layout.Bits).Select(i => powerBase.Pow((ulong)i))];
        for (int b = 0; b < 1 << layout.BatchBits; b++)
        {
            for (int cell = 0; cell < shape.Cells; cell++)
            {
                int c = cell % channels;
                int x = cell / channels % columns;
                int y = cell / channels / columns;
                padding[(((((b << layout.YBits) + y) << layout.XBits) + x) << layout.ChannelBits) + c] = Fr.Zero;
            }
        }

        EvaluationPoint<Fr> point = Draw.Point(layout.Bits, 6);
        var claim = new PaddingClaim<Fr>(new Column("column", layout.Bits), shape, layout, powerBase);
        Assert.Equal(Draw.Extension(padding, point), claim.KernelAt(point));
    }

    [Fact]
    public void A_wirings_kernel_is_the_product_over_its_axes_and_fixed_axes_pass_through()
    {
        Fr[] rows = [.. Enumerable.Range(0, 4).Select(Draw.Scalar)];
        Fr[] single = [Draw.Scalar(50)];
        EvaluationPoint<Fr> batch = Draw.Point(1, 3);
        EvaluationPoint<Fr> channel = Draw.Point(2, 4);
        var wiring = new Wiring<Fr>(
            0, new Column("source", 5), [WiringAxis<Fr>.At(batch), WiringAxis<Fr>.Over(rows), WiringAxis<Fr>.Over(single), WiringAxis<Fr>.At(channel)], Fr.Zero);
        EvaluationPoint<Fr> point = Draw.Point(2, 5);
        Assert.Equal(2, wiring.Variables);
        Assert.False(wiring.PassesThrough);
        Assert.Equal(Draw.Extension(rows, point) * single[0], wiring.KernelAt(point));
        Assert.Equal(
            EvaluationPoint<Fr>.Join(batch, point, channel).Coordinates.ToArray(), wiring.SourcePoint(point).Coordinates.ToArray());
    }

    [Fact]
    public void An_axis_of_one_index_with_a_kernel_does_not_pass_through()
    {
        var wiring = new Wiring<Fr>(0, new Column("source", 0), [WiringAxis<Fr>.Over([Draw.Scalar(1)])], Fr.Zero);
        Assert.Equal(0, wiring.Variables);
        Assert.False(wiring.PassesThrough);
        Assert.True(new Wiring<Fr>(0, new Column("source", 1), [WiringAxis<Fr>.At(Draw.Point(1))], Fr.Zero).PassesThrough);
    }
}
