namespace VerifiableML.Model.Quantized;

/// <summary>Hard limits on quantized models. They bound the memory and time that an untrusted model file can cost.</summary>
public static class QuantizedModelLimits
{
    /// <summary>Greatest number of nodes.</summary>
    public const int Nodes = 4096;

    /// <summary>Greatest number of cells of one tensor.</summary>
    public const int TensorCells = 1 << 25;

    /// <summary>Greatest number of cells of all tensors together.</summary>
    public const long ModelCells = 1L << 27;

    /// <summary>Greatest number of weights of all nodes together.</summary>
    public const long ModelWeights = 1L << 28;

    /// <summary>Greatest number of multiply-accumulates for one input.</summary>
    public const long ModelMultiplications = 1L << 40;

    /// <summary>Greatest number of links of one axis map.</summary>
    public const int AxisLinks = 1 << 22;

    /// <summary>Greatest sum of absolute coefficients with which one cell of an axis map reads.</summary>
    public const int AxisSum = 1 << 16;

    /// <summary>Greatest number of terms of a weighted sum.</summary>
    public const int Terms = 1024;

    /// <summary>Greatest number of values in the centre of an activation table.</summary>
    public const int TableValues = 1 << 16;

    /// <summary>Widest domain of an activation table, in bits.</summary>
    public const int DomainBits = 20;

    /// <summary>Greatest requantization shift.</summary>
    public const int Shift = 48;

    /// <summary>Accumulators stay below this in absolute value, so that double-precision sums of them are exact.</summary>
    public const long Accumulator = 1L << 53;

    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int NameLength = 512;
}
