using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Column sums of 16-bit integers times field elements. A coefficient's Montgomery form is cut into eight signed digits, from −2^31 to 2^31,
/// and word c of plane k sums value·digit k for column c: below 2^46 in absolute value each, so that 2^16 rows fit into 64 bits before the
/// planes have to be reduced.
/// </summary>
internal sealed class IntegerPlanes : IDisposable
{
    /// <summary>The number of planes, and of digits of a coefficient.</summary>
    public const int Count = 8;

    private const int Width = FrLanes.Width;
    private const int RadixBits = 32;
    private const int RowsBeforeReduction = 1 << 16;

    // What the integer above the eight digits may be below zero, at most; as a multiple of 2^256 it is the Montgomery form of 2^32.
    private const long TopOffset = 1L << 32;

    private static readonly Fr TopOffsetElement = Fr.FromUInt64((ulong)TopOffset);

    // 2^260 and 2^516 modulo r as raw limbs: times these and divided by 2^260, x is x, and y is y·2^256.
    private static readonly Fr Keep = Fr.FromUInt64(16);
    private static readonly Fr RaiseBy256 = Fr.FromUInt64(2).Pow(260UL);

    private readonly ulong[] _words;
    private readonly int _offset;
    private readonly int _stride;
    private FrVector? _reduced;
    private int _rows;

    public IntegerPlanes(int length)
    {
        Length = length;
        _words = PlaneMemory.Rent(Count, length, out _offset, out _stride);
        Clear();
    }

    /// <summary>The number of columns.</summary>
    public int Length { get; }

    public void Dispose()
    {
        PlaneMemory.Return(_words);
        _reduced?.Dispose();
    }

    /// <summary>The digits of a coefficient, least significant first: Σ digit[k]·2^(32·k) is its Montgomery form.</summary>
    public static void CutCoefficient(in Fr coefficient, Span<int> digits)
    {
        ReadOnlySpan<ulong> words = [coefficient.Limb0, coefficient.Limb1, coefficient.Limb2, coefficient.Limb3];
        long carry = 0;
        for (int k = 0; k < Count; k++)
        {
            long digit = (long)((words[k / 2] >> (RadixBits * (k % 2))) & uint.MaxValue) + carry;
            digits[k] = (int)digit;
            carry = (digit - digits[k]) >> RadixBits;
        }
    }

    /// <summary>
    /// Adds <paramref name="count"/> rows of <paramref name="width"/> values, one every <paramref name="stride"/> values, with eight digits
    /// of coefficient for each, to the columns from <paramref name="start"/> on.
    /// </summary>
    public void AddRows(int start, int width, short[] rows, int stride, int[] digits, int count)
    {
        if (_rows + count > RowsBeforeReduction)
        {
            MovePlanesToReduced();
        }

        _rows += count;
        int whole = width & -(2 * Width);
        Parallelism.For(
            whole / Width / 2, (from, length) => AddTiles(start, rows, stride, digits, count, from, from + length), weight: 4 * count);
        AddRest(start, rows, stride, digits, count, whole, width);
    }

    /// <summary>Writes the sum of every column.</summary>
    public void ReduceTo(FrSlice destination)
    {
        int whole = Length & -Width;
        Parallelism.For(whole, (from, length) => ReduceGroups(destination, from, from + length));
        for (int c = whole; c < Length; c++)
        {
            ColumnSums sums = default;
            for (int k = 0; k < Count; k++)
            {
                sums[k] = (long)_words[_offset + (k * _stride) + c];
            }

            destination[c] = sums.ToMontgomeryForm(RadixBits);
        }

        if (_reduced is not null)
        {
            FieldKernels.Best.Add(destination, _reduced.All, destination);
        }
    }

    private void Clear() => _words.AsSpan(_offset, Count * _stride).Clear();

    private void MovePlanesToReduced()
    {
        FrVector sums = FrVector.Rent(Length);
        ReduceTo(sums.All);
        _reduced?.Dispose();
        _reduced = sums;
        Clear();
        _rows = 0;
    }

