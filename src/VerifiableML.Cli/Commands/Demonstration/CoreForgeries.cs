using VerifiableML.Algebra;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Makes things that must be refused, out of a core proof that is accepted.</summary>
internal static class CoreForgeries
{
    /// <summary>Every forgery of the demonstration.</summary>
    /// <param name="key">The honest proving key.</param>
    /// <param name="document">The honest public values.</param>
    /// <param name="proof">The honest proof.</param>
    /// <param name="other">Another model's proof.</param>
    public static IEnumerable<Forgery> Of(ProvingKey key, PublicDocument document, CoreProof proof, OtherModel other)
    {
        byte[] honest = CoreProofFormat.Encode(proof);
        byte[] others = CoreProofFormat.Encode(other.Proof);
        yield return new(
            "core proof, one scalar changed by one", "each round must follow from the one before it", document, ChangeScalar(proof));
        yield return new(
            "core proof, another output claimed: the two greatest values change places", FalseStatements.Why, FalseStatements.SwapGreatest(document), honest);
        yield return new(
            "core proof, another input claimed: one pixel one step brighter or darker", FalseStatements.Why,
            FalseStatements.ChangeInput(document, key.Model), honest);
        yield return new(
            "core proof of another model, which differs in one weight by one step",
            "that model has another commitment than the one in the verification key", other.Document, others);
        yield return new(
            "the same proof, passed off as one of the registered model", FalseStatements.Why, document with { Statement = other.Statement }, others);
    }

    private static byte[] ChangeScalar(CoreProof proof)
    {
        Fr[] changed = [.. proof.Messages];
        changed[changed.Length / 2] += Fr.One;
        return CoreProofFormat.Encode(proof with { Messages = changed });
    }
}
