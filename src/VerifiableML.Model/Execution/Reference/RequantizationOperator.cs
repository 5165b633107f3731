using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Reference;

/// <summary>Activations from accumulators.</summary>
internal static class RequantizationOperator
{
    /// <summary><c>y = Table((acc + 2^(s−1)) &gt;&gt; s)</c>.</summary>
    public static int[] Apply(Requantization requantization, long[] accumulators) =>
        Array.ConvertAll(accumulators, accumulator => requantization.Table.Evaluate(requantization.Quotient(accumulator)));
}