    /// <summary>Two groups of columns at a time, which share the loads of the digits; their sixteen sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void AddTiles(int start, short[] rows, int stride, int[] digits, int count, int from, int to)
    {
        fixed (short* row0 = rows)
        fixed (int* digit0 = digits)
        fixed (ulong* words = _words)
        {
            nint s = _stride;
            for (int c = from * 2 * Width; c < to * 2 * Width; c += 2 * Width)
            {
                long* plane = (long*)words + _offset + start + c;
                Vector512<long> a0 = Vector512.Load(plane), b0 = Vector512.Load(plane + Width);
                Vector512<long> a1 = Vector512.Load(plane + s), b1 = Vector512.Load(plane + s + Width);
                Vector512<long> a2 = Vector512.Load(plane + (2 * s)), b2 = Vector512.Load(plane + (2 * s) + Width);
                Vector512<long> a3 = Vector512.Load(plane + (3 * s)), b3 = Vector512.Load(plane + (3 * s) + Width);
                Vector512<long> a4 = Vector512.Load(plane + (4 * s)), b4 = Vector512.Load(plane + (4 * s) + Width);
                Vector512<long> a5 = Vector512.Load(plane + (5 * s)), b5 = Vector512.Load(plane + (5 * s) + Width);
                Vector512<long> a6 = Vector512.Load(plane + (6 * s)), b6 = Vector512.Load(plane + (6 * s) + Width);
                Vector512<long> a7 = Vector512.Load(plane + (7 * s)), b7 = Vector512.Load(plane + (7 * s) + Width);

                short* value = row0 + c;
                int* digit = digit0;
                for (int r = 0; r < count; r++, value += stride, digit += Count)
                {
                    Vector512<int> x = Avx512F.ConvertToVector512Int64(Vector128.Load(value)).AsInt32();
                    Vector512<int> y = Avx512F.ConvertToVector512Int64(Vector128.Load(value + Width)).AsInt32();
                    MultiplyAdd(x, y, digit[0], ref a0, ref b0);
                    MultiplyAdd(x, y, digit[1], ref a1, ref b1);
                    MultiplyAdd(x, y, digit[2], ref a2, ref b2);
                    MultiplyAdd(x, y, digit[3], ref a3, ref b3);
                    MultiplyAdd(x, y, digit[4], ref a4, ref b4);
                    MultiplyAdd(x, y, digit[5], ref a5, ref b5);
                    MultiplyAdd(x, y, digit[6], ref a6, ref b6);
                    MultiplyAdd(x, y, digit[7], ref a7, ref b7);
                }

                a0.Store(plane);
                b0.Store(plane + Width);
                a1.Store(plane + s);
                b1.Store(plane + s + Width);
                a2.Store(plane + (2 * s));
                b2.Store(plane + (2 * s) + Width);
                a3.Store(plane + (3 * s));
                b3.Store(plane + (3 * s) + Width);
                a4.Store(plane + (4 * s));
                b4.Store(plane + (4 * s) + Width);
                a5.Store(plane + (5 * s));
                b5.Store(plane + (5 * s) + Width);
                a6.Store(plane + (6 * s));
                b6.Store(plane + (6 * s) + Width);
                a7.Store(plane + (7 * s));
                b7.Store(plane + (7 * s) + Width);
            }
        }
    }

    /// <summary>The scalar meaning of <see cref="AddTiles"/>, for the columns that fill no two groups.</summary>
    private void AddRest(int start, short[] rows, int stride, int[] digits, int count, int from, int to)
    {
        for (int c = from; c < to; c++)
        {
            for (int k = 0; k < Count; k++)
            {
                long sum = 0;
                for (int r = 0; r < count; r++)
                {
                    sum += (long)rows[(r * stride) + c] * digits[(r * Count) + k];
                }

                _words[_offset + (k * _stride) + start + c] += (ulong)sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(Vector512<int> x, Vector512<int> y, int digit, ref Vector512<long> a, ref Vector512<long> b)
    {
        Vector512<int> d = Vector512.Create(digit);
        a += Avx512F.Multiply(x, d);
        b += Avx512F.Multiply(y, d);
    }

    /// <summary>Reduces eight columns at a time: carries turn the sums into a 256-bit integer x and a signed integer above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReduceGroups(FrSlice destination, int from, int to)
    {
        nuint stride = (nuint)destination.Stride, s = (nuint)_stride;
        LaneFactor.Broadcast(in Keep, out LaneFactor keep);
        LaneFactor.Broadcast(in RaiseBy256, out LaneFactor raise);
        FrLanes.Broadcast(in TopOffsetElement, out FrLanes offset);
        LaneFactor top = default;
        ref ulong origin = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), _offset);
        for (int c = from; c < to; c += Width)
        {
            ref ulong plane = ref Unsafe.Add(ref origin, c);
            Vector512<ulong> carry = Vector512<ulong>.Zero;
            Vector512<ulong> w0 = Word(in plane, s, 0, ref carry);
            Vector512<ulong> w1 = Word(in plane, s, 2, ref carry);
            Vector512<ulong> w2 = Word(in plane, s, 4, ref carry);
            Vector512<ulong> w3 = Word(in plane, s, 6, ref carry);
            LaneFactor.FromWords(w0, w1, w2, w3, out LaneFactor x);
            top.L0 = LaneFactor.Limb(carry + Vector512.Create((ulong)TopOffset));

            FrLanes.MultiplyAdd(in x, in keep, in top, in raise, out FrLanes sum);
            FrLanes.ReduceOnce(in sum, out sum);
            FrLanes.SubtractReduced(in sum, in offset, out sum);
            FrLanes.Store(in sum, ref Unsafe.Add(ref destination.Origin, c), stride);
        }
    }

    /// <summary>64 bits out of planes k and k + 1, with the carry of the planes below; signed, so it rounds down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Word(ref readonly ulong plane, nuint stride, nuint k, ref Vector512<ulong> carry)
    {
        Vector512<ulong> low = Vector512.LoadUnsafe(in plane, k * stride) + carry;
        Vector512<ulong> high = Vector512.LoadUnsafe(in plane, (k + 1) * stride) + (low.AsInt64() >> RadixBits).AsUInt64();
        carry = (high.AsInt64() >> RadixBits).AsUInt64();
        return (low & Vector512.Create((ulong)uint.MaxValue)) | (high << RadixBits);
    }
}
