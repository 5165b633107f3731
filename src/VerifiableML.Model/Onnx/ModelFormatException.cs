namespace VerifiableML.Model.Onnx;

/// <summary>
/// A model file that cannot be used: malformed, out of limits, or asking for something that is not supported. The message is one line that
/// names the file, and the node and tensor where there is one; it is meant to be shown to a user as it stands.
/// </summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>An exception without a message.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>An exception with a message that already names its place.</summary>
    public ModelFormatException(string message)
        : base(OneLine(message))
    {
    }

    /// <summary>An exception with a message that already names its place, and its cause.</summary>
    public ModelFormatException(string message, Exception innerException)
        : base(OneLine(message), innerException)
    {
    }

    /// <summary>An exception whose message reads <c>file: place: cause</c>.</summary>
    public static ModelFormatException At(string file, string place, string cause) => new($"{file}: {place}: {cause}");

    // Names come from the file: control characters and endless names would break the promise of one readable line.
    private static string OneLine(string message)
    {
        const int Longest = 1000;
        string line = string.Create(Math.Min(message.Length, Longest), message, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
            }
        });
        return message.Length > Longest ? line + "…" : line;
    }
}
