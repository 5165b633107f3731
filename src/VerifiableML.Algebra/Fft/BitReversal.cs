namespace VerifiableML.Algebra.Fft;

/// <summary>The permutation that reads each index backwards in binary.</summary>
internal static class BitReversal
{
    /// <summary>Swaps element i with the element at the reverse of i's <paramref name="logSize"/> bits.</summary>
    public static void Permute(Span<Fr> values, int logSize)
    {
        for (int i = 1; i < values.Length; i++)
        {
            int j = (int)(ReverseBits((uint)i) >> (32 - logSize));
            if (i < j)
            {
                (values[i], values[j]) = (values[j], values[i]);
            }
        }
    }

    private static uint ReverseBits(uint x)
    {
        x = ((x >> 1) & 0x5555_5555) | ((x & 0x5555_5555) << 1);
        x = ((x >> 2) & 0x3333_3333) | ((x & 0x3333_3333) << 2);
        x = ((x >> 4) & 0x0f0f_0f0f) | ((x & 0x0f0f_0f0f) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(x);
    }
}
