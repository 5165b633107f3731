using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Bench.Groups;

namespace VerifiableML.Bench.Fft;

/// <summary>Transforms of 2^Log2 field elements on all cores. A transform has Log2/2 butterflies for each element.</summary>
[GroupBenchmark]
[TransformBenchmark]
public class EvaluationDomainBenchmarks
{
    private EvaluationDomain _domain = null!;
    private FrVector _values = null!;
    private Fr[] _elements = [];

    /// <summary>Logarithm of the number of elements.</summary>
    [Params(12, 14, 17, 20)]
    public int Log2 { get; set; }

    /// <summary>Makes the domain and the values.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _domain = new EvaluationDomain(Log2);
        _values = GroupBenchmarkData.Scalars(1 << Log2);
        _elements = _values.All.ToArray();
    }

    /// <summary>Returns the values' memory.</summary>
    [GlobalCleanup]
    public void Cleanup() => _values.Dispose();

    /// <summary>Coefficients to values, eight elements at a time.</summary>
    [Benchmark]
    public void Transform() => _domain.Transform(_values.All);

    /// <summary>Values to coefficients, eight elements at a time.</summary>
    [Benchmark]
    public void InverseTransform() => _domain.InverseTransform(_values.All);

    /// <summary>Values to values on a coset: what a Groth16 prover does three times.</summary>
    [Benchmark]
    public void MoveToCoset() => _domain.MoveToCoset(_values.All, EvaluationDomain.MultiplicativeGenerator);

    /// <summary>Coefficients to values, in scalar arithmetic.</summary>
    [Benchmark]
    public void ScalarTransform() => _domain.Transform(_elements);
}
