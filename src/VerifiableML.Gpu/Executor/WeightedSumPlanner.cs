using VerifiableML.Gpu.Executor.Kernels;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>Writes the terms of a weighted sum as <see cref="WeightedSumKernel"/> reads them.</summary>
internal static class WeightedSumPlanner
{
    private const int Identity = -1;

    /// <summary>The plan of <paramref name="node"/>, whose inputs' places begin at <paramref name="firstInput"/>.</summary>
    public static WeightedSumPlan Plan(WeightedSumNode node, QuantizedModel model, ConstantsBuilder constants, int firstInput)
    {
        var program = new List<int>();
        foreach (WeightedTerm term in node.Terms)
        {
            QuantizedTensor input = model.Tensor(term.Input);
            var map = term.Map as SeparableMap;
            program.AddRange([CellWidth.Of(input), term.Coefficient, input.Shape.Cells, input.Shape.Columns, input.Shape.Channels]);
            program.Add(term.Map is GatherMap gather ? constants.AddOnce(gather, () => [.. gather.Source]) : -1);
            program.AddRange([Axis(map?.Rows, constants), Axis(map?.Columns, constants), Axis(map?.Channels, constants)]);
        }

        TensorShape shape = node.Output.Shape;
        return new WeightedSumPlan(
            node,
            CellWidth.Of(node.Output),
            CellWidth.OfAccumulator(node),
            new WeightedSumShape(shape.Rows, shape.Columns, shape.Channels, node.Terms.Length, constants.Add([.. program])),
            firstInput);
    }

    /// <summary>Absolute indices of links, one for each cell and one behind the last; or −1.</summary>
    private static int Axis(AxisMap? map, ConstantsBuilder constants)
    {
        if (map is null || map.IsIdentity)
        {
            return Identity;
        }

        int first = constants.AddOnce(map, () => [.. map.Links.SelectMany(link => new[] { link.Input, link.Coefficient })]);
        var starts = new int[map.OutputSize + 1];
        foreach (AxisLink link in map.Links)
        {
            starts[link.Output + 1]++;
        }

        starts[0] = first / WeightedSumKernel.LinkWords;
        for (int i = 0; i < map.OutputSize; i++)
        {
            starts[i + 1] += starts[i];
        }

        return constants.Add(starts);
    }
}
