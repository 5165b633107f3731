using System.CommandLine;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Prover.Ceremony;

namespace VerifiableML.Cli.Commands.Ceremony;

/// <summary><c>vml ceremony beacon</c>: the last contribution, from public randomness that nobody could foresee.</summary>
internal sealed class BeaconCommand : VmlCommand
{
    private readonly Argument<string> _target = CeremonyTarget.CreateArgument();
    private readonly Option<string?> _out = CeremonyTarget.CreateOut();
    private readonly Option<string> _name = CeremonyTarget.CreateName();
    private readonly Option<byte[]> _value = new("--value")
    {
        Description = $"The public randomness, 1 to {PhaseTwoBeacon.GreatestLength} bytes in hexadecimal digits: the hash of a block, announced beforehand.",
        HelpName = "hex",
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.Length is > 0 and <= 2 * PhaseTwoBeacon.GreatestLength && Hexadecimal.TryDecode(text, text.Length / 2, out byte[]? bytes))
            {
                return bytes;
            }

            result.AddError($"--value takes 1 to {PhaseTwoBeacon.GreatestLength} bytes in hexadecimal digits");
            return null;
        },
    };

    private readonly Option<int> _iterations = new("--iterations")
    {
        Description = $"SHA-256 is applied 2^n times, n from {PhaseTwoBeacon.LeastExponent} to {PhaseTwoBeacon.GreatestExponent}.",
        HelpName = "n",
        DefaultValueFactory = _ => PhaseTwoBeacon.LeastExponent,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out int exponent) && exponent is >= PhaseTwoBeacon.LeastExponent and <= PhaseTwoBeacon.GreatestExponent)
            {
                return exponent;
            }

            result.AddError($"--iterations must be a number from {PhaseTwoBeacon.LeastExponent} to {PhaseTwoBeacon.GreatestExponent}");
            return PhaseTwoBeacon.LeastExponent;
        },
    };

    public BeaconCommand()
        : base(
            "beacon",
            "Ends a ceremony with public randomness, so that the last party could not choose what comes out. It replaces no contribution.",
            "vml ceremony beacon model.vml --value 0102030405060708 --iterations 10 --name \"block 123456\"")
    {
        Add(_target);
        Add(_out);
        Add(_name);
        Add(_value);
        Add(_iterations);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        var beacon = new PhaseTwoBeacon([.. arguments.GetRequiredValue(_value)], arguments.GetValue(_iterations));
        string name = arguments.GetValue(_name)!;
        CeremonyTarget.Of(arguments.GetRequiredValue(_target)).Extend(
            arguments.GetValue(_out), "apply the beacon", key => PhaseTwoCeremony.ApplyBeacon(key, name, beacon), terminal);
        return ExitCode.Accepted;
    }
}
