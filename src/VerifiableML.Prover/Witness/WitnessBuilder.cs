using System.Collections.Immutable;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Witness;

/// <summary>Lays an execution out as the columns of a circuit.</summary>
public sealed class WitnessBuilder
{
    private readonly Circuit _circuit;
    private readonly ExecutionTrace _trace;
    private readonly int[] _cells;
    private readonly int[][] _virtual;
    private readonly int[][] _lookups;

    private WitnessBuilder(Circuit circuit, ExecutionTrace trace)
    {
        _circuit = circuit;
        _trace = trace;
        _cells = new int[circuit.Layout.WitnessRows << circuit.Layout.ColumnBits];
        _virtual = new int[circuit.VirtualColumns.Length][];
        _lookups = new int[circuit.Lookups.Length][];
    }

    /// <summary>Builds the witness of <paramref name="trace"/>.</summary>
    /// <exception cref="InvalidOperationException">The trace breaks a bound that the compiler of the model has guaranteed.</exception>
    public static Witness Build(Circuit circuit, ExecutionTrace trace)
    {
        var builder = new WitnessBuilder(circuit, trace);
        for (int value = 0; value < trace.Values.Length; value++)
        {
            ColumnPadding.Pad(circuit, value, trace.Values[value], builder.Column(circuit.ValueColumns[value]));
        }

        Parallel.ForEach(circuit.Relations, builder.Fill);
        builder.CountMultiplicities();
        return new Witness(circuit, builder._cells, builder._virtual, builder._lookups);
    }

    private Span<int> Column(Column column) => _cells.AsSpan((int)column.Offset, 1 << column.Bits);

    private void Fill(Relation relation)
    {
        switch (relation)
        {
            case InputRelation input:
                FillInput(input);
                break;
            case MaxPoolRelation pool:
                FillMaxPool(pool);
                break;
            case AccumulatorRelation accumulator:
                if (accumulator.Requantization is { } columns)
                {
                    FillRequantization(accumulator, columns);
                }

                if (accumulator is WeightedSumRelation sum)
                {
                    FillTerms(sum);
                }

                break;
        }
    }

    private void FillInput(InputRelation relation)
    {
        ReadOnlySpan<int> column = Column(_circuit.Columns[relation.Column]);
        int[] lower = _lookups[relation.Lower] = new int[column.Length];
        int[]? upper = relation.Upper < 0 ? null : _lookups[relation.Upper] = new int[column.Length];
        for (int i = 0; i < column.Length; i++)
        {
            lower[i] = column[i] - relation.Minimum;
            if (upper is not null)
            {
                upper[i] = relation.Maximum - column[i];
            }
        }
    }

    private void FillRequantization(AccumulatorRelation relation, RequantizationColumns columns)
    {
        TensorLayout layout = relation.Layout;
        TensorShape shape = relation.Shape;
        long[] accumulators = _trace.Accumulators[relation.Node]
            ?? throw new InvalidOperationException($"node «{relation.Name}»: the execution kept no accumulators");
        var table = (SaturatingTable)_circuit.Tables[_circuit.Lookups[columns.Activation].Table];
        long half = columns.Shift == 0 ? 0 : 1L << (columns.Shift - 1);

        // A padded cell has the accumulator 0: quotient 0, remainder half, and the row that stands for padding.
        int[] quotients = _virtual[columns.Quotient.Index] = new int[1 << layout.Bits];
        int[] rows = _lookups[columns.Activation] = new int[1 << layout.Bits];
        Array.Fill(rows, table.MarksPadding ? 0 : -table.FirstKey);
        var limbs = new LimbWriter[columns.Limbs.Length];
        for (int l = 0; l < limbs.Length; l++)
        {
            RemainderLimb limb = columns.Limbs[l];
            int width = _circuit.Tables[_circuit.Lookups[limb.Lookup].Table].Bits;
            limbs[l] = new LimbWriter(limb.Shift, (1 << width) - 1, _lookups[limb.Lookup] = new int[1 << layout.Bits]);
            Array.Fill(limbs[l].Rows, limbs[l].Of(half));
        }

        for (int b = 0; b < 1 << layout.BatchBits; b++)
        {
            int entry = Math.Min(b, _trace.BatchSize - 1) * shape.Cells;
            for (int y = 0; y < shape.Rows; y++)
            {
                for (int x = 0; x < shape.Columns; x++)
                {
                    int source = entry + (((y * shape.Columns) + x) * shape.Channels);
                    int target = (b << layout.CellBits) + layout.CellAddress(y, x, 0);
                    for (int c = 0; c < shape.Channels; c++)
                    {
                        long rounded = accumulators[source + c] + half;
                        long quotient = rounded >> columns.Shift;
                        long row = quotient - table.FirstKey;
                        if ((ulong)row >= 1UL << table.Bits || (table.MarksPadding && row == 0))
                        {
                            throw new InvalidOperationException($"node «{relation.Name}»: the quotient {quotient} is outside its table");
                        }

                        quotients[target + c] = (int)quotient;
                        rows[target + c] = (int)row;
                        foreach (LimbWriter limb in limbs)
                        {
                            limb.Rows[target + c] = limb.Of(rounded);
                        }
                    }
                }
            }
        }

        for (int l = 0; l < limbs.Length; l++)
        {
            limbs[l].Rows.CopyTo(Column(_circuit.Columns[columns.Limbs[l].Column]));
        }
    }

