using System.CommandLine;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.Ceremony;

/// <summary><c>vml ceremony</c>: phase two of the setup of a wrap key, which several parties make together.</summary>
internal sealed class CeremonyCommand : VmlCommand
{
    public CeremonyCommand()
        : base(
            "ceremony",
            "Makes a wrap key trustworthy: parties contribute secrets one after the other and forget them. As long as one of them does, nobody can forge.",
            "vml ceremony contribute model.vml --name Alice",
            "vml ceremony contribute wrap.zkey --out wrap-2.zkey --name Bob   a party that has the .zkey file only",
            "vml ceremony beacon model.vml --value 0a1b2c --iterations 10",
            "vml ceremony verify model.vml --ptau powers.ptau")
    {
        Add(new ContributeCommand());
        Add(new BeaconCommand());
        Add(new VerifyCeremonyCommand());
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal) =>
        throw new MisuseException("say contribute, beacon or verify (see: vml ceremony --help)");
}
