namespace VerifiableML.Model.Data;

/// <summary>
/// A data file that cannot be used. The message is one line that names file, place and cause; it is meant to be shown to a user as it stands.
/// </summary>
public sealed class DataFormatException : Exception
{
    /// <summary>An exception without a message.</summary>
    public DataFormatException()
    {
    }

    /// <summary>An exception with a message that already names its place.</summary>
    public DataFormatException(string message)
        : base(OneLine(message))
    {
    }

    /// <summary>An exception with a message that already names its place, and its cause.</summary>
    public DataFormatException(string message, Exception innerException)
        : base(OneLine(message), innerException)
    {
    }

    /// <summary>An exception whose message reads <c>file: place: cause</c>.</summary>
    public static DataFormatException At(string file, string place, string cause) => new($"{file}: {place}: {cause}");

    // Parts of the message may come from the file.
    private static string OneLine(string message)
    {
        const int Longest = 1000;
        string line = string.Concat(message.Take(Longest).Select(character => char.IsControl(character) ? '?' : character));
        return message.Length > Longest ? line + "…" : line;
    }
}
