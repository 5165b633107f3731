using System.Text.Json;

namespace VerifiableML.Chain.Tests.Vectors;

/// <summary>
/// Values made by ethers 6.17.0 (<c>transactions.json</c> up to the sixteenth, <c>signatures.json</c>) and carried over from the npm package
/// @ethersproject/testcases (the other transactions, <c>addresses.json</c>, <c>rlp.json</c>).
/// </summary>
internal static class VectorFile
{
    public static JsonElement[] Read(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Vectors", name);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static byte[] Bytes(string text) => Convert.FromHexString(text.AsSpan(2));
}
