using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>One thing that a cheat might hand to a verifier.</summary>
/// <param name="Name">What was done, in words.</param>
/// <param name="Why">What stops it, in words.</param>
/// <param name="Document">The public values.</param>
/// <param name="Proof">The proof.</param>
internal sealed record Forgery(string Name, string Why, PublicDocument Document, byte[] Proof);

/// <summary>Makes things that must be refused, out of a proof that is accepted.</summary>
internal static class Forgeries
{
    /// <summary>Every forgery of the demonstration.</summary>
    /// <param name="key">The honest proving key.</param>
    /// <param name="document">The honest public values.</param>
    /// <param name="proof">The honest proof.</param>
    public static IEnumerable<Forgery> Of(ProvingKey key, PublicDocument document, byte[] proof)
    {
        const string Bound = "public values and the model's commitment go into the first challenge, so the rest of the proof no longer fits";
        yield return new(
            "one scalar of the proof changed by one", "each round must follow from the one before it", document, ChangeScalar(key.Verification, proof));
        yield return new("another output claimed: the two greatest values change places", Bound, WithOutput(document, SwapGreatest), proof);
        yield return new("another input claimed: one pixel one step brighter or darker", Bound, WithInput(document, key.Model), proof);

        (PublicStatement statement, byte[] other, byte[] commitment) = ProveWithAnotherModel(key, document.Statement.Input!);
        yield return new(
            "the proof of another model, which differs in one weight by one step",
            "that model has another commitment than the one in the verification key", new PublicDocument([.. commitment], statement), other);
        yield return new(
            "the same proof, passed off as one of the registered model", Bound, document with { Statement = statement }, other);
    }

    private static byte[] ChangeScalar(VerificationKey key, byte[] proof)
    {
        int messages = MessageInventory.Of(key.Circuit).Labels.Count;
        if (!CoreProofFormat.TryDecode("proof", proof, key.Circuit.Layout.WitnessRows, messages, out CoreProof? decoded, out Rejection? rejection))
        {
            throw new MisuseException($"the proof cannot be read: {rejection}");
        }

        Fr[] changed = [.. decoded.Messages];
        changed[changed.Length / 2] += Fr.One;
        return CoreProofFormat.Encode(decoded with { Messages = changed });
    }

    private static PublicDocument WithOutput(PublicDocument document, Func<int[], int[]> change) =>
        document with { Statement = document.Statement with { Output = change(document.Statement.Output!) } };

    private static PublicDocument WithInput(PublicDocument document, QuantizedModel model)
    {
        int[] input = [.. document.Statement.Input!];
        int middle = input.Length / 2;
        input[middle] += input[middle] < model.Input.Maximum ? 1 : -1;
        return document with { Statement = document.Statement with { Input = input } };
    }

    private static int[] SwapGreatest(int[] output)
    {
        int[] changed = [.. output];
        int[] order = [.. Enumerable.Range(0, output.Length).OrderByDescending(i => output[i])];
        (changed[order[0]], changed[order[1]]) = (output[order[1]], output[order[0]]);
        return changed;
    }

    // The same architecture, one weight of it one step nearer to zero: a correct proof, of a model that was never registered.
    private static (PublicStatement Statement, byte[] Proof, byte[] Commitment) ProveWithAnotherModel(ProvingKey key, int[] input)
    {
        int index = key.Model.Nodes.ToList().FindLastIndex(node => node is ConvolutionNode);
        var layer = (ConvolutionNode)key.Model.Nodes[index];
        int[] weights = [.. layer.Weights];
        int weight = Array.FindIndex(weights, value => value != 0);
        weights[weight] -= Math.Sign(weights[weight]);
        QuantizedModel other = key.Model with { Nodes = key.Model.Nodes.SetItem(index, layer with { Weights = weights }) };

        ProvingKey otherKey = KeyGenerator.Generate(other, key.Circuit.Options, key.Powers, key.Verification.Setup);
        ProvenInference proven = InferenceProver.Prove(otherKey, new VectorExecutor().Execute(other, input, key.Circuit.Options.BatchSize));
        return (proven.Statement, CoreProofFormat.Encode(proven.Proof), otherKey.Verification.ModelCommitment());
    }
}
