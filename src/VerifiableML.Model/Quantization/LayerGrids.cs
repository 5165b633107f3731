using VerifiableML.Model.Quantization.Lowering;

namespace VerifiableML.Model.Quantization;

/// <summary>Which layers need a scale, and from where they have it.</summary>
internal static class LayerGrids
{
    /// <summary>The layers whose output scale has to be chosen by calibration.</summary>
    public static IEnumerable<LinearLayer> Undetermined(LoweredModel model)
    {
        int exact = ExactValue(model);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            if (model.Layers[i] is LinearLayer layer && i + 1 != exact && !IsRearrangement(layer) && Prescribed(layer) is null)
            {
                yield return layer;
            }
        }
    }

    /// <summary>The output grid that the source model or the layer's function prescribes, or null.</summary>
    public static OutputGrid? Prescribed(LinearLayer layer) => layer.Grid ?? layer.Function?.NaturalGrid;

    /// <summary>True for a layer that only moves cells.</summary>
    public static bool IsRearrangement(LoweredLayer layer) => layer is SumLayer { Rearranges: true, IsOpen: true };

    /// <summary>
    /// The value whose accumulators are the model's output as they stand: that of the last layer, behind mere rearrangements, where it has no function.
    /// 0 for none.
    /// </summary>
    public static int ExactValue(LoweredModel model)
    {
        int value = model.OutputValue;
        while (value > 0 && IsRearrangement(model.Layers[value - 1]))
        {
            int[] inputs = [.. model.Layers[value - 1].Inputs];
            if (inputs.Length != 1)
            {
                return 0;
            }

            value = inputs[0];
        }

        // A product without a table could pass 32 bits; and what another layer reads must be an activation.
        bool readElsewhere = model.Layers.Any(layer => !IsRearrangement(layer) && layer.Inputs.Contains(value));
        return value > 0 && !readElsewhere && model.Layers[value - 1] is ConvolutionLayer { IsOpen: true } or SumLayer { IsOpen: true } ? value : 0;
    }
}
