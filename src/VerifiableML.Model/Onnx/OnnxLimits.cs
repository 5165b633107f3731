namespace VerifiableML.Model.Onnx;

/// <summary>What a model file may ask for. Beyond any of these it is refused before memory is spent on it.</summary>
public sealed record OnnxLimits
{
    /// <summary>Limits for models of the size that is proven here.</summary>
    public static OnnxLimits Default { get; } = new();

    /// <summary>Greatest size of a file, in bytes.</summary>
    public int FileBytes { get; init; } = 1 << 30;

    /// <summary>Greatest number of protobuf messages and strings in a file.</summary>
    public int Messages { get; init; } = 1 << 20;

    /// <summary>Greatest number of nodes.</summary>
    public int Nodes { get; init; } = 1 << 16;

    /// <summary>Greatest number of elements of one tensor.</summary>
    public int TensorElements { get; init; } = 1 << 28;

    /// <summary>Greatest number of elements of all activations of one sample together, and of all constants together.</summary>
    public long TotalElements { get; init; } = 1L << 29;

    /// <summary>Greatest number of axes.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>Greatest length of a name, in UTF-16 units.</summary>
    public int NameLength { get; init; } = 1024;
}
