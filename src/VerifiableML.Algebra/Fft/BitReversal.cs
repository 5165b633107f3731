using System.Buffers.Binary;

namespace VerifiableML.Algebra.Fft;

/// <summary>The permutation that reads each index backwards in binary.</summary>
internal static class BitReversal
{
    /// <summary>Swaps element i with the element at the reverse of i's <paramref name="logSize"/> bits.</summary>
    public static void Permute(Span<Fr> values, int logSize)
    {
        for (int i = 1; i < values.Length; i++)
        {
            int j = Reverse(i, logSize);
            if (i < j)
            {
                (values[i], values[j]) = (values[j], values[i]);
            }
        }
    }

    /// <summary>The number whose <paramref name="bits"/> binary digits are those of <paramref name="value"/> backwards.</summary>
    public static int Reverse(int value, int bits)
    {
        uint x = (uint)value;
        x = ((x >> 1) & 0x5555_5555) | ((x & 0x5555_5555) << 1);
        x = ((x >> 2) & 0x3333_3333) | ((x & 0x3333_3333) << 2);
        x = ((x >> 4) & 0x0f0f_0f0f) | ((x & 0x0f0f_0f0f) << 4);
        return bits == 0 ? 0 : (int)(BinaryPrimitives.ReverseEndianness(x) >> (32 - bits));
    }
}
