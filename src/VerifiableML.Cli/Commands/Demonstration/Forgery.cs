using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>One thing that a cheat might hand to a verifier.</summary>
/// <param name="Name">What was done, in words.</param>
/// <param name="Why">What stops it, in words.</param>
/// <param name="Document">The public values.</param>
/// <param name="Proof">The proof.</param>
internal sealed record Forgery(string Name, string Why, PublicDocument Document, byte[] Proof);
