namespace VerifiableML.Model.Onnx;

/// <summary>Reads ONNX files: untrusted bytes in, a checked <see cref="OnnxGraph"/> or one <see cref="ModelFormatException"/> out.</summary>
public static class OnnxReader
{
    /// <summary>Reads a model from a file.</summary>
    /// <exception cref="ModelFormatException">The file cannot be read or its content cannot be used.</exception>
    public static OnnxGraph Read(string path, OnnxLimits? limits = null) => throw new NotImplementedException();

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <param name="limits">Limits, or null for the default ones.</param>
    /// <exception cref="ModelFormatException">The content cannot be used.</exception>
    public static OnnxGraph Read(ReadOnlyMemory<byte> bytes, string name, OnnxLimits? limits = null) => throw new NotImplementedException();
}
