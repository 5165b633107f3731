using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Fft;

/// <summary>The roots of <see cref="TwiddleTable"/> laid out for vector arithmetic.</summary>
internal sealed class VectorTwiddles
{
    private readonly FrVector _rows;

    public VectorTwiddles(TwiddleTable table)
    {
        LogSize = table.LogSize;
        _rows = FrVector.Rent(1 << LogSize);
        for (int half = 1; half < _rows.Length; half *= 2)
        {
            _rows.Slice(half, half).CopyFrom(table.Row(half));
        }

        // The stages inside of a vector use the 2nd, 4th and 8th roots, the same in all lanes.
        Small = new LaneFactor[8];
        for (int i = 1; i < Small.Length; i++)
        {
            Fr root = _rows[i];
            LaneFactor.BroadcastTimes16(new Limbs(root.Limb0, root.Limb1, root.Limb2, root.Limb3), out Small[i]);
        }
    }

    public int LogSize { get; }

    /// <summary>Entry half + i is the i-th root for blocks of twice <c>half</c> elements, for half 1, 2 and 4, times 16 in every lane.</summary>
    public LaneFactor[] Small { get; }

    /// <summary>The row for blocks of twice <paramref name="half"/> elements.</summary>
    public FrSlice Row(int half) => _rows.Slice(half, half);
}
