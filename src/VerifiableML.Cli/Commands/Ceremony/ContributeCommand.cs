using System.CommandLine;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Prover.Ceremony;

namespace VerifiableML.Cli.Commands.Ceremony;

/// <summary><c>vml ceremony contribute</c>: multiplies δ by a secret that is drawn, used and forgotten within the call.</summary>
internal sealed class ContributeCommand : VmlCommand
{
    private readonly Argument<string> _target = CeremonyTarget.CreateArgument();
    private readonly Option<string?> _out = CeremonyTarget.CreateOut();
    private readonly Option<string> _name = CeremonyTarget.CreateName();
    private readonly Option<string> _entropy = new("--entropy")
    {
        Description = "Any text, mixed with the operating system's randomness; it need not be secret.",
        HelpName = "text",
        DefaultValueFactory = _ => string.Empty,
    };

    public ContributeCommand()
        : base(
            "contribute",
            "Adds a secret to the key, which is drawn here and forgotten: it is written and shown nowhere. Passes on a key that snarkjs takes.",
            "vml ceremony contribute model.vml --name Alice",
            "vml ceremony contribute wrap.zkey --out wrap-2.zkey --name Bob --entropy \"some dice: 6 2 5\"")
    {
        Add(_target);
        Add(_out);
        Add(_name);
        Add(_entropy);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        string name = arguments.GetValue(_name)!;
        string entropy = arguments.GetValue(_entropy)!;
        CeremonyTarget.Of(arguments.GetRequiredValue(_target)).Extend(
            arguments.GetValue(_out), "contribute", key => PhaseTwoCeremony.Contribute(key, name, entropy), terminal);
        return ExitCode.Accepted;
    }
}
