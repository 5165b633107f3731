using System.Reflection;
using System.Text.Json;

namespace VerifiableML.Algebra.Tests.Oracles;

/// <summary>Reads the vectors that other implementations made, embedded in the test assembly.</summary>
internal static class OracleFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static T Read<T>(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No embedded file {name}.");
        return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new InvalidOperationException($"{name} is empty.");
    }

    /// <summary>The cases of an EVM precompile: call data and result in hexadecimal.</summary>
    public static TheoryData<string, string, string> Precompile(string name)
    {
        var data = new TheoryData<string, string, string>();
        foreach (PrecompileCase item in Read<PrecompileCase[]>(name))
        {
            data.Add(item.Name, item.Input, item.Expected);
        }

        return data;
    }

    /// <summary>Call data of a precompile, cut or filled up with zeros to <paramref name="length"/> bytes as the EVM does.</summary>
    public static byte[] CallData(string hex, int length)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Array.Resize(ref bytes, length);
        return bytes;
    }

    private sealed record PrecompileCase(string Name, string Input, string Expected);
}
