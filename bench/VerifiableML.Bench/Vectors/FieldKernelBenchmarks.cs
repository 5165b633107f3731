using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Vectors;

/// <summary>
/// The kernels over slices: times are per call on all cores, and the column next to them per element. For rounds and folds an element is one
/// of the h pairs of a lower and an upper half.
/// </summary>
[Config(typeof(NanosecondsPerElement))]
public class FieldKernelBenchmarks
{
    private readonly FrVector[] _vectors = new FrVector[6];
    private int[] _integers = [];
    private Fr _r;

    /// <summary>Elements per slice.</summary>
    [Params(1 << 11, 1 << 16)]
    public int Length { get; set; }

    private static IFieldKernels Kernels => FieldKernels.Best;

    /// <summary>Fills the slices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _r = Fr.FromUInt64(3).Inverse();
        for (int k = 0; k < _vectors.Length; k++)
        {
            _vectors[k] = FrVector.Rent(Length);
            Kernels.ExpandEquality(Enumerable.Repeat(_r + Fr.FromUInt64((ulong)k), int.Log2(Length)).ToArray(), _r, _vectors[k].All);
        }

        Random random = new(1);
        _integers = [.. Enumerable.Range(0, Length).Select(_ => random.Next(short.MinValue, short.MaxValue))];
    }

    /// <summary>Gives the slices back.</summary>
    [GlobalCleanup]
    public void Cleanup() => Array.ForEach(_vectors, v => v.Dispose());

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void Multiply() => Kernels.Multiply(Slice(0), Slice(1), Slice(2));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void Scale() => Kernels.Scale(Slice(0), _r, Slice(2));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void AddScaled() => Kernels.AddScaled(Slice(0), _r, Slice(2));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void Add() => Kernels.Add(Slice(0), Slice(1), Slice(2));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public Fr Sum() => Kernels.Sum(Slice(0));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public Fr InnerProduct() => Kernels.InnerProduct(Slice(0), Slice(1));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public Fr IntegerInnerProduct() => Kernels.InnerProduct(_integers, Slice(1));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void FromIntegers() => Kernels.FromIntegers(_integers, Slice(2));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void ExpandEquality() => Kernels.ExpandEquality(Enumerable.Repeat(_r, int.Log2(Length)).ToArray(), _r, Slice(2));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void FoldPerPair() => Kernels.Fold(Slice(5), _r);

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public (Fr AtZero, Fr Leading) ProductRoundPerPair() => Kernels.ProductRound(Slice(0), Slice(1));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public (Fr AtZero, Fr Leading) WeightedProductRoundPerPair() => Kernels.WeightedProductRound(HalfSlice(2), Slice(0), Slice(1));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public (Fr AtZero, Fr Leading) FractionRoundPerPair() =>
        Kernels.FractionRound(HalfSlice(4), Slice(0), Slice(1), Slice(2), Slice(3), _r);

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void FractionCombine() => Kernels.FractionCombine(Slice(0), Slice(1), Slice(2), Slice(3), Slice(4), Slice(5));

    /// <inheritdoc cref="IFieldKernels"/>
    [Benchmark]
    public void BatchInvert() => Kernels.BatchInvert(Slice(5));

    private FrSlice Slice(int k) => _vectors[k].All;

    private FrSlice HalfSlice(int k) => _vectors[k].Slice(0, Length / 2);
}
