using System.CommandLine;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Demonstration;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml demo</c>: the whole job on real digits, every step a command that can be typed.</summary>
internal sealed class DemoCommand : VmlCommand
{
    private readonly Option<string> _folder = new("--folder")
    {
        Description = "Where the working files go.",
        DefaultValueFactory = _ => "demo.vml",
        HelpName = "folder",
    };

    private readonly Option<int> _digit = new("--first") { Description = "Number of the test digit to prove.", HelpName = "n" };

    public DemoCommand()
        : base(
            "demo",
            "Quantizes a LeNet-5 trained on MNIST, proves what it sees in a test digit, wraps the proof, verifies it in a process of its own and on a local chain, lends "
            + "money on the output of another model, and shows forgeries refused.",
            "vml demo",
            "vml demo --first 42")
    {
        Add(_folder);
        Add(_digit);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        DemoFiles files = DemoFiles.Find();
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        var steps = new DemoSteps(arguments.InvocationConfiguration, terminal);

        steps.Do("The model", "inspect", files.Model);
        steps.Do(
            "Quantize it to integers, and measure what that costs in accuracy", "quantize", files.Model,
            "--calibration", files.Calibration, "--test", files.TestImages, "--labels", files.TestLabels, "--out", folder.Root);
        steps.Do("Powers of tau from published secrets: good for a demonstration and nothing else", "setup", folder.Root, "--insecure", "--wrap");
        steps.Do(
            "Commit to the weights, once for the model; make the wrap key, once for the architecture", "keygen", folder.Root, "--wrap");
        string[] sample = ["--input", files.TestImages, "--first", $"{arguments.GetValue(_digit)}"];
        steps.Do("Run and prove", ["prove", folder.Root, .. sample]);
        steps.Do("Wrap: small, and zero knowledge", "wrap", folder.Root);

        var verifier = new ModelFolder(Path.Combine(folder.Root, "verifier"));
        HandOver(folder, verifier);
        steps.Do("Verify, in a process that has only the verification keys, public values and the wrapped proof", VmlProcess.Run, "verify", verifier.Root);

        bool refused = new ForgeryTrial(folder, terminal).Run();
        refused &= new ChainPart(folder, steps).Run(sample, files);
        terminal.Report["steps"] = steps.Reports;
        terminal.Line();
        terminal.MarkupLine("[bold yellow]All this under an INSECURE SETUP, whose secrets are published: whoever knows them can forge. See 'vml setup --ptau' and 'vml ceremony'.[/]");
        terminal.Line(refused ? "Everything is as it should be." : "A FORGERY WAS ACCEPTED.");
        return refused ? ExitCode.Accepted : ExitCode.Rejected;
    }

    private static void HandOver(ModelFolder from, ModelFolder to)
    {
        AtomicFile.Write(to.VerificationKey, File.ReadAllBytes(from.VerificationKey));
        AtomicFile.Write(to.WrapVerificationKey, File.ReadAllBytes(from.WrapVerificationKey));
        AtomicFile.Write(to.PublicValues, File.ReadAllBytes(from.PublicValues));
        AtomicFile.Write(to.WrappedProof, File.ReadAllBytes(from.WrappedProof));
    }
}
