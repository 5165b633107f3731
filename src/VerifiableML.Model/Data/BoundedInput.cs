using System.IO.Compression;

namespace VerifiableML.Model.Data;

/// <summary>Reads whole files of bounded length, and turns what the system says into one-line errors.</summary>
internal static class BoundedInput
{
    /// <summary>The bytes of a file; of one that begins as gzip does, the unpacked ones.</summary>
    public static byte[] Read(string path)
    {
        byte[] bytes = Guard(path, () => ReadFile(path));
        return bytes is [0x1F, 0x8B, ..] ? Guard(path, () => Unpack(path, bytes)) : bytes;
    }

    /// <summary>All bytes of a stream that unpacks.</summary>
    public static byte[] ReadAll(string path, string place, Stream stream)
    {
        using var unpacked = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and int count)
        {
            unpacked.Write(buffer, 0, count);
            if (unpacked.Length > DataLimits.Bytes)
            {
                throw DataFormatException.At(path, place, $"unpacks to more than {DataLimits.Bytes} bytes");
            }
        }

        return unpacked.ToArray();
    }

    /// <summary>Runs <paramref name="read"/>, and names the file in what goes wrong.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataFormatException.At(path, "reading", "no such file");
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataFormatException($"{path}: reading: {exception.Message}", exception);
        }
    }

    private static byte[] ReadFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        if (!stream.CanSeek || stream.Length > DataLimits.Bytes)
        {
            throw DataFormatException.At(path, "length", $"not a regular file, or longer than {DataLimits.Bytes} bytes");
        }

        // As many bytes as the file said: a device that never ends must not be read until it does.
        var contents = new byte[stream.Length];
        stream.ReadExactly(contents);
        return contents;
    }

    private static byte[] Unpack(string path, byte[] bytes)
    {
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return ReadAll(path, "gzip", stream);
    }
}
