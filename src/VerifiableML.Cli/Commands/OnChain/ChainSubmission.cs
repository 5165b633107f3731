using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary>A wrapped proof with everything that a contract is to be shown beside it.</summary>
/// <param name="Key">The model's key.</param>
/// <param name="Document">The public values.</param>
/// <param name="Proof">The proof.</param>
/// <param name="Request">The request that it was made for.</param>
internal sealed record ChainSubmission(VerificationKey Key, PublicDocument Document, WrappedProof Proof, ChainRequest Request)
{
    /// <summary>The input as contracts take it.</summary>
    public byte[] Input => PublicData.Input(Key.Circuit, Document.Statement);

    /// <summary>The output as contracts take it.</summary>
    public byte[] Output => PublicData.Output(Key.Circuit, Document.Statement);

    /// <summary>The proof as contracts take it.</summary>
    public byte[] ProofBytes => ProofCalldata.Encode(Proof);

    /// <summary>Reads the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="request">The request's file, or null for the folder's.</param>
    /// <exception cref="MisuseException">A file is missing, or not what it should be.</exception>
    public static ChainSubmission Read(ModelFolder folder, string? request)
    {
        VerificationKey key = ProofFiles.ReadKey(folder.VerificationKey);
        string path = request ?? folder.Request;
        if (!File.Exists(path))
        {
            throw new MisuseException($"{path}: no such file: 'vml chain request {folder.Root}' makes it, before the proof is made");
        }

        if (!File.Exists(folder.WrappedProof))
        {
            throw new MisuseException($"{folder.WrappedProof}: no such file: 'vml prove {folder.Root} --input FILE --request {path} --wrap' makes it");
        }

        PublicDocument document = PublicStatementFile.Read(folder.PublicValues);
        return document.Statement.Problem(key.Circuit) is string problem
            ? throw new MisuseException($"{folder.PublicValues}: {problem}")
            : new ChainSubmission(key, document, ProofFiles.ReadWrappedProof(folder.WrappedProof, key), ChainRequest.Read(path));
    }

    /// <summary>Why the chain would refuse it, found out without asking the chain; null if nothing was found.</summary>
    public Rejection? Check(ModelFolder folder)
    {
        if (!Document.Statement.Context.AsSpan().SequenceEqual(Request.Context.ToArray()))
        {
            return new Rejection(
                RejectionReason.PublicValues, "the proof was made for another context than that of request.json; was 'vml prove' given --request?");
        }

        WrapVerificationKey wrap = WrapKeyFiles.ReadVerificationKey(folder);
        return WrappedVerifier.Verify(Key, wrap, Document.Statement, WrappedProofFormat.Encode(Proof));
    }
}
