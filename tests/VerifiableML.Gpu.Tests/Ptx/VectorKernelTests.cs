using VerifiableML.Algebra;
using VerifiableML.Algebra.Tests.Vectors;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>
/// The kernels of vectors as a device gets them, word for word: the CPU accelerator runs their .NET code, which cannot show what the compiler does to
/// loads and stores of kernels that work in place.
/// </summary>
public sealed class VectorKernelTests
{
    private const int Length = 12;

    private static readonly ReferenceFieldKernels Reference = new();
    private static readonly Fr S = FieldSamples.Element(99), Lambda = FieldSamples.Element(98);

    private readonly PtxVectors _ptx = new();
    private readonly Fr[][] _elements = [.. Enumerable.Range(0, 6).Select(k => FieldSamples.Mixed(Length, seed: k + 1))];

    [Fact]
    public void Elementwise()
    {
        PtxSlice a = _ptx.Put(_elements[0]), b = _ptx.Put(_elements[1]), c = _ptx.Put(_elements[2]);
        Type kernels = typeof(ElementwiseKernels);
        _ptx.Run(kernels, nameof(ElementwiseKernels.Add), a, b, c);
        Assert.Equal(Host(v => Reference.Add(v[0], v[1], v[2])), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Subtract), a, b, c);
        Assert.Equal(Host(v => Reference.Subtract(v[0], v[1], v[2])), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Multiply), a, b, c);
        Assert.Equal(Host(v => Reference.Multiply(v[0], v[1], v[2])), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Scale), a, DeviceElement.From(S), c);
        Assert.Equal(Host(v => Reference.Scale(v[0], S, v[2])), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Reverse), a, c);
        Assert.Equal(Host(v => Reference.Reverse(v[0], v[2])), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Copy), b, c);
        Assert.Equal(_elements[1], _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.AddScaled), a, DeviceElement.From(S), c);
        Assert.Equal(Host(v => { v[1].CopyTo(v[2]); Reference.AddScaled(v[0], S, v[2]); }), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Fill), c, DeviceElement.From(S));
        Assert.Equal(Enumerable.Repeat(S, Length), _ptx.Get(c));
        _ptx.Run(kernels, nameof(ElementwiseKernels.AddAt), _ptx.Integers(3, 11, 0, 7, 2), _ptx.Elements(_elements[3][..5]), b);
        Assert.Equal(Host(v => { v[1].CopyTo(v[2]); Reference.AddAt([3, 11, 0, 7, 2], _elements[3].AsSpan(0, 5), v[2]); }), _ptx.Get(b));
        _ptx.Run(kernels, nameof(ElementwiseKernels.Fold), a, DeviceElement.From(S));
        Assert.Equal(Host(v => { v[0].CopyTo(v[2]); Reference.Fold(v[2], S); }), _ptx.Get(a));
    }

    [Fact]
    public void Rounds_of_products()
    {
        PtxSlice w = _ptx.Put(_elements[0][..(Length / 2)]), f = _ptx.Put(_elements[1]), g = _ptx.Put(_elements[2]);
        Type kernels = typeof(SumcheckKernels);
        Assert.Equal([Value(v => Reference.Sum(v[1]))], _ptx.Sums(kernels, nameof(SumcheckKernels.Sum), 1, f));
        Assert.Equal([Value(v => Reference.InnerProduct(v[1], v[2]))], _ptx.Sums(kernels, nameof(SumcheckKernels.InnerProduct), 1, f, g));
        Assert.Equal(Pair(Value(v => Reference.ProductRound(v[1], v[2]))), _ptx.Sums(kernels, nameof(SumcheckKernels.ProductRound), 2, f, g));
        Assert.Equal(
            Pair(Value(v => Reference.WeightedProductRound(v[0].Slice(0, Length / 2), v[1], v[2]))),
            _ptx.Sums(kernels, nameof(SumcheckKernels.WeightedProductRound), 2, w, f, g));
        Assert.Equal(
            Pair(Value(v => ((IFieldKernels)Reference).FoldAndProductRound(v[1], v[2], S))),
            _ptx.Sums(kernels, nameof(SumcheckKernels.FoldAndProductRound), 2, f, g, DeviceElement.From(S)));
        Assert.Equal(Host(v => { v[1].CopyTo(v[2]); Reference.Fold(v[2], S); })[..(Length / 2)], _ptx.Get(f)[..(Length / 2)]);
        Assert.Equal(Host(v => Reference.Fold(v[2], S))[..(Length / 2)], _ptx.Get(g)[..(Length / 2)]);
    }

    [Fact]
    public void Rounds_of_fractions()
    {
        PtxSlice w = _ptx.Put(_elements[0][..(Length / 2)]), target = _ptx.Put(_elements[5]), other = _ptx.Put(_elements[5]);
        PtxSlice[] t = [.. Enumerable.Range(1, 4).Select(k => _ptx.Put(_elements[k]))];
        Type kernels = typeof(FractionKernels);
        _ptx.Run(kernels, nameof(FractionKernels.Combine), t[0], t[1], t[2], t[3], target, other);
        Assert.Equal(Host(v => Reference.FractionCombine(v[1], v[2], v[3], v[4], v[5], v[0]), 5), _ptx.Get(target));
        Assert.Equal(Host(v => Reference.FractionCombine(v[1], v[2], v[3], v[4], v[5], v[0]), 0), _ptx.Get(other));
        Assert.Equal(
            Pair(Value(v => Reference.FractionRound(v[0].Slice(0, Length / 2), v[1], v[2], v[3], v[4], Lambda))),
            _ptx.Sums(kernels, nameof(FractionKernels.Round), 2, w, t[0], t[1], t[2], t[3], DeviceElement.From(Lambda)));
        Assert.Equal(
            Pair(Value(v => ((IFieldKernels)Reference).FoldAndFractionRound(v[0].Slice(0, Length / 2), v[1], v[2], v[3], v[4], Lambda, S))),
            _ptx.Sums(kernels, nameof(FractionKernels.FoldAndRound), 2, w, t[0], t[1], t[2], t[3], DeviceElement.From(Lambda), DeviceElement.From(S)));
        Assert.Equal(Host(v => Reference.SumHalves(v[0].Slice(0, Length / 2)), 0)[..(Length / 4)], _ptx.Get(w)[..(Length / 4)]);
        for (int k = 1; k <= 4; k++)
        {
            int table = k;
            Assert.Equal(Host(v => Reference.Fold(v[table], S), table)[..(Length / 2)], _ptx.Get(t[table - 1])[..(Length / 2)]);
        }
    }

    [Fact]
    public void Axes()
    {
        Type kernels = typeof(AxisKernels);
        Fr[] point = FieldSamples.Elements(5, seed: 4);
        PtxView high = _ptx.Elements(new Fr[8]), low = _ptx.Elements(new Fr[4]);
        PtxSlice table = _ptx.Put(new Fr[32]);
        _ptx.Run(kernels, nameof(AxisKernels.EqualityFactors), _ptx.Elements(point), DeviceElement.From(S), 2, high, low);
        _ptx.Run(kernels, nameof(AxisKernels.Equality), high, low, 2, table);
        using FrVector expected = FrVector.Rent(32);
        Reference.ExpandEquality(point, S, expected.All);
        Assert.Equal(expected.All.ToArray(), _ptx.Get(table));

        Fr[] three = FieldSamples.Elements(3, seed: 6);
        PtxSlice a = _ptx.Put(_elements[0]), inner = _ptx.Put(_elements[1][..4]), folded = _ptx.Put(_elements[2][..4]);
        _ptx.Run(kernels, nameof(AxisKernels.FoldAxis), a, _ptx.Elements(three), 2, folded);
        Assert.Equal(Host(v => Reference.FoldAxis(v[0], three, 2, v[2].Slice(0, 4)))[..4], _ptx.Get(folded));
        _ptx.Run(kernels, nameof(AxisKernels.AddOuterProduct), _ptx.Elements(three), inner, a);
        Assert.Equal(Host(v => Reference.AddOuterProduct(three, v[1].Slice(0, 4), v[0]), 0), _ptx.Get(a));
    }

    [Fact]
    public void Integers()
    {
        Type kernels = typeof(IntegerKernels);
        int[] values = [0, 1, -1, int.MinValue, int.MaxValue, 77, -70_000, 5, 6, 7, 8, 9];
        int[] index = [3, 3, 0, 11, 5, 5, 5, 1, 2, 4, 10, 9];
        PtxSlice a = _ptx.Put(_elements[0]), c = _ptx.Put(_elements[2]);
        PtxView integers = _ptx.Integers(values);
        _ptx.Run(kernels, nameof(IntegerKernels.FromIntegers), integers, c);
        Assert.Equal(Host(v => Reference.FromIntegers(values, v[2])), _ptx.Get(c));
        _ptx.Run(kernels, nameof(IntegerKernels.Gather), a, _ptx.Integers(index), c);
        Assert.Equal(Host(v => Reference.Gather(v[0], index, v[2])), _ptx.Get(c));
        Fr sum = _ptx.Sums(kernels, nameof(IntegerKernels.InnerProduct), 1, integers, a)[0];
        Assert.Equal(Value(v => Reference.InnerProduct(values, v[0])), GpuFieldKernels.Radix * sum);

        PtxView sums = _ptx.Elements(new Fr[3]);
        PtxSlice four = _ptx.Put(_elements[1][..4]), three = _ptx.Put(_elements[3][..3]);
        _ptx.Run(kernels, nameof(IntegerKernels.InnerProducts), integers, four, sums);
        _ptx.Run(kernels, nameof(IntegerKernels.Spread), sums, DeviceElement.From(GpuFieldKernels.Radix), three);
        Assert.Equal(Host(v => Reference.InnerProducts(values, v[1].Slice(0, 4), v[2].Slice(0, 3)))[..3], _ptx.Get(three));

        // Columns 2 … 6 in two tiles of rows at 0 and 5, and columns 8 … 9 with one row at 10.
        int[] tiles = [2, 3, 0, 2, 2, 5, 2, 0, 2, 2, 8, 2, 2, 1, 8];
        Fr[] coefficients = FieldSamples.Elements(3, seed: 8);
        _ptx.Run(
            kernels, nameof(IntegerKernels.AddRows), integers, _ptx.Integers(tiles), _ptx.Integers(0, 5, 10),
            _ptx.Elements([.. coefficients.Select(coefficient => coefficient * GpuFieldKernels.Radix)]), a);
        Fr[] expected = [.. _elements[0]];
        for (int j = 0; j < 5; j++)
        {
            expected[2 + j] += (Fr.FromInt64(values[j]) * coefficients[0]) + (Fr.FromInt64(values[5 + j]) * coefficients[1]);
        }

        expected[8] += Fr.FromInt64(values[10]) * coefficients[2];
        expected[9] += Fr.FromInt64(values[11]) * coefficients[2];
        Assert.Equal(expected, _ptx.Get(a));
    }

    /// <summary>But for inverses, whose exponent is a table of jumps, which the machine does not know.</summary>
    [Fact]
    public void Polynomials()
    {
        Type kernels = typeof(PolynomialKernels);
        PtxSlice a = _ptx.Put(_elements[0]), b = _ptx.Put(_elements[1]);
        PtxView powers = _ptx.Elements([.. Enumerable.Range(0, 5).Select(k => S.Pow(1UL << k))]);
        Assert.Equal(
            [Value(v => Reference.Evaluate(v[0], S))],
            _ptx.Sums(kernels, nameof(PolynomialKernels.Evaluate), 1, a, powers, DeviceElement.From(S.Pow(4UL))));
        _ptx.Run(kernels, nameof(PolynomialKernels.AddShifted), a, 5, DeviceElement.From(S), b);
        Assert.Equal(
            [.. Enumerable.Range(0, Length).Select(i => _elements[0][i] + (i + 5 < Length ? S * _elements[0][i + 5] : Fr.Zero))], _ptx.Get(b));
        _ptx.Run(kernels, nameof(PolynomialKernels.Shift), a, b);
        Assert.Equal([.. _elements[0][1..], Fr.Zero], _ptx.Get(b));
    }

    private static Fr[] Pair((Fr AtZero, Fr Leading) round) => [round.AtZero, round.Leading];

    /// <summary>What the reference leaves in one of the vectors.</summary>
    private Fr[] Host(Action<FrSlice[]> run, int result = 2) => Value(v =>
    {
        run(v);
        return v[result].ToArray();
    });

    private T Value<T>(Func<FrSlice[], T> run)
    {
        FrVector[] vectors = [.. _elements.Select(elements => FrVector.From(elements))];
        T value = run([.. vectors.Select(vector => vector.All)]);
        Array.ForEach(vectors, vector => vector.Dispose());
        return value;
    }
}
