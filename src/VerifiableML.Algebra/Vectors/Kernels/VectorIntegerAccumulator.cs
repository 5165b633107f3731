using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Column sums in eight planes of signed 64-bit words (<see cref="IntegerPlanes"/>). Rows of 16-bit values are collected until there are
/// enough of them for the same columns, so that a column's planes are loaded and stored once for all of them; wider values are cut into
/// several such rows.
/// </summary>
internal sealed class VectorIntegerAccumulator : IIntegerAccumulator
{
    private const int DigitBits = 15;
    private const int MostRowsPerPass = 32;
    private const int LeastRowsPerPass = 4;
    private const int RowMemory = 1 << 18;

    private readonly IntegerPlanes _planes;
    private readonly int _rowsPerPass;
    private readonly short[] _rows;
    private readonly int[] _digits;
    private int _start;
    private int _width;
    private int _pending;
    private bool _disposed;

    public VectorIntegerAccumulator(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _planes = new IntegerPlanes(length);
        _rowsPerPass = Math.Clamp(RowMemory / Math.Max(1, length), LeastRowsPerPass, MostRowsPerPass);
        _rows = ArrayPool<short>.Shared.Rent(_rowsPerPass * RowStride(length));
        _digits = new int[_rowsPerPass * IntegerPlanes.Count];
    }

    public void Add(int start, ReadOnlySpan<short> values, Fr coefficient)
    {
        Prepare(start, values.Length);
        if (values.Length > 0 && !coefficient.IsZero)
        {
            values.CopyTo(FreeRow());
            TakeRow(coefficient);
        }
    }

    public void Add(int start, ReadOnlyMemory<int> values, Fr coefficient)
    {
        Prepare(start, values.Length);
        if (values.Length == 0 || coefficient.IsZero)
        {
            return;
        }

        if (TryNarrow(values.Span, FreeRow()))
        {
            TakeRow(coefficient);
            return;
        }

        AddWide(values.Span, coefficient);
    }

    public void ReduceTo(FrSlice destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Require.SameLength(_planes.Length, destination.Length);
        Flush();
        _planes.ReduceTo(destination);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _planes.Dispose();
            ArrayPool<short>.Shared.Return(_rows);
        }
    }

    /// <summary>Checks the columns and makes sure that the collected rows, if any, are rows of the same ones.</summary>
    private void Prepare(int start, int width)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if ((uint)start > (uint)_planes.Length || width > _planes.Length - start)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"{width} columns from {start} do not lie within {_planes.Length}.");
        }

        if (_start != start || _width != width)
        {
            Flush();
            (_start, _width) = (start, width);
        }
    }

    /// <summary>A cache line more than a whole number of them, so that the same columns of many rows do not share a set of the cache.</summary>
    private static int RowStride(int width) => ((width + 31) / 32 * 32) + 32;

    /// <summary>Where the next row goes.</summary>
    private Span<short> FreeRow()
    {
        if (_pending == _rowsPerPass)
        {
            Flush();
        }

        return _rows.AsSpan(RowStride(_width) * _pending, _width);
    }

    /// <summary>Counts what was written to <see cref="FreeRow"/> as a row with this coefficient.</summary>
    private void TakeRow(in Fr coefficient)
    {
        IntegerPlanes.CutCoefficient(coefficient, _digits.AsSpan(_pending * IntegerPlanes.Count, IntegerPlanes.Count));
        _pending++;
    }

    private void Flush()
    {
        if (_pending > 0)
        {
            _planes.AddRows(_start, _width, _rows, RowStride(_width), _digits, _pending);
            _pending = 0;
        }
    }

    /// <summary>Signed digits of 15 bits, each a row of its own with the coefficient times its power of two; three are enough.</summary>
    private void AddWide(ReadOnlySpan<int> values, Fr coefficient)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(values.Length);
        Span<int> remaining = rented.AsSpan(0, values.Length);
        values.CopyTo(remaining);
        while (!TryNarrow(remaining, FreeRow()))
        {
            CutDigit(remaining, FreeRow());
            TakeRow(coefficient);
            coefficient *= Fr.FromUInt64(1UL << DigitBits);
        }

        TakeRow(coefficient);
        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>row[j] = the lowest digit of values[j], which is taken off and shifted out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CutDigit(Span<int> values, Span<short> row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            int digit = values[j] << (32 - DigitBits) >> (32 - DigitBits);
            row[j] = (short)digit;
            values[j] = (int)(((long)values[j] - digit) >> DigitBits);
        }
    }

    /// <summary>row[j] = values[j]; false where a value does not fit, and then the row is worth nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryNarrow(ReadOnlySpan<int> values, Span<short> row)
    {
        ref int from = ref MemoryMarshal.GetReference(values);
        ref short to = ref MemoryMarshal.GetReference(row);
        nuint length = (nuint)Math.Min(values.Length, row.Length);
        nuint whole = length & ~(nuint)(Vector512<int>.Count - 1);
        Vector512<int> lost = Vector512<int>.Zero;
        for (nuint j = 0; j < whole; j += (nuint)Vector512<int>.Count)
        {
            Vector512<int> wide = Vector512.LoadUnsafe(in from, j);
            Vector256<short> narrow = Avx512F.ConvertToVector256Int16(wide);
            narrow.StoreUnsafe(ref to, j);
            lost |= wide ^ Avx512F.ConvertToVector512Int32(narrow);
        }

        int rest = 0;
        for (int j = (int)whole; j < (int)length; j++)
        {
            row[j] = (short)values[j];
            rest |= values[j] ^ row[j];
        }

        return lost == Vector512<int>.Zero && rest == 0;
    }
}
