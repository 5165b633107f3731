using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// A thread's memory for <see cref="VectorBatchAdder"/> and <see cref="VectorTwistAdder"/>: aligned, as unaligned 512-bit accesses cross cache
/// lines every time.
/// </summary>
internal sealed unsafe class VectorScratch
{
    private const int Width = Lanes<BaseModulus>.Width;
    private const int Groups = AdditionList.Capacity / Width;
    private readonly PointBuffer _prefixes = Lines((Groups + 1) * sizeof(LaneFactor));
    private readonly PointBuffer _norms = Lines(Groups * sizeof(LaneFactor));
    private readonly PointBuffer _special = Lines(Groups);

    /// <param name="words">Words of a point.</param>
    public VectorScratch(int words)
    {
        Idle = new PointBuffer(words, 2 + Width);
        new Span<ulong>(Idle.Pointer, Idle.Capacity * words).Clear();
        Idle.At(1)[0] = 1;
        Idle.At(0)[words / 2] = 1;
    }

    /// <summary>One more than there are groups of eight additions: entry g is the product of the denominators before group g.</summary>
    public LaneFactor* Prefixes => (LaneFactor*)_prefixes.Pointer;

    /// <summary>In G2: for each group the norms of the denominators.</summary>
    public LaneFactor* Norms => (LaneFactor*)_norms.Pointer;

    /// <summary>For each group a byte whose bit k tells that lane k is not the general case.</summary>
    public byte* Special => (byte*)_special.Pointer;

    /// <summary>
    /// For the lanes that have no addition: two operands with different x, the first with a y that is not zero, and eight destinations
    /// for the results.
    /// </summary>
    public PointBuffer Idle { get; }

    /// <summary>Completes the last group of eight: lanes without an addition get one whose result nobody looks at.</summary>
    /// <returns>The number of groups.</returns>
    public int Fill(nuint* left, nuint* right, nuint* destination, int count)
    {
        int groups = Fill(left, destination, count);
        for (int i = count; i < groups * Width; i++)
        {
            right[i] = PointReference.To(Idle.At(1));
        }

        return groups;
    }

    /// <summary>The same for doublings.</summary>
    public int Fill(nuint* source, nuint* destination, int count)
    {
        int groups = (count + Width - 1) / Width;
        for (int i = count; i < groups * Width; i++)
        {
            source[i] = PointReference.To(Idle.At(0));
            destination[i] = PointReference.To(Idle.At(2 + (i % Width)));
        }

        return groups;
    }

    private static PointBuffer Lines(int bytes) =>
        new(PointBuffer.LineWords, (bytes + PointBuffer.LineBytes - 1) / PointBuffer.LineBytes);
}
