namespace VerifiableML.Model.Onnx;

/// <summary>What a model file may ask for. Beyond any of these it is refused before memory is spent on it.</summary>
public sealed record OnnxLimits
{
    /// <summary>Greatest number of axes of a tensor.</summary>
    public const int GreatestRank = 8;

    /// <summary>Greatest length of a list that parametrizes an operator: axes, pads, a shape.</summary>
    public const int GreatestList = 1024;

    /// <summary>Limits for models of the size that is proven here.</summary>
    public static OnnxLimits Default { get; } = new();

    /// <summary>Greatest size of a file, in bytes.</summary>
    public int FileBytes { get; init; } = 1 << 30;

    /// <summary>Greatest number of protobuf messages, texts and byte strings in a file: what costs memory beyond its size.</summary>
    public int Messages { get; init; } = 1 << 20;

    /// <summary>Greatest number of integers of variable length in a file; one byte of a file may become eight of memory.</summary>
    public int PackedIntegers { get; init; } = 1 << 26;

    /// <summary>Greatest number of nodes.</summary>
    public int Nodes { get; init; } = 1 << 16;

    /// <summary>Greatest number of elements of one tensor.</summary>
    public int TensorElements { get; init; } = 1 << 28;

    /// <summary>Greatest number of elements of all tensors in a file together.</summary>
    public long StoredElements { get; init; } = 1L << 29;

    /// <summary>Greatest number of elements of all activations of one sample together.</summary>
    public long ActivationElements { get; init; } = 1L << 27;

    /// <summary>Greatest number of elements of all tensors together that constant folding makes.</summary>
    public long FoldedElements { get; init; } = 1L << 26;

    /// <summary>
    /// Greatest number of multiply-accumulates, comparisons and copies for one sample; 2^37 are about half a minute of one core.
    /// </summary>
    public double Operations { get; init; } = 1L << 37;

    /// <summary>Greatest length of a name, in UTF-16 units.</summary>
    public int NameLength { get; init; } = 1024;
}
