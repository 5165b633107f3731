using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands;

/// <summary>The folder in which the working files of one model live, under fixed names.</summary>
internal sealed class ModelFolder
{
    /// <summary>The folder at <paramref name="path"/>, which need not exist.</summary>
    public ModelFolder(string path) => Root = path;

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The quantized model.</summary>
    public string Model => File("model.vmlm");

    /// <summary>What quantization did to the model's results.</summary>
    public string QuantizationReport => File("quantization.json");

    /// <summary>The structured reference string.</summary>
    public string Srs => File("srs.vmls");

    /// <summary>The proving key.</summary>
    public string ProvingKey => File("proving.key");

    /// <summary>The verification key.</summary>
    public string VerificationKey => File("verification.key");

    /// <summary>The proof.</summary>
    public string Proof => File("proof.vmlp");

    /// <summary>Public input and output that belong to the proof.</summary>
    public string PublicValues => File("public.json");

    /// <summary>The key that wraps proofs, as snarkjs has it: a Groth16 proving key. It serves every model of the circuit.</summary>
    public string WrapProvingKey => File("wrap.zkey");

    /// <summary>The key that checks wrapped proofs.</summary>
    public string WrapVerificationKey => File("wrap.key");

    /// <summary>The wrapped proof.</summary>
    public string WrappedProof => File("wrapped.vmlp");

    /// <summary>Where on which chain the contracts and the model are.</summary>
    public string Chain => File("chain.json");

    /// <summary>The request that the next proof is made for.</summary>
    public string Request => File("request.json");

    /// <summary>The folder for files of snarkjs, some of which have the names of ours.</summary>
    public string Snarkjs => File("snarkjs");

    /// <summary>The folder for transactions that are on their way.</summary>
    public string Pending => File("pending");

    /// <summary>The folder for calldata.</summary>
    public string Calldata => File("calldata");

    /// <summary>The folder for a contract of the user's own.</summary>
    public string Consumer => File("consumer");

    /// <summary>The folder for a model file: its name with the ending <c>.vml</c>, in the current folder.</summary>
    public static ModelFolder ForModelFile(string modelFile) => new(Path.GetFileNameWithoutExtension(modelFile) + ".vml");

    /// <summary>Reads the quantized model.</summary>
    /// <exception cref="MisuseException">It cannot be read.</exception>
    public QuantizedModel ReadModel() =>
        QuantizedModelFile.TryRead(Model, out QuantizedModel? model, out string? error) ? model : throw new MisuseException(error);

    private string File(string name) => Path.Combine(Root, name);
}
