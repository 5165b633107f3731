namespace VerifiableML.Model.Quantized;

/// <summary>The byte that says what a node in a model file is.</summary>
internal enum NodeKind : byte
{
    Convolution = 1,
    WeightedSum = 2,
    MaxPool = 3,
    Product = 4,
}

/// <summary>The byte that says what a map in a model file is.</summary>
internal enum CellMapKind : byte
{
    Separable = 1,
    Gather = 2,
}

/// <summary>Kinds of nodes.</summary>
internal static class NodeKinds
{
    public static NodeKind Of(QuantizedNode node) => node switch
    {
        ConvolutionNode => NodeKind.Convolution,
        WeightedSumNode => NodeKind.WeightedSum,
        MaxPoolNode => NodeKind.MaxPool,
        ProductNode => NodeKind.Product,
        _ => throw new NotSupportedException($"node '{node.Name}' of type {node.GetType().Name}"),
    };
}

/// <summary>The width in which integers are written.</summary>
internal static class IntegerWidth
{
    /// <summary>The least of 1, 2, 4 and 8 bytes that holds all <paramref name="values"/>.</summary>
    public static int Of(ReadOnlySpan<long> values)
    {
        long least = 0;
        long greatest = 0;
        foreach (long value in values)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        return least >= sbyte.MinValue && greatest <= sbyte.MaxValue ? 1
            : least >= short.MinValue && greatest <= short.MaxValue ? 2
            : least >= int.MinValue && greatest <= int.MaxValue ? 4
            : 8;
    }
}
