using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Prover.Witness;

/// <summary>
/// Everything random in one proof's committed witness: scalars in the slots beyond the columns, of the rows of committed columns or, in a hiding
/// circuit, of all rows; and the hiding circuit's column of random scalars.
/// </summary>
internal sealed class WitnessBlinding
{
    private readonly Circuit _circuit;
    private readonly Fr[]?[] _slots;
    private readonly Fr[] _column;

    private WitnessBlinding(Circuit circuit, Fr[]?[] slots, Fr[] column)
    {
        _circuit = circuit;
        _slots = slots;
        _column = column;
    }

    /// <summary>Draws what is missing beside the blinding of committed columns.</summary>
    public static WitnessBlinding Draw(Circuit circuit, ColumnBlinding committed, RandomNumberGenerator random)
    {
        var slots = new Fr[]?[circuit.Layout.WitnessRows];
        Take(circuit.ValueColumns[0], committed.Input);
        Take(circuit.ValueColumns[circuit.Architecture.OutputValue], committed.Output);
        if (circuit.BlindingColumn is not { } column)
        {
            return new WitnessBlinding(circuit, slots, []);
        }

        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] ??= DrawScalars(CircuitLayout.BlindingSlots, random);
        }

        return new WitnessBlinding(circuit, slots, DrawScalars(1 << column.Bits, random));

        void Take(Column published, Fr[] scalars)
        {
            (int first, int _) = circuit.RowsOf(published);
            foreach (Fr[] row in scalars.Chunk(CircuitLayout.BlindingSlots))
            {
                slots[first++] = row;
            }
        }
    }

    /// <summary>Random scalars.</summary>
    public static Fr[] DrawScalars(int count, RandomNumberGenerator random)
    {
        var scalars = new Fr[count];
        for (int i = 0; i < count; i++)
        {
            scalars[i] = Fr.Random(random);
        }

        return scalars;
    }

    /// <summary>The commitment to a row's slots alone.</summary>
    public static G1 Commit(Circuit circuit, G1Bases powers, ReadOnlySpan<Fr> slots)
    {
        G1 sum = G1.Infinity;
        for (int k = 0; k < slots.Length; k++)
        {
            sum += powers[(1 << circuit.Layout.ColumnBits) + k].Multiply(slots[k]);
        }

        return sum;
    }

    /// <summary>Adds the random entries to commitments of the rows without them.</summary>
    public void AddTo(G1Bases powers, G1[] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] += Commit(_circuit, powers, _slots[i]);
        }

        if (_circuit.BlindingColumn is { } column)
        {
            (int row, int first) = Place(column);
            for (int k = 0; k < _column.Length; k++)
            {
                rows[row] += powers[first + k].Multiply(_column[k]);
            }
        }
    }

    /// <summary>Puts the column of random scalars among the cells of the witness.</summary>
    public void AddTo(FrVector cells)
    {
        if (_circuit.BlindingColumn is { } column)
        {
            cells.Slice((int)column.Offset, _column.Length).CopyFrom(_column);
        }
    }

    /// <summary>The slots of the rows, folded at a point.</summary>
    public Fr[] FoldSlots(EvaluationPoint<Fr> rowPoint)
    {
        Fr[] weights = Equality.Table(rowPoint);
        var slots = new Fr[CircuitLayout.BlindingSlots];
        for (int i = 0; i < _slots.Length; i++)
        {
            for (int k = 0; _slots[i] is { } row && k < row.Length; k++)
            {
                slots[k] += weights[i] * row[k];
            }
        }

        return slots;
    }

    private (int Row, int Column) Place(Column column)
    {
        int bits = _circuit.Layout.ColumnBits;
        return ((int)(column.Offset >> bits), (int)(column.Offset & ((1 << bits) - 1)));
    }
}
