namespace VerifiableML.Protocol.Serialization;

/// <summary>Why a file was refused, in the three parts that every such message has.</summary>
/// <param name="File">The file, as the caller named it.</param>
/// <param name="Place">Where in the file: a section, a field, an offset.</param>
/// <param name="Cause">What is wrong there.</param>
public sealed record FileError(string File, string Place, string Cause)
{
    /// <summary>The message, always a single line.</summary>
    public override string ToString() => OneLine($"{File}: {Place}: {Cause}");

    /// <summary>This error as an exception, for callers that cannot go on.</summary>
    public InvalidFileException ToException() => new(this);

    // File names and sections come from outside; a control character in them must not forge a second line of output.
    private static string OneLine(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? '?' : source[i];
        }
    });
}
