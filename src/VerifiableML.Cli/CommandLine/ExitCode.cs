namespace VerifiableML.Cli.CommandLine;

/// <summary>What <c>vml</c> tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>The work is done; for <c>verify</c>: the proof is accepted.</summary>
    public const int Accepted = 0;

    /// <summary>The proof is rejected.</summary>
    public const int Rejected = 1;

    /// <summary>The command was not understood, or a file cannot be used.</summary>
    public const int Misuse = 2;
}
