using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Verification;

/// <summary>Evaluates public integers as the univariate polynomial whose coefficients are the padded cells of their column.</summary>
public static class PublicValues
{
    /// <summary><c>Σ_address value(address) · base^address</c>. A batch is padded with copies of its last entry, all else with zeros.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="value">The value of the model: 0 for the input.</param>
    /// <param name="values">Its integers, <c>[b][y][x][c]</c> without padding.</param>
    /// <param name="powerBase">The base.</param>
    public static Fr Evaluate(Circuit circuit, int value, int[] values, Fr powerBase)
    {
        TensorShape shape = circuit.Architecture.Tensor(value).Shape;
        TensorLayout layout = circuit.LayoutOf(value);
        Fr sum = Fr.Zero;

        // Horner's rule from the last address down; where cells are missing, the power is stepped over at once.
        long next = 1L << layout.Bits;
        for (int b = (1 << layout.BatchBits) - 1; b >= 0; b--)
        {
            int entry = Math.Min(b, circuit.Options.BatchSize - 1) * shape.Cells;
            for (int cell = shape.Cells - 1; cell >= 0; cell--)
            {
                long address = ((long)b << layout.CellBits) + layout.CellAddress(shape, cell);
                sum = (sum * Power(powerBase, next - address)) + Fr.FromInt64(values[entry + cell]);
                next = address;
            }
        }

        return sum;
    }

    private static Fr Power(Fr powerBase, long exponent) => exponent == 1 ? powerBase : powerBase.Pow((ulong)exponent);
}
