using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.Files;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>
/// A model of the same architecture of which one weight is one step nearer to zero, with a correct proof of what it makes of the same input. It was
/// never registered.
/// </summary>
/// <param name="Key">Its verification key.</param>
/// <param name="Statement">What the proof is about.</param>
/// <param name="Proof">The proof.</param>
internal sealed record OtherModel(VerificationKey Key, PublicStatement Statement, CoreProof Proof)
{
    /// <summary>The public values, as such a model's owner would hand them over.</summary>
    public PublicDocument Document => new([.. Key.ModelCommitment()], Statement);

    /// <summary>Changes the model of <paramref name="key"/>, and proves.</summary>
    public static OtherModel Prove(ProvingKey key, int[] input)
    {
        int index = key.Model.Nodes.ToList().FindLastIndex(node => node is ConvolutionNode);
        var layer = (ConvolutionNode)key.Model.Nodes[index];
        int[] weights = [.. layer.Weights];
        int weight = Array.FindIndex(weights, value => value != 0);
        weights[weight] -= Math.Sign(weights[weight]);
        QuantizedModel other = key.Model with { Nodes = key.Model.Nodes.SetItem(index, layer with { Weights = weights }) };

        ProvingKey otherKey = KeyGenerator.Generate(other, key.Circuit.Options, key.Powers, key.Verification.Setup);
        ProvenInference proven = InferenceProver.Prove(otherKey, new VectorExecutor().Execute(other, input, key.Circuit.Options.BatchSize));
        return new OtherModel(otherKey.Verification, proven.Statement, proven.Proof);
    }
}
