using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>Between the real numbers of a model's users and the integers that are executed and proven.</summary>
public static class InputQuantizer
{
    /// <summary>
    /// Quantizes inputs: to the nearest step, ties to even, and from the order of the source model to that of the cells.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">Inputs, one after another, each row-major in <c>model.InputLayout.Shape</c>.</param>
    /// <param name="saturate">True to bring values outside the model's range to its ends, instead of refusing them.</param>
    /// <returns>Integers <c>[b][y][x][c]</c>.</returns>
    /// <exception cref="ArgumentException">A wrong length, NaN, infinity or a value outside the range; the message names the tensor.</exception>
    public static int[] Quantize(QuantizedModel model, ReadOnlySpan<float> samples, bool saturate = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        QuantizedTensor tensor = model.Input;
        int cells = tensor.Shape.Cells;
        if (samples.IsEmpty || samples.Length % cells != 0)
        {
            throw new ArgumentException($"input '{tensor.Name}': {samples.Length} values are not a multiple of the {cells} that an input has");
        }

        int[] order = model.InputLayout.Cells();
        var integers = new int[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            (int sample, int element) = Math.DivRem(i, cells);
            float step = Step(samples[i], tensor);
            if (!float.IsFinite(step) || (!saturate && (step < tensor.Minimum || step > tensor.Maximum)))
            {
                throw new ArgumentException(
                    $"input '{tensor.Name}': value {samples[i]} at index {element} of sample {sample} is outside the quantized range "
                    + $"{tensor.Minimum * tensor.Scale:G6}..{tensor.Maximum * tensor.Scale:G6}");
            }

            integers[(sample * cells) + order[element]] = (int)Math.Clamp(step, tensor.Minimum, tensor.Maximum);
        }

        return integers;
    }

    /// <summary>The nearest step, in 32-bit floating point and with ties to even: what ONNX's QuantizeLinear does.</summary>
    internal static float Step(float value, QuantizedTensor tensor) => MathF.Round(value / (float)tensor.Scale, MidpointRounding.ToEven);

    /// <summary>The real values of a proven output, each sample in the order of the source model (<c>model.OutputLayout</c>).</summary>
    /// <param name="model">The model.</param>
    /// <param name="output">Integers <c>[b][y][x][c]</c>.</param>
    public static float[] Dequantize(QuantizedModel model, ReadOnlySpan<int> output)
    {
        ArgumentNullException.ThrowIfNull(model);
        int cells = model.Output.Shape.Cells;
        int[] order = model.OutputLayout.Cells();
        var values = new float[output.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int sample, int element) = Math.DivRem(i, cells);
            values[i] = (float)(output[(sample * cells) + order[element]] * model.Output.Scale);
        }

        return values;
    }

    /// <summary>For each sample of a proven output the index, in the order of the source model, of the greatest value; the first of equal ones.</summary>
    public static int[] ArgMax(QuantizedModel model, ReadOnlySpan<int> output)
    {
        ArgumentNullException.ThrowIfNull(model);
        int cells = model.Output.Shape.Cells;
        int[] order = model.OutputLayout.Cells();
        var indices = new int[output.Length / cells];
        for (int sample = 0; sample < indices.Length; sample++)
        {
            ReadOnlySpan<int> values = output.Slice(sample * cells, cells);
            for (int element = 1; element < cells; element++)
            {
                indices[sample] = values[order[element]] > values[order[indices[sample]]] ? element : indices[sample];
            }
        }

        return indices;
    }
}
