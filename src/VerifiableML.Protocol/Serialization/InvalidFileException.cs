namespace VerifiableML.Protocol.Serialization;

/// <summary>A file could not be used; the message is one line that names the file, the place and the cause.</summary>
public sealed class InvalidFileException : Exception
{
    /// <summary>Wraps <paramref name="error"/>.</summary>
    public InvalidFileException(FileError error)
        : base(error.ToString()) => Error = error;

    /// <summary>What is wrong, and where.</summary>
    public FileError Error { get; }
}
