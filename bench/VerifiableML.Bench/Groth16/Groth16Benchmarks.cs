using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Bench.Groth16;

/// <summary>Keys, proofs and their verification. <c>-- groth16</c> prints a proof stage by stage.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class Groth16Benchmarks
{
    private readonly PhaseOneSecrets _secrets = new(Fr.FromUInt64(1234567), Fr.FromUInt64(2345678), Fr.FromUInt64(3456789));
    private SyntheticCircuit _circuit = null!;
    private Groth16ProvingKey _key = null!;
    private Groth16Proof _proof = null!;
    private Groth16VerificationKey _verification = null!;

    /// <summary>Number of constraints, of ten terms each.</summary>
    [Params(10_000, 100_000)]
    public int Constraints { get; set; }

    /// <summary>Makes a circuit, a key and a proof.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _circuit = SyntheticCircuit.Create(Constraints);
        _key = GenerateKey();
        _proof = Prove();

        // The time is the same for a proof that fails, and a key without contribution would be refused at once.
        _verification = _key.Verification with { Delta = _key.Verification.Delta.Multiply(Fr.FromUInt64(7)) };
    }

    /// <summary>A key from known secrets.</summary>
    [Benchmark]
    public Groth16ProvingKey GenerateKey() => Groth16KeyGenerator.Generate(_circuit.System, _secrets);

    /// <summary>A proof.</summary>
    [Benchmark]
    public Groth16Proof Prove() => Groth16Prover.Prove(_key, _circuit.Wires);

    /// <summary>The check of a proof with three public signals.</summary>
    [Benchmark]
    public Rejection? Verify() => Groth16Verifier.Verify(_verification, _circuit.Wires.AsSpan(1, _circuit.System.PublicCount), _proof);
}
