namespace VerifiableML.Circuits;

/// <summary>What a verifier is told about the input or the output.</summary>
public enum Visibility : byte
{
    /// <summary>The values themselves.</summary>
    Public = 0,

    /// <summary>A hash of the commitment to the values, which whoever knows values and blinding can recompute.</summary>
    Committed = 1,

    /// <summary>Nothing.</summary>
    Private = 2,
}

/// <summary>What is chosen when a model is compiled, beside the model. Part of the circuit's digest.</summary>
/// <param name="BatchSize">Number of inputs that one proof covers, 1 to 4096.</param>
/// <param name="Input">What the verifier learns of the input.</param>
/// <param name="Output">What the verifier learns of the output.</param>
public sealed record CircuitOptions(int BatchSize = 1, Visibility Input = Visibility.Public, Visibility Output = Visibility.Public)
{
    /// <summary>Largest batch.</summary>
    public const int MaximumBatchSize = 4096;

    /// <summary>
    /// Most rows into which the witness may be cut, 1 to 1024. More rows make the opening faster and the proof longer; a chain pays for each row.
    /// </summary>
    public int MaximumWitnessRows { get; init; } = 128;

    /// <summary>Most rows into which the preprocessed data may be cut, 1 to 1024.</summary>
    public int MaximumWeightRows { get; init; } = 512;

    /// <summary>
    /// Whether all commitments carry random entries, so that the proof can be wrapped in zero knowledge. The core proof hides nothing either way.
    /// </summary>
    public bool IsHiding { get; init; }

    /// <summary>Options for proofs that will be wrapped: everything is blinded, and there is one row of either matrix, as a chain pays for each.</summary>
    /// <param name="batchSize">Number of inputs that one proof covers.</param>
    /// <param name="input">What the verifier learns of the input.</param>
    /// <param name="output">What the verifier learns of the output.</param>
    public static CircuitOptions ForWrapping(
        int batchSize = 1, Visibility input = Visibility.Public, Visibility output = Visibility.Public) =>
        new(batchSize, input, output) { MaximumWitnessRows = 1, MaximumWeightRows = 1, IsHiding = true };
}
