namespace VerifiableML.Model.Quantized;

/// <summary>The part of <see cref="QuantizedModelValidator"/> that looks at the maps of weighted sums.</summary>
internal static class WeightedSumValidator
{
    /// <summary>One line about what is wrong, or null.</summary>
    public static string? Check(WeightedSumNode node, QuantizedModel model)
    {
        if (node.Terms.IsDefault || node.Terms.Length is < 1 or > QuantizedModelLimits.Terms)
        {
            return $"has no terms or more than {QuantizedModelLimits.Terms}";
        }

        foreach (WeightedTerm term in node.Terms)
        {
            TensorShape input = model.Tensor(term.Input).Shape;
            TensorShape output = node.Output.Shape;
            string? error = term.Map switch
            {
                GatherMap gather => CheckGather(gather, input, output),
                SeparableMap map => CheckAxis("row", map.Rows, input.Rows, output.Rows)
                    ?? CheckAxis("column", map.Columns, input.Columns, output.Columns)
                    ?? CheckAxis("channel", map.Channels, input.Channels, output.Channels)
                    ?? CheckWork(map),
                _ => "unknown kind of map",
            };
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static string? CheckGather(GatherMap map, TensorShape input, TensorShape output)
    {
        if (map.Source.IsDefault || map.Source.Length != output.Cells)
        {
            return $"gather map has {(map.Source.IsDefault ? 0 : map.Source.Length)} entries for {output.Cells} cells";
        }

        foreach (int source in map.Source)
        {
            if (source < -1 || source >= input.Cells)
            {
                return $"gather map reads cell {source} of {input.Cells}";
            }
        }

        return null;
    }

    private static string? CheckAxis(string axis, AxisMap map, int inputSize, int outputSize)
    {
        if (map.InputSize != inputSize || map.OutputSize != outputSize)
        {
            return $"{axis} map goes from {map.InputSize} to {map.OutputSize}, its tensors have {inputSize} and {outputSize}";
        }

        if (map.Links.IsDefault || map.Links.Length > QuantizedModelLimits.AxisLinks
            || (map.IsIdentity && (inputSize != outputSize || !map.Links.IsEmpty)))
        {
            return $"{axis} map is an identity between different sizes or has too many links";
        }

        int last = 0;
        long sum = 0;
        foreach (AxisLink link in map.Links)
        {
            if (link.Output < last || link.Output >= outputSize || link.Input < 0 || link.Input >= inputSize)
            {
                return $"{axis} map has a link {link.Input} → {link.Output} that is out of order or out of range";
            }

            sum = Math.Abs((long)link.Coefficient) + (link.Output == last ? sum : 0);
            if (sum > QuantizedModelLimits.AxisSum)
            {
                return $"{axis} map sums more than {QuantizedModelLimits.AxisSum} into cell {link.Output}";
            }

            last = link.Output;
        }

        return null;
    }

    private static string? CheckWork(SeparableMap map)
    {
        Int128 work = 1;
        foreach (AxisMap axis in new[] { map.Rows, map.Columns, map.Channels })
        {
            work *= axis.IsIdentity ? axis.OutputSize : axis.Links.Length;
        }

        return work > QuantizedModelLimits.TensorCells * 16L ? "map has too many links" : null;
    }
}
