using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>
/// Gives equal functions equal domains, so that their nodes share one lookup table: one table of the widest domain costs less than one for
/// each width.
/// </summary>
internal static class SharedTables
{
    /// <summary>The model with the domain of each table widened to that of the widest with the same centre.</summary>
    public static QuantizedModel Unify(QuantizedModel model)
    {
        Dictionary<ActivationTable, ActivationTable> widest = [];
        foreach (ActivationTable table in Tables(model))
        {
            ActivationTable key = table with { DomainBits = 0 };
            if (!widest.TryGetValue(key, out ActivationTable? found) || found.DomainBits < table.DomainBits)
            {
                widest[key] = table;
            }
        }

        return model with
        {
            Nodes = [.. model.Nodes.Select(node => node is AccumulatingNode { Requantization: { } requantization } accumulating
                ? accumulating with { Requantization = requantization with { Table = widest[requantization.Table with { DomainBits = 0 }] } }
                : node)],
        };
    }

    private static IEnumerable<ActivationTable> Tables(QuantizedModel model) =>
        model.Nodes.OfType<AccumulatingNode>().Select(node => node.Requantization?.Table).OfType<ActivationTable>();
}
