namespace VerifiableML.Cli.CommandLine;

/// <summary>The user asked for something that cannot be done as asked. The message is one line, shown as it stands.</summary>
internal sealed class MisuseException(string message) : Exception(message);
