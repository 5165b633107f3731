using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;

namespace VerifiableML.Circuits.Verification;

/// <summary>Evaluates public integers as the univariate polynomial whose coefficients they are.</summary>
public static class PublicValues
{
    /// <summary>
    /// <c>Σ_i value_i · base^i</c>, where the values of the last batch entry are repeated until the number of entries is a power of two. What a
    /// <see cref="Claims.PowerClaim{T}"/> says of the padded column.
    /// </summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="value">The value of the model: 0 for the input.</param>
    /// <param name="values">Its integers, <c>[b][y][x][c]</c> without padding.</param>
    /// <param name="powerBase">The base.</param>
    public static Fr Evaluate(Circuit circuit, int value, int[] values, Fr powerBase)
    {
        int cells = circuit.Architecture.Tensor(value).Shape.Cells;
        TensorLayout layout = circuit.LayoutOf(value);
        Fr sum = Fr.Zero;
        for (int b = (1 << layout.BatchBits) - 1; b >= 0; b--)
        {
            int entry = Math.Min(b, circuit.Options.BatchSize - 1) * cells;
            for (int cell = cells - 1; cell >= 0; cell--)
            {
                sum = (sum * powerBase) + Fr.FromInt64(values[entry + cell]);
            }
        }

        return sum;
    }
}
