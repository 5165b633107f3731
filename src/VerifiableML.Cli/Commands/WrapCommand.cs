using System.CommandLine;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml wrap</c>: turns a core proof into a small one that hides weights and private inputs.</summary>
internal sealed class WrapCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder, with keys made by 'vml keygen --wrap'." };
    private readonly Option<string?> _proof = new("--proof") { Description = "The core proof; proof.vmlp in the folder, if not given.", HelpName = "file" };
    private readonly Option<string?> _public = new("--public") { Description = "The public values; public.json in the folder, if not given.", HelpName = "file" };
    private readonly Option<string?> _out = new("--out") { Description = "Where to write the wrapped proof; wrapped.vmlp in the folder, if not given.", HelpName = "file" };

    public WrapCommand()
        : base(
            "wrap",
            "Wraps a core proof: under 1 kB whatever the model, and it hides weights and private inputs. The core proof itself hides nothing: keep it.",
            "vml wrap lenet5.vml",
            "vml wrap lenet5.vml --proof proof.vmlp --public public.json --out wrapped.vmlp")
    {
        Add(_folder);
        Add(_proof);
        Add(_public);
        Add(_out);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        VerificationKey key = ProofFiles.ReadKey(folder.VerificationKey);
        SetupNotice.Show(key.Setup, terminal);
        WrapTools.RequireHiding(folder, key);
        PublicDocument document = PublicStatementFile.Read(arguments.GetValue(_public) ?? folder.PublicValues);
        CoreProof proof = ProofFiles.ReadCoreProof(arguments.GetValue(_proof) ?? folder.Proof, key);
        WrapTools tools = WrapTools.Read(folder, key, terminal);
        return WrapJob.Run(tools, document.Statement, proof, arguments.GetValue(_out) ?? folder.WrappedProof, terminal);
    }
}