    private void FillMaxPool(MaxPoolRelation pool)
    {
        ReadOnlySpan<int> input = Column(_circuit.ValueColumns[pool.Input]);
        for (int offset = 0; offset < pool.Offsets.Length; offset++)
        {
            _virtual[pool.Offsets[offset].Index] = Gather(pool, input, offset);
        }

        ReadOnlySpan<int> maximum = _virtual[pool.Offsets[0].Index];
        for (int j = 1; j < pool.Offsets.Length; j++)
        {
            ReadOnlySpan<int> next = _virtual[pool.Offsets[j].Index];
            Span<int> column = Column(_circuit.Columns[pool.Maxima[j - 1]]);
            LookupTable table = _circuit.Tables[_circuit.Lookups[pool.Lookups[j - 1]].Table];
            int[] rows = _lookups[pool.Lookups[j - 1]] = new int[column.Length];
            for (int i = 0; i < column.Length; i++)
            {
                rows[i] = next[i] - maximum[i] - table.FirstKey;
                column[i] = Math.Max(next[i], maximum[i]);
            }

            maximum = column;
        }
    }

    private static int[] Gather(MaxPoolRelation pool, ReadOnlySpan<int> input, int offset)
    {
        TensorLayout layout = pool.Layout;
        var gathered = new int[1 << layout.Bits];
        int channels = 1 << layout.ChannelBits;
        for (int b = 0; b < 1 << layout.BatchBits; b++)
        {
            for (int y = 0; y < pool.Rows.OutputSize; y++)
            {
                int sourceY = AxisKernels.PoolInput(pool.Rows, y, offset / pool.Columns.Kernel);
                for (int x = 0; x < pool.Columns.OutputSize; x++)
                {
                    int sourceX = AxisKernels.PoolInput(pool.Columns, x, offset % pool.Columns.Kernel);
                    input.Slice((b << pool.InputLayout.CellBits) + pool.InputLayout.CellAddress(sourceY, sourceX, 0), channels)
                        .CopyTo(gathered.AsSpan((b << layout.CellBits) + layout.CellAddress(y, x, 0)));
                }
            }
        }

        return gathered;
    }

    private void FillTerms(WeightedSumRelation relation)
    {
        foreach (SumTerm term in relation.Terms)
        {
            ReadOnlySpan<int> input = Column(_circuit.ValueColumns[term.Input]);
            var image = new int[1 << relation.Layout.Bits];
            for (int b = 0; b < 1 << relation.Layout.BatchBits; b++)
            {
                MapImage.Add(
                    term, relation.Shape, relation.Layout, input.Slice(b << term.InputLayout.CellBits, 1 << term.InputLayout.CellBits),
                    image.AsSpan(b << relation.Layout.CellBits, 1 << relation.Layout.CellBits));
            }

            _virtual[term.Image.Index] = image;
        }
    }

    private void CountMultiplicities()
    {
        for (int table = 0; table < _circuit.Tables.Length; table++)
        {
            Span<int> counts = Column(_circuit.Multiplicities[table]);
            foreach (Lookup lookup in _circuit.Lookups)
            {
                if (lookup.Table == table)
                {
                    foreach (int row in _lookups[lookup.Index])
                    {
                        counts[row]++;
                    }
                }
            }
        }
    }

    private readonly record struct LimbWriter(int Shift, int Mask, int[] Rows)
    {
        public int Of(long rounded) => (int)(rounded >> Shift) & Mask;
    }
}
