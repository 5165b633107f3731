using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace VerifiableML.Cli.Tests.Zoo;

/// <summary>Where the zoo lies, and a reader of its arrays that shares nothing with the product's.</summary>
internal static class ZooFiles
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>A path inside the zoo's folder.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Folder(), .. parts]);

    /// <summary>The entries of a manifest.</summary>
    public static IReadOnlyList<T> ReadManifest<T>(string name) =>
        JsonSerializer.Deserialize<List<T>>(File.ReadAllText(Path(name)), Options) ?? throw new InvalidDataException(name);

    /// <summary>The values of the one little-endian float32 array in an .npz file.</summary>
    public static float[] ReadFloats(string npz)
    {
        using ZipArchive archive = ZipFile.OpenRead(npz);
        using Stream stream = archive.Entries.Single().Open();
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.ToArray();
        int header = BitConverter.ToUInt16(bytes[8..10]);
        string description = Encoding.ASCII.GetString(bytes.Slice(10, header));
        Assert.Contains("'descr': '<f4', 'fortran_order': False", description, StringComparison.Ordinal);
        return MemoryMarshal.Cast<byte, float>(bytes[(10 + header)..]).ToArray();
    }

    private static string Folder([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
