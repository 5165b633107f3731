using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Groups;

/// <summary>2^Log2 multiples of the generators on all cores: a locally generated reference string.</summary>
[GroupBenchmark]
public class FixedBaseMultiplicationBenchmarks
{
    private FrVector _scalars = null!;

    /// <summary>Logarithm of the number of multiples.</summary>
    [Params(12, 16, 20)]
    public int Log2 { get; set; }

    /// <summary>Makes the scalars.</summary>
    [GlobalSetup]
    public void Setup() => _scalars = GroupBenchmarkData.Scalars(1 << Log2);

    /// <summary>Returns their memory.</summary>
    [GlobalCleanup]
    public void Cleanup() => _scalars.Dispose();

    /// <summary>Scalars of 254 bits.</summary>
    [Benchmark]
    public G1Bases Generator() => FixedBaseMultiplication.Compute(G1.Generator, _scalars.All);

    /// <summary>Scalars of 254 bits, in G2.</summary>
    [Benchmark]
    public G2Bases TwistGenerator() => FixedBaseMultiplication.Compute(G2.Generator, _scalars.All);
}
