using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>A thread's memory for <see cref="VectorBatchAdder"/>: aligned, as unaligned 512-bit accesses cross cache lines every time.</summary>
internal sealed unsafe class VectorScratch
{
    private const int Groups = AdditionList.Capacity / Lanes<BaseModulus>.Width;
    private readonly PointBuffer _prefixes = new((Groups + 1) * sizeof(LaneFactor) / PointBuffer.ByteStride);
    private readonly PointBuffer _special = new(Groups / PointBuffer.ByteStride);

    public VectorScratch()
    {
        new Span<byte>(Idle.Pointer, Idle.Capacity * PointBuffer.ByteStride).Clear();
        Idle.At(1)[0] = 1;
    }

    /// <summary>One more than there are groups of eight additions: entry g is the product of the denominators before group g.</summary>
    public LaneFactor* Prefixes => (LaneFactor*)_prefixes.Pointer;

    /// <summary>For each group a byte whose bit k tells that lane k is not the general case.</summary>
    public byte* Special => (byte*)_special.Pointer;

    /// <summary>Two operands with different x for the lanes that have no addition, and eight destinations for their results.</summary>
    public PointBuffer Idle { get; } = new(2 + Lanes<BaseModulus>.Width);
}
