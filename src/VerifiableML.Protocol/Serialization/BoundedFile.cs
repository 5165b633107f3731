using System.Diagnostics.CodeAnalysis;
using System.Security;

namespace VerifiableML.Protocol.Serialization;

/// <summary>Reads whole files of bounded length, turning what the operating system says into a <see cref="FileError"/>.</summary>
public static class BoundedFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumLength">Greatest length in bytes; a longer file is refused before anything is allocated.</param>
    /// <param name="bytes">The contents.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(
        string path, long maximumLength, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out FileError? error)
    {
        bytes = null;
        error = null;
        try
        {
            using Stream stream = OpenRead(path);
            if (stream.Length > maximumLength)
            {
                error = new FileError(path, "length", $"{stream.Length} bytes, more than the {maximumLength} that such a file can have");
                return false;
            }

            var contents = new byte[stream.Length];
            stream.ReadExactly(contents);
            bytes = contents;
            return true;
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            error = new FileError(path, "reading", Describe(exception));
            return false;
        }
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be opened, or is not a regular file with a length.</exception>
    internal static FileStream OpenRead(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw new IOException("not a regular file");
        }

        return stream;
    }

    /// <summary>True for the exceptions by which the operating system refuses a file.</summary>
    internal static bool IsFileTrouble(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException;

    /// <summary>What happened, in a few words and without the path, which the error already has.</summary>
    internal static string Describe(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "access denied, or a folder",
        EndOfStreamException => "the file became shorter while it was read",
        _ => exception.Message,
    };
}
