using System.IO.Compression;

namespace VerifiableML.Model.Data;

/// <summary>Reads NumPy's <c>.npz</c> format: a zip archive of <c>.npy</c> files.</summary>
public static class NpzReader
{
    /// <summary>The arrays of a file by name (without the ending).</summary>
    /// <exception cref="DataFormatException">The file or an array in it is malformed or beyond the limits.</exception>
    public static IReadOnlyDictionary<string, NumericArray> Read(string path) => Decode(BoundedInput.Read(path), path);

    /// <summary>Reads the bytes of a file that errors name <paramref name="file"/>.</summary>
    /// <exception cref="DataFormatException">The file or an array in it is malformed or beyond the limits.</exception>
    public static IReadOnlyDictionary<string, NumericArray> Decode(byte[] bytes, string file) => BoundedInput.Guard(file, () =>
    {
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        if (archive.Entries.Count > DataLimits.Arrays)
        {
            throw DataFormatException.At(file, "archive", $"{archive.Entries.Count} entries, more than {DataLimits.Arrays}");
        }

        Dictionary<string, NumericArray> arrays = [];
        long elements = 0;
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            using Stream stream = entry.Open();
            NumericArray array = NpyReader.Decode(BoundedInput.ReadAll(file, entry.Name, stream), $"{file}({entry.Name})");
            elements += array.Values.Length;
            if (elements > DataLimits.Elements || !arrays.TryAdd(entry.Name[..^4], array))
            {
                throw DataFormatException.At(file, entry.Name, "a name occurs twice, or the arrays together have too many elements");
            }
        }

        return (IReadOnlyDictionary<string, NumericArray>)arrays;
    });
}
