using System.CommandLine;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain</c>: contracts that verify wrapped proofs, and models and proofs for them.</summary>
internal sealed class ChainCommand : VmlCommand
{
    public ChainCommand()
        : base(
            "chain",
            "Verifies wrapped proofs on chain: a local chain for development, contracts, registration of models, submission of proofs, reading of verified outputs.",
            "vml chain up --detach                           a local chain for development",
            "vml chain deploy lenet5.vml                     verifier and registry, once for all models",
            "vml chain register lenet5.vml                   the model's key, and an inbox for its outputs",
            "vml chain request lenet5.vml                    request.json, which the proof is to be made for",
            "vml prove lenet5.vml --input digit.npy --request lenet5.vml/request.json --wrap",
            "vml chain submit lenet5.vml                     the proof is checked on chain, the output kept there",
            "vml chain read lenet5.vml                       the verified output, as numbers with their names")
    {
        Add(new UpCommand());
        Add(new DownCommand());
        Add(new DeployCommand());
        Add(new RegisterCommand());
        Add(new RequestCommand());
        Add(new SubmitCommand());
        Add(new StatusCommand());
        Add(new ReadCommand());
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal) =>
        throw new MisuseException("say up, down, deploy, register, request, submit, status or read (see: vml chain --help)");
}
