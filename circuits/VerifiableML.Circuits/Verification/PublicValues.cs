using System.Buffers.Binary;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Verification;

/// <summary>Evaluates public integers as the univariate polynomial whose coefficients they are.</summary>
public static class PublicValues
{
    /// <summary>
    /// Bytes of one value: 1, 2 or 4, the least that hold the range that the circuit gives it. A chain charges for every byte of calldata.
    /// </summary>
    public static int Width(Circuit circuit, int value)
    {
        QuantizedTensor tensor = circuit.Architecture.Tensor(value);
        return tensor is { Minimum: >= sbyte.MinValue, Maximum: <= sbyte.MaxValue } ? 1
            : tensor is { Minimum: >= short.MinValue, Maximum: <= short.MaxValue } ? 2 : 4;
    }

    /// <summary>The values one after the other, big-endian in two's complement, <see cref="Width"/> bytes each.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="value">The value of the model: 0 for the input.</param>
    /// <param name="values">Its integers, within its range.</param>
    public static byte[] Encode(Circuit circuit, int value, int[] values)
    {
        int width = Width(circuit, value);
        var bytes = new byte[values.Length * width];
        Span<byte> word = stackalloc byte[sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, values[i]);
            word[^width..].CopyTo(bytes.AsSpan(i * width));
        }

        return bytes;
    }

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
