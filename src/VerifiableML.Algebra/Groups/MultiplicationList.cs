using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Independent multiplications waiting to be carried out together, bit by bit, so that the doublings and additions of all share their
/// inversions: destination ← scalar·point. Every scalar is split in two halves, of which the second belongs to φ(point), and the halves are
/// written in digits ±1, ±3, ±5, ±7 of which at most every fourth is not zero: 127 doublings and 51 additions each. A full list is carried out at once.
/// Not constant in time.
/// </summary>
internal sealed unsafe class MultiplicationList
{
    /// <summary>Multiplications carried out together: as many as share an inversion.</summary>
    public const int Capacity = AdditionList.Capacity;

    /// <summary>Odd multiples of a point and of its image under φ.</summary>
    private const int Multiples = 1 << (WindowWidth - 2);
    private const int WindowWidth = 4;
    private const int Positions = SplitScalar.HalfBits + 2;

    private readonly BatchAdder _adder;
    private readonly int _words;
    private readonly DoublingList _doublings;
    private readonly PointBuffer _table;
    private readonly PointBuffer _sums;
    private readonly sbyte[] _digits = new sbyte[Positions * 2 * Capacity];
    private readonly nuint[] _destinations = new nuint[Capacity];
    private int _count;
    private int _length;

    private MultiplicationList(BatchAdder adder)
    {
        _adder = adder;
        _words = adder.Words;
        Additions = new AdditionList(adder);
        Scratch = adder.NewBuffer(Capacity);
        _doublings = new DoublingList(adder);
        _table = adder.NewBuffer(Capacity * 2 * Multiples);
        _sums = adder.NewBuffer(Capacity);
    }

    /// <summary>A list of additions for the user of this list, to be empty when this one is flushed.</summary>
    public AdditionList Additions { get; }

    /// <summary>Memory for the user of this list: a point for each multiplication.</summary>
    public PointBuffer Scratch { get; }

    public static MultiplicationList Rent(BatchAdder adder) =>
        adder.IdleMultiplications.TryTake(out MultiplicationList? list) ? list : new MultiplicationList(adder);

    /// <summary>Takes back an empty list.</summary>
    public static void Return(MultiplicationList list) => list._adder.IdleMultiplications.Add(list);

    /// <summary>Schedules destination ← scalar·point. The point is read now; the destination is written to later.</summary>
    public void Add(nuint point, in SplitScalar scalar, ulong* destination)
    {
        if (PackedPoint.IsInfinity(PointReference.Address(point)) || (scalar.First == 0 && scalar.Second == 0))
        {
            PackedPoint.SetInfinity(destination, _words);
            return;
        }

        int place = _count;
        PackedPoint.Copy(point, Multiple(place, 0), _words);
        Recode(scalar.First, scalar.FirstIsNegative, place);
        Recode(scalar.Second, scalar.SecondIsNegative, Capacity + place);
        _destinations[place] = (nuint)destination;
        _count++;
        if (_count == Capacity)
        {
            Flush();
        }
    }

    /// <summary>Carries out what is scheduled.</summary>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        FillTable();
        for (int i = 0; i < _count; i++)
        {
            PackedPoint.SetInfinity(_sums.At(i), _words);
        }

        for (int position = _length - 1; position >= 0; position--)
        {
            DoubleSums();
            AddMultiples(position, 0);
            AddMultiples(position, 1);
        }

        for (int i = 0; i < _count; i++)
        {
            PackedPoint.Copy(PointReference.To(_sums.At(i)), (ulong*)_destinations[i], _words);
        }

        _count = 0;
        _length = 0;
    }

    /// <summary>The place for (2·index + 1)·P or, from <see cref="Multiples"/> on, φ of those.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong* Multiple(int place, int index) => _table.At((place * 2 * Multiples) + index);

    /// <summary>
    /// Writes a number's digits in the column of a multiplication: where the number is odd, the digit is what is left of it modulo 16 between
    /// −8 and 8, and the three after it are zero.
    /// </summary>
    private void Recode(UInt128 number, bool negative, int column)
    {
        const int modulus = 1 << WindowWidth;
        int position = 0;
        while (number != 0)
        {
            int zeros = (int)UInt128.TrailingZeroCount(number);
            number >>= zeros;
            position += zeros;
            int digit = (int)(number & (modulus - 1));
            digit -= digit >= modulus / 2 ? modulus : 0;
            number -= (UInt128)(Int128)digit; // wraps for a negative digit, which adds its absolute value
            _digits[(position * 2 * Capacity) + column] = (sbyte)(negative ? -digit : digit);
            _length = Math.Max(_length, position + 1);
        }
    }

    private void FillTable()
    {
        for (int i = 0; i < _count; i++)
        {
            _doublings.Add(Multiple(i, 0), _sums.At(i));
        }

        _doublings.Flush();
        for (int index = 1; index < Multiples; index++)
        {
            for (int i = 0; i < _count; i++)
            {
                Additions.Add(PointReference.To(Multiple(i, index - 1)), PointReference.To(_sums.At(i)), Multiple(i, index));
            }

            Additions.Flush();
        }

        for (int i = 0; i < _count; i++)
        {
            for (int index = 0; index < Multiples; index++)
            {
                Endomorphism.Apply(Multiple(i, index), Multiple(i, Multiples + index), _words);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoubleSums()
    {
        ulong* sum = _sums.Pointer;
        for (int i = 0; i < _count; i++, sum += _words)
        {
            if (!PackedPoint.IsInfinity(sum))
            {
                _doublings.Add(sum, sum);
            }
        }

        _doublings.Flush();
    }

    /// <summary>Adds the multiples that the digits at a position say, of the points (half 0) or their images (half 1), and clears the digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMultiples(int position, int half)
    {
        Span<sbyte> row = _digits.AsSpan(((position * 2) + half) * Capacity, Capacity);
        ReadOnlySpan<ulong> groups = MemoryMarshal.Cast<sbyte, ulong>(row);
        for (int group = 0; group < groups.Length; group++)
        {
            for (ulong rest = groups[group]; rest != 0;)
            {
                int lane = BitOperations.TrailingZeroCount(rest) / 8;
                int digit = (sbyte)(rest >> (8 * lane));
                rest &= ~(0xFFUL << (8 * lane));
                AddMultiple((group * sizeof(ulong)) + lane, (half * Multiples) + (Math.Abs(digit) / 2), digit < 0);
            }
        }

        row.Clear();
        Additions.Flush();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddMultiple(int place, int index, bool negative)
    {
        ulong* sum = _sums.At(place);
        nuint multiple = PointReference.To(Multiple(place, index)) | (negative ? 1u : 0u);
        if (PackedPoint.IsInfinity(sum))
        {
            PackedPoint.Copy(multiple, sum, _words);
        }
        else
        {
            Prefetch.Point(multiple, _words);
            Additions.Add(PointReference.To(sum), multiple, sum);
        }
    }
}
