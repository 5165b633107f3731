using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Groups;

/// <summary>One sum over 2^Log2 points of G2 on all cores; <see cref="MultiScalarMultiplicationBenchmarks"/> has the same in G1.</summary>
[GroupBenchmark]
public class TwistMultiplicationBenchmarks
{
    private G2Bases _bases = null!;
    private FrVector _scalars = null!;

    /// <summary>Logarithm of the number of points.</summary>
    [Params(12, 14, 17)]
    public int Log2 { get; set; }

    /// <summary>Makes points and scalars.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _bases = GroupBenchmarkData.TwistBases(1 << Log2);
        _scalars = GroupBenchmarkData.Scalars(1 << Log2);
    }

    /// <summary>Returns the scalars' memory.</summary>
    [GlobalCleanup]
    public void Cleanup() => _scalars.Dispose();

    /// <summary>Scalars of 254 bits.</summary>
    [Benchmark]
    public G2 Field() => MultiScalarMultiplication.Compute(_bases, _scalars.All);
}
