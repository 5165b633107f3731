using System.Buffers;
using System.Runtime.CompilerServices;
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
            values.CopyTo(NextRow(coefficient));
        }
    }

    public void Add(int start, ReadOnlySpan<int> values, Fr coefficient)
    {
        Prepare(start, values.Length);
        if (values.Length == 0 || coefficient.IsZero)
        {
            return;
        }

        if (!values.ContainsAnyExceptInRange(short.MinValue, short.MaxValue))
        {
            Narrow(values, NextRow(coefficient));
            return;
        }

        AddWide(values, coefficient);
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

    private Span<short> NextRow(in Fr coefficient)
    {
        if (_pending == _rowsPerPass)
        {
            Flush();
        }

        IntegerPlanes.CutCoefficient(coefficient, _digits.AsSpan(_pending * IntegerPlanes.Count, IntegerPlanes.Count));
        return _rows.AsSpan(RowStride(_width) * _pending++, _width);
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
        int[] rest = ArrayPool<int>.Shared.Rent(values.Length);
        values.CopyTo(rest);
        Span<int> remaining = rest.AsSpan(0, values.Length);
        while (remaining.ContainsAnyExceptInRange(short.MinValue, short.MaxValue))
        {
            Span<short> row = NextRow(coefficient);
            for (int j = 0; j < row.Length; j++)
            {
                int digit = remaining[j] << (32 - DigitBits) >> (32 - DigitBits);
                row[j] = (short)digit;
                remaining[j] = (int)(((long)remaining[j] - digit) >> DigitBits);
            }

            coefficient *= Fr.FromUInt64(1UL << DigitBits);
        }

        Narrow(remaining, NextRow(coefficient));
        ArrayPool<int>.Shared.Return(rest);
    }

    /// <summary>row[j] = values[j], for values that fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ReadOnlySpan<int> values, Span<short> row)
    {
        int whole = row.Length & -Vector512<int>.Count;
        for (int j = 0; j < whole; j += Vector512<int>.Count)
        {
            Avx512F.ConvertToVector256Int16(Vector512.Create(values[j..])).CopyTo(row[j..]);
        }

        for (int j = whole; j < row.Length; j++)
        {
            row[j] = (short)values[j];
        }
    }
}
