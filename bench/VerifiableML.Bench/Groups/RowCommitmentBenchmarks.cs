using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Bench.Groups;

/// <summary>Rows of small scalars against the same 2^Log2 points: what committing to a witness or to weights consists of.</summary>
[GroupBenchmark]
public class RowCommitmentBenchmarks
{
    private G1Bases _bases = null!;
    private int[] _int16 = null!;
    private int[] _int8 = null!;
    private int[] _sparse = null!;

    /// <summary>Logarithm of the number of points.</summary>
    [Params(12, 14)]
    public int Log2 { get; set; }

    /// <summary>Number of rows.</summary>
    [Params(16)]
    public int Rows { get; set; }

    /// <summary>Makes points and scalars.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int count = 1 << Log2;
        _bases = GroupBenchmarkData.Bases(count);
        _int16 = GroupBenchmarkData.Integers(Rows * count, 1 << 15);
        _int8 = GroupBenchmarkData.Integers(Rows * count, 1 << 7);
        _sparse = (int[])_int8.Clone();
        for (int i = 0; i < _sparse.Length; i++)
        {
            _sparse[i] *= (i / 64) % 8 == 0 ? 1 : 0;
        }
    }

    /// <summary>Scalars of 16 bits.</summary>
    [Benchmark]
    public G1[] Int16() => MultiScalarMultiplication.ComputeRows(_bases, _int16, Rows, 1 << Log2);

    /// <summary>Scalars of 8 bits.</summary>
    [Benchmark]
    public G1[] Int8() => MultiScalarMultiplication.ComputeRows(_bases, _int8, Rows, 1 << Log2);

    /// <summary>Scalars of 8 bits, seven of eight zero, in runs of 64.</summary>
    [Benchmark]
    public G1[] SparseInt8() => MultiScalarMultiplication.ComputeRows(_bases, _sparse, Rows, 1 << Log2);
}
