using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Wraps one core proof and writes the result.</summary>
internal static class WrapJob
{
    /// <summary>Wraps, checks what came out, writes it and reports.</summary>
    /// <param name="tools">The keys.</param>
    /// <param name="statement">What the proof is about.</param>
    /// <param name="proof">The core proof.</param>
    /// <param name="path">Where the wrapped proof goes.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <returns>An <see cref="ExitCode"/>: a core proof that does not hold is rejected.</returns>
    public static int Run(WrapTools tools, PublicStatement statement, CoreProof proof, string path, Terminal terminal)
    {
        Rejection? rejection = null;
        WrapStages? stages = null;
        WrappedProof? wrapped = terminal.Step("wrap", progress =>
        {
            stages = new WrapStages(progress);
            return Wrapper.TryWrap(
                tools.Key, tools.Constraints, tools.Groth16, statement, proof, out WrappedProof? made, out rejection, stages)
                ? made : null;
        });
        if (wrapped is null)
        {
            terminal.Report["rejection"] = new { Reason = rejection!.Reason.ToString(), rejection.Detail };
            terminal.Line($"REJECTED: the core proof cannot be wrapped: {rejection}");
            return ExitCode.Rejected;
        }

        byte[] bytes = WrappedProofFormat.Encode(wrapped);

        // A bad proving key could have put into the points what was meant to stay hidden; nothing leaves before a verifier accepts it.
        if (terminal.Step("check the wrapped proof", () => WrappedVerifier.Verify(tools.Key, tools.Verification, statement, bytes)) is { } refused)
        {
            throw new MisuseException($"the wrap key is not sound: a proof made with it is refused ({refused})");
        }

        AtomicFile.Write(path, bytes);
        terminal.Report["wrappedProof"] = new { File = path, Bytes = bytes.Length };
        terminal.Report["wrapSeconds"] = stages!.Total.TotalSeconds;
        terminal.Report["wrapStages"] = stages.Times.ToDictionary(stage => stage.Stage, stage => stage.Time.TotalSeconds);
        terminal.Report["peakMemoryBytes"] = MemoryUse.Peak;
        terminal.Line($"wrapped proof {path} ({Terminal.Bytes(bytes.Length)}), made in {Terminal.Duration(stages.Total)}: {Describe(stages)}");
        return ExitCode.Accepted;
    }

    private static string Describe(WrapStages stages) =>
        string.Join(", ", stages.Times.Select(stage => $"{stage.Stage} {stage.Time.TotalMilliseconds:0} ms"));
}
