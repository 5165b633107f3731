using System.Runtime.CompilerServices;
using FqLanes = VerifiableML.Algebra.Vectors.NarrowLanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>A thread's memory for <see cref="VectorBatchAdder"/>: aligned, as unaligned 512-bit accesses cross cache lines every time.</summary>
internal sealed unsafe class VectorScratch
{
    private const int Groups = AdditionList.Capacity / FqLanes.Width;
    private const int Temporaries = 14;
    private readonly PointBuffer _memory;

    public VectorScratch()
    {
        _memory = new PointBuffer((Groups + Temporaries) * sizeof(FqLanes) / (PointBuffer.Stride * sizeof(ulong)) + Groups);
        var first = (FqLanes*)_memory.Pointer;
        FqLanes* temporaries = first + Groups;
        Lanes = new VectorLanes(first, temporaries, (byte*)(temporaries + Temporaries));
        Idle = new PointBuffer(2 + FqLanes.Width);
        Unsafe.InitBlock(Idle.Pointer, 1, (uint)(Idle.Capacity * PointBuffer.Stride * sizeof(ulong)));
        Idle.At(1)[0] = 2;
    }

    public VectorLanes Lanes { get; }

    /// <summary>Two operands with different x for the lanes that have no addition, and eight destinations for their results.</summary>
    public PointBuffer Idle { get; }
}

/// <summary>Where the lanes of a batched addition live.</summary>
/// <param name="prefixes">One for each group of eight additions.</param>
/// <param name="temporaries">Fourteen, named below.</param>
/// <param name="special">One byte for each group: bit k tells that lane k is not the general case.</param>
internal readonly unsafe struct VectorLanes(FqLanes* prefixes, FqLanes* temporaries, byte* special)
{
    public FqLanes* Prefixes { get; } = prefixes;

    public byte* Special { get; } = special;

    public FqLanes* Product => temporaries;

    public FqLanes* Difference => temporaries + 1;

    public FqLanes* Numerator => temporaries + 2;

    public FqLanes* Inverse => temporaries + 3;

    public FqLanes* X1 => temporaries + 4;

    public FqLanes* X2 => temporaries + 5;

    public FqLanes* X3 => temporaries + 6;

    public FqLanes* Y1 => temporaries + 7;

    public FqLanes* Y2 => temporaries + 8;

    public FqLanes* Y3 => temporaries + 9;

    public FqLanes* Slope => temporaries + 10;

    public FqLanes* Squared => temporaries + 11;

    public FqLanes* Run => temporaries + 12;

    public FqLanes* Rise => temporaries + 13;
}
