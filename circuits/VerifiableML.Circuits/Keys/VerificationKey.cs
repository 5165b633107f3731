using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Commitments;

namespace VerifiableML.Circuits.Keys;

/// <summary>How the integers of an input or output are to be read.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Scale">Real value of one integer step.</param>
public sealed record TensorMetadata(string Name, double Scale);

/// <summary>
/// What a verifier holds of a model: its circuit, the commitment to its weights and the setup. No weights.
/// </summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="WeightRows">Commitments to the rows of the preprocessed data.</param>
/// <param name="Setup">The setup.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Input">How to read the input.</param>
/// <param name="Output">How to read the output.</param>
/// <param name="PostProcessing">What the model's user computes from the proven output.</param>
public sealed record VerificationKey(
    Circuit Circuit, ImmutableArray<G1> WeightRows, SetupReference Setup, string Name, TensorMetadata Input, TensorMetadata Output,
    PostProcessing PostProcessing)
{
    /// <summary>
    /// Keccak-256 over circuit digest, names and scales, and weight commitments: the model's identity. Scales are part of it, as proven integers mean
    /// something else under others.
    /// </summary>
    public byte[] ModelCommitment()
    {
        ByteTranscript transcript = new ByteTranscript("model")
            .Append(Circuit.Digest.AsSpan()).Append(Keccak256.Hash(VerificationKeyFormat.EncodeMetadata(this)));
        foreach (G1 row in WeightRows)
        {
            transcript.Append(row);
        }

        return transcript.Hash();
    }
}
