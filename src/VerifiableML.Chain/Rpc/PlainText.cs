namespace VerifiableML.Chain.Rpc;

/// <summary>Text from a node or a contract, made fit to be shown: one short line without control characters, which a terminal might obey.</summary>
internal static class PlainText
{
    private const int MaximumLength = 300;

    public static string Of(string? text)
    {
        ReadOnlySpan<char> kept = text.AsSpan(0, Math.Min(text?.Length ?? 0, MaximumLength));
        return string.Create(kept.Length, kept.ToString(), static (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) || char.GetUnicodeCategory(source[i]) == System.Globalization.UnicodeCategory.Format ? ' ' : source[i];
            }
        });
    }
}
