using System.Buffers;
using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Digits of field elements. Each is taken as the smaller of s and r − s, with a sign, so that small negative integers stay small;
/// zeros are left out once and for all.
/// </summary>
internal sealed unsafe class ScalarDigits : DigitSource, IDisposable
{
    private const int LimbBits = 64;
    private static readonly Limbs Modulus = new(ScalarModulus.P0, ScalarModulus.P1, ScalarModulus.P2, ScalarModulus.P3);

    // Scalars that a thread reads at a time.
    private const int ChunkLength = 1024;

    private readonly uint[] _signedIndices;
    private readonly Limbs[] _magnitudes;
    private int _width;
    private int _topWindow;

    /// <summary>Reads the scalars. <see cref="Use"/> must follow before digits are asked for.</summary>
    public ScalarDigits(FrSlice scalars)
    {
        _signedIndices = ArrayPool<uint>.Shared.Rent(scalars.Length);
        _magnitudes = ArrayPool<Limbs>.Shared.Rent(scalars.Length);
        int chunks = (scalars.Length + ChunkLength - 1) / ChunkLength;
        var counts = new int[chunks];
        var unions = new Limbs[chunks];
        Workers.For(chunks, chunk => counts[chunk] = Read(scalars, chunk * ChunkLength, out unions[chunk]));

        Limbs union = default;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Array.Copy(_signedIndices, chunk * ChunkLength, _signedIndices, Length, counts[chunk]);
            Array.Copy(_magnitudes, chunk * ChunkLength, _magnitudes, Length, counts[chunk]);
            Length += counts[chunk];
            union = WideInteger.Or(union, unions[chunk]);
        }

        Bits = WideInteger.BitLength(union);
    }

    /// <summary>Number of scalars that are not zero.</summary>
    public override int Length { get; }

    /// <summary>Every absolute value is below 2^Bits.</summary>
    public int Bits { get; }

    /// <summary>Prepares the digits of a plan.</summary>
    public void Use(WindowPlan plan)
    {
        _width = plan.Width;
        _topWindow = plan.Windows - 1;
        Limbs offset = WideInteger.FromBigInteger(plan.Offset);
        for (int i = 0; i < Length; i++)
        {
            _magnitudes[i] = WideInteger.Add(_magnitudes[i], offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Extract(int row, int window, int start, int end, uint firstBucket, uint* buckets, uint* entries)
    {
        int position = _width * window;
        int limb = position / LimbBits;
        int shift = position % LimbBits;
        bool twoLimbs = shift + _width > LimbBits && limb < 3;
        bool top = window == _topWindow;
        ulong mask = (1UL << _width) - 1;
        int bias = top ? 0 : 1 << (_width - 1);
        int count = 0;
        fixed (Limbs* magnitudes = _magnitudes)
        fixed (uint* signedIndices = _signedIndices)
        {
            ulong* word = (ulong*)(magnitudes + start) + limb;
            for (int i = start; i < end; i++, word += 4)
            {
                ulong bits = word[0] >> shift;
                if (twoLimbs)
                {
                    bits |= word[1] << (LimbBits - shift);
                }

                int digit = (int)(bits & mask) - bias;
                int sign = digit >> 31;
                buckets[count] = firstBucket + (uint)((digit ^ sign) - sign) - 1;
                entries[count] = signedIndices[i] ^ (uint)(sign & 1);
                count += digit != 0 ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Gives the memory back; no digits may be asked for afterwards.</summary>
    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_signedIndices);
        ArrayPool<Limbs>.Shared.Return(_magnitudes);
    }

    /// <summary>Reads a chunk to the places from <paramref name="start"/> on.</summary>
    /// <returns>How many of the chunk's scalars are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Read(FrSlice scalars, int start, out Limbs union)
    {
        int count = start;
        int end = Math.Min(start + ChunkLength, scalars.Length);
        union = default;
        for (int i = start; i < end; i++)
        {
            Fr scalar = scalars[i];
            if (scalar.IsZero)
            {
                continue;
            }

            Limbs value = scalar.ToIntegerLimbs();
            Limbs opposite = WideInteger.Subtract(Modulus, value);
            bool negative = WideInteger.IsLess(opposite, value);
            Limbs magnitude = negative ? opposite : value;
            union = WideInteger.Or(union, magnitude);
            _signedIndices[count] = ((uint)i << 1) | (negative ? 1u : 0u);
            _magnitudes[count++] = magnitude;
        }

        return count - start;
    }
}
