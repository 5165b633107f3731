using System.CommandLine;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Groth16.Zkey;

namespace VerifiableML.Cli.Commands.Ceremony;

/// <summary>What a command of the ceremony works on: the wrap key of a model's folder, or a <c>.zkey</c> file from anywhere.</summary>
internal sealed class CeremonyTarget
{
    private readonly string _path;

    private CeremonyTarget(string path) => _path = path;

    /// <summary>The folder, or null for a file.</summary>
    public ModelFolder? Folder => Directory.Exists(_path) ? new ModelFolder(_path) : null;

    /// <summary>The <c>.zkey</c> file.</summary>
    public string File => Folder?.WrapProvingKey ?? _path;

    /// <summary>Makes the argument.</summary>
    public static Argument<string> CreateArgument() => new("target")
    {
        Description = "A model's folder, of which wrap.zkey is meant, or a .zkey file.",
    };

    /// <summary>Makes the option that says where the new key goes.</summary>
    public static Option<string?> CreateOut() => new("--out")
    {
        Description = "Where to write the new key; over the old one, if not given.",
        HelpName = "file",
    };

    /// <summary>Makes the option for a contribution's name.</summary>
    public static Option<string> CreateName()
    {
        var option = new Option<string>("--name")
        {
            Description = $"What the contribution is called, at most {PhaseTwoCeremony.GreatestNameLength} characters.",
            HelpName = "text",
            DefaultValueFactory = _ => string.Empty,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length > PhaseTwoCeremony.GreatestNameLength))
            {
                result.AddError($"--name takes at most {PhaseTwoCeremony.GreatestNameLength} characters");
            }
        });
        return option;
    }

    /// <summary>The target that a command line names.</summary>
    public static CeremonyTarget Of(string path) => new(path);

    /// <summary>Reads the key, all points checked, as it will be passed on or relied upon.</summary>
    public Groth16ProvingKey Read(Terminal terminal) =>
        terminal.Step("read the key", () => WrapKeyFiles.ReadProvingKey(File, ZkeyCheck.Group));

    /// <summary>Adds to the key of the target, writes what comes out and says what its party should publish.</summary>
    /// <param name="output">Where it goes; null for the target itself, of which then <c>wrap.key</c> is made anew too.</param>
    /// <param name="title">What is done, for people.</param>
    /// <param name="contribute">Makes the new key.</param>
    /// <param name="terminal">Where to speak.</param>
    public void Extend(string? output, string title, Func<Groth16ProvingKey, Groth16ProvingKey> contribute, Terminal terminal)
    {
        Groth16ProvingKey before = Read(terminal);
        Groth16ProvingKey after = terminal.Step(title, () => Guard(() => contribute(before)));
        string path = output ?? File;
        terminal.Step("write the key", () => ZkeyFile.Write(path, after));
        if (output is null && Folder is { } folder)
        {
            RewriteVerificationKey(folder, before, after, terminal);
        }

        byte[] hash = ContributionHash.Compute(after.Contributions[^1]);
        terminal.Report["file"] = path;
        terminal.Report["contributions"] = after.Contributions.Length;
        terminal.Report["hash"] = Convert.ToHexStringLower(hash);
        terminal.Line($"{path}: contribution {after.Contributions.Length}. Publish its hash, so that everyone sees that it was not left out:");
        terminal.Line(ContributionHash.Format(hash));
    }

    // The mark of phase one does not change; it is taken from the key that was there, and only for the same phase one.
    private static void RewriteVerificationKey(ModelFolder folder, Groth16ProvingKey before, Groth16ProvingKey after, Terminal terminal)
    {
        WrapVerificationKey old = WrapKeyFiles.ReadVerificationKey(folder);
        SetupTrust trust = old.Groth16 == before.Verification ? old.Trust : SetupTrust.Unknown;
        WrapVerificationKey made = WrapKeyFiles.WriteVerificationKey(folder, old.CircuitDigest, after, trust);
        terminal.Line($"{folder.WrapVerificationKey}: made anew, hand it to verifiers");
        WrapNotice.Show(made, setup: null, terminal);
    }

    // What the ceremony refuses is a name that is no text.
    private static Groth16ProvingKey Guard(Func<Groth16ProvingKey> contribute)
    {
        try
        {
            return contribute();
        }
        catch (ArgumentException exception)
        {
            throw new MisuseException(exception.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
