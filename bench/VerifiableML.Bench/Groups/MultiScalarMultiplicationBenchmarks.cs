using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Groups;

/// <summary>One sum over 2^Log2 points on all cores, by width of the scalars.</summary>
[GroupBenchmark]
public class MultiScalarMultiplicationBenchmarks
{
    private G1Bases _bases = null!;
    private FrVector _scalars = null!;
    private int[] _int16 = null!;
    private int[] _int8 = null!;

    /// <summary>Logarithm of the number of points.</summary>
    [Params(11, 12, 14, 16, 18, 20)]
    public int Log2 { get; set; }

    /// <summary>Makes points and scalars.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int count = 1 << Log2;
        _bases = GroupBenchmarkData.Bases(count);
        _scalars = GroupBenchmarkData.Scalars(count);
        _int16 = GroupBenchmarkData.Integers(count, 1 << 15);
        _int8 = GroupBenchmarkData.Integers(count, 1 << 7);
    }

    /// <summary>Returns the scalars' memory.</summary>
    [GlobalCleanup]
    public void Cleanup() => _scalars.Dispose();

    /// <summary>Scalars of 254 bits.</summary>
    [Benchmark]
    public G1 Field() => MultiScalarMultiplication.Compute(_bases, _scalars.All);

    /// <summary>Scalars of 16 bits.</summary>
    [Benchmark]
    public G1 Int16() => MultiScalarMultiplication.ComputeSmall(_bases, _int16);

    /// <summary>Scalars of 8 bits.</summary>
    [Benchmark]
    public G1 Int8() => MultiScalarMultiplication.ComputeSmall(_bases, _int8);
}
