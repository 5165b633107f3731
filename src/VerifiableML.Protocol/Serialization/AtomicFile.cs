namespace VerifiableML.Protocol.Serialization;

/// <summary>
/// Writes files so that a reader sees the old contents or the new ones, never a part: everything goes to a temporary name in the
/// same folder, which is then renamed over the target.
/// </summary>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes a file through <paramref name="write"/>; on any failure the target keeps its contents.</summary>
    /// <param name="path">The target. Its folder is created if needed.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                write(stream);
                // Without this a crash of the machine could leave the new name with empty contents.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes <paramref name="contents"/> to a file.</summary>
    /// <param name="path">The target. Its folder is created if needed.</param>
    /// <param name="contents">The bytes.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> contents) => Write(path, stream => stream.Write(contents.Span));
}
