using BenchmarkDotNet.Attributes;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Bench.Proving;

/// <summary>Executing, proving and verifying with keys loaded, on synthetic weights.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class ProofBenchmarks
{
    private readonly VectorExecutor _executor = new();
    private ProvingKey _key = null!;
    private ExecutionTrace _trace = null!;
    private int[] _input = null!;
    private ProvenInference _proven = null!;
    private byte[] _proof = null!;

    /// <summary>The model.</summary>
    [Params("LeNet-5", "784-128-10", "4M dense", "VGG-16")]
    public string Network { get; set; } = string.Empty;

    /// <summary>Number of inputs in one proof.</summary>
    [Params(1)]
    public int Batch { get; set; }

    /// <summary>Makes keys and one proof.</summary>
    [GlobalSetup]
    public void Setup()
    {
        QuantizedModel model = Network switch
        {
            "LeNet-5" => SyntheticModels.Lenet5(),
            "784-128-10" => SyntheticModels.Mlp(784, 128, 10),
            "4M dense" => SyntheticModels.Mlp(1024, 2048, 1024, 10),
            _ => SyntheticModels.Vgg16(),
        };
        var options = new CircuitOptions(Batch);
        StructuredReferenceString srs = InsecureSetup.Generate(CircuitCompiler.Compile(model, options).Layout.RequiredPowers);
        _key = KeyGenerator.Generate(model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
        _input = SyntheticModels.Input(model, Batch);
        _trace = Execute();
        _proven = Prove();
        _proof = CoreProofFormat.Encode(_proven.Proof);
    }

    /// <summary>Exact integer inference.</summary>
    [Benchmark]
    public ExecutionTrace Execute() => _executor.Execute(_key.Model, _input, Batch);

    /// <summary>The core proof of an execution.</summary>
    [Benchmark]
    public ProvenInference Prove() => InferenceProver.Prove(_key, _trace);

    /// <summary>The verification of its bytes.</summary>
    [Benchmark]
    public Rejection? Verify() => InferenceVerifier.Verify(_key.Verification, _proven.Statement, _proof);
}
