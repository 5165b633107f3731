using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Bench.Groups;

/// <summary>2^Log2 points times one scalar on all cores: a contribution to the second phase of a setup.</summary>
[GroupBenchmark(1, 3)]
public class CommonScalarMultiplicationBenchmarks
{
    private readonly Fr _scalar = Fr.FromUInt64(3).Inverse();
    private G1Bases _bases = null!;

    /// <summary>Logarithm of the number of points.</summary>
    [Params(14, 16)]
    public int Log2 { get; set; }

    /// <summary>Makes the points.</summary>
    [GlobalSetup]
    public void Setup() => _bases = GroupBenchmarkData.Bases(1 << Log2);

    /// <summary>A scalar of 254 bits.</summary>
    [Benchmark]
    public G1Bases Field() => CommonScalarMultiplication.Compute(_bases, _scalar);
}
