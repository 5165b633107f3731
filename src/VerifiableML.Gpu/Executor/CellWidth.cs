using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>How many bytes integers take in device memory.</summary>
internal static class CellWidth
{
    /// <summary>Bytes of a cell of <paramref name="tensor"/>: 1, 2 or 4.</summary>
    public static int Of(QuantizedTensor tensor) =>
        tensor.Minimum >= sbyte.MinValue && tensor.Maximum <= sbyte.MaxValue ? sizeof(sbyte)
        : tensor.Minimum >= short.MinValue && tensor.Maximum <= short.MaxValue ? sizeof(short)
        : sizeof(int);

    /// <summary>Bytes of an accumulator of <paramref name="node"/>, from its static bound: 4 or 8.</summary>
    public static int OfAccumulator(AccumulatingNode node) => node.AccumulatorBound <= int.MaxValue ? sizeof(int) : sizeof(long);
}
