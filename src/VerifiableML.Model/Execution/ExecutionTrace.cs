using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution;

/// <summary>
/// Everything that one execution of a <see cref="QuantizedModel"/> computed: cells without padding, batch first, channels last,
/// <c>[b][y][x][c]</c>.
/// </summary>
/// <param name="Model">The model that was run.</param>
/// <param name="BatchSize">Number of inputs.</param>
/// <param name="Values">Integers of value 0 (the input) and of every node's output. Not to be written to.</param>
/// <param name="Accumulators">Accumulators of each node that has a requantization, null for the others. Indexed by node.</param>
public sealed record ExecutionTrace(
    QuantizedModel Model, int BatchSize, ImmutableArray<int[]> Values, ImmutableArray<long[]?> Accumulators)
{
    /// <summary>The integers of the model's output, <c>[b][y][x][c]</c>.</summary>
    public int[] Output => Values[Model.OutputValue];
}
