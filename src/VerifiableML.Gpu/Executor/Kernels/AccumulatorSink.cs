namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>
/// What happens to a finished accumulator, in the kernel that made it: it is kept where a proof will need it, requantized and looked up,
/// <c>y = Table((acc + Half) &gt;&gt; Shift)</c>, and the result stored.
/// </summary>
/// <param name="Output">Where outputs go.</param>
/// <param name="Accumulators">Where accumulators go, as int32 or int64; of width 0 where they are not asked for.</param>
/// <param name="Bias">Index of the first bias among the 64-bit constants, or −1 for none.</param>
/// <param name="Table">Index of the table's first value among the 32-bit constants, or −1 where outputs are accumulators.</param>
/// <param name="FirstQuotient">The quotient to which the first value belongs.</param>
/// <param name="LastValue">Index of the table's last value.</param>
/// <param name="Shift">Bits dropped.</param>
/// <param name="Half">Added before the shift.</param>
internal readonly record struct AccumulatorSink(
    CellRange Output, CellRange Accumulators, int Bias, int Table, int FirstQuotient, int LastValue, int Shift, long Half)
{
    /// <summary>The bias of output channel <paramref name="channel"/>.</summary>
    public long BiasOf(Constants constants, int channel) => Bias < 0 ? 0 : constants.Longs[Bias + channel];

    /// <summary>Finishes cell <paramref name="cell"/>; <paramref name="accumulator"/> includes the bias.</summary>
    public void Finish(Arena arena, Constants constants, long cell, long accumulator)
    {
        if (Accumulators.Width == sizeof(int))
        {
            arena.Words[Accumulators.First + cell] = (int)accumulator;
        }
        else if (Accumulators.Width == sizeof(long))
        {
            arena.Longs[Accumulators.First + cell] = accumulator;
        }

        int value = (int)accumulator;
        if (Table >= 0)
        {
            long index = ((accumulator + Half) >> Shift) - FirstQuotient;
            int clamped = index < 0 ? 0 : index > LastValue ? LastValue : (int)index;
            value = constants.Words[Table + clamped];
        }

        arena.Store(Output, cell, value);
    }
}
