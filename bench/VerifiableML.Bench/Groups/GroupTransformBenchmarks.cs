using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Bench.Groups;

/// <summary>Powers of tau to the Lagrange basis of a domain of 2^Log2 points, on all cores.</summary>
[GroupBenchmark(1, 3)]
public class GroupTransformBenchmarks
{
    private EvaluationDomain _domain = null!;
    private G1Bases _points = null!;
    private G2Bases _twistPoints = null!;

    /// <summary>Logarithm of the number of points.</summary>
    [Params(12, 14)]
    public int Log2 { get; set; }

    /// <summary>Makes the domain and the points.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _domain = new EvaluationDomain(Log2);
        _points = GroupBenchmarkData.Bases(1 << Log2);
        _twistPoints = GroupBenchmarkData.TwistBases(1 << Log2);
    }

    /// <summary>In G1.</summary>
    [Benchmark]
    public G1Bases Points() => GroupTransform.Inverse(_domain, _points);

    /// <summary>In G1, at the odd powers of the root.</summary>
    [Benchmark]
    public G1Bases OddPoints() => GroupTransform.InverseOdd(_domain, _points);

    /// <summary>In G2.</summary>
    [Benchmark]
    public G2Bases TwistPoints() => GroupTransform.Inverse(_domain, _twistPoints);
}
