using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Keys;

/// <summary>What a proof is about, as the verifier knows it.</summary>
/// <param name="Input">Integers of the input, <c>[b][y][x][c]</c> without padding, where the input is public; else null.</param>
/// <param name="Output">Integers of the output, where it is public; else null.</param>
/// <param name="InputCommitment">Hash of the commitment to the input, 32 bytes, where the mode is <see cref="Visibility.Committed"/>; else default.</param>
/// <param name="OutputCommitment">The same of the output.</param>
/// <param name="Context">32 bytes that bind the proof to a request (or zeros): a proof made for one context is refused in another.</param>
public sealed record PublicStatement(
    int[]? Input, int[]? Output, ImmutableArray<byte> InputCommitment, ImmutableArray<byte> OutputCommitment, ImmutableArray<byte> Context)
{
    /// <summary>Length of a context and of a commitment's hash.</summary>
    public const int HashLength = 32;

    /// <summary>A statement about public values without a context.</summary>
    public static PublicStatement Of(int[]? input, int[]? output) => new(input, output, default, default, [.. new byte[HashLength]]);

    /// <summary>What does not fit the circuit, or null.</summary>
    public string? Problem(Circuit circuit)
    {
        QuantizedModel model = circuit.Architecture;
        if (Context.IsDefault || Context.Length != HashLength)
        {
            return $"the context must have {HashLength} bytes";
        }

        return Problem("input", circuit.Options.Input, Input, InputCommitment, model.Input, circuit.Options.BatchSize)
            ?? Problem("output", circuit.Options.Output, Output, OutputCommitment, model.Output, circuit.Options.BatchSize);
    }

    private static string? Problem(
        string what, Visibility visibility, int[]? values, ImmutableArray<byte> commitment, QuantizedTensor tensor, int batchSize)
    {
        if (visibility != Visibility.Public && values is not null)
        {
            return $"the {what} is not public in this circuit, but values were given";
        }

        if (visibility == Visibility.Committed != !commitment.IsDefault || (!commitment.IsDefault && commitment.Length != HashLength))
        {
            return visibility == Visibility.Committed
                ? $"the circuit asks for the {what}'s commitment, {HashLength} bytes"
                : $"the {what} has no commitment in this circuit";
        }

        if (visibility != Visibility.Public)
        {
            return null;
        }

        if (values is null)
        {
            return $"the {what} is public in this circuit, but no values were given";
        }

        if (values.Length != tensor.Shape.Cells * batchSize)
        {
            return $"the {what} has {values.Length} values, {tensor.Shape.Cells * batchSize} expected";
        }

        int wrong = Array.FindIndex(values, value => value < tensor.Minimum || value > tensor.Maximum);
        return wrong < 0 ? null : $"value {wrong} of the {what} is {values[wrong]}, outside {tensor.Minimum} … {tensor.Maximum}";
    }
}
