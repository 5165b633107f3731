using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>Choices of the quantizer.</summary>
public sealed record QuantizerOptions
{
    /// <summary>The defaults.</summary>
    public static QuantizerOptions Default { get; } = new();

    /// <summary>
    /// A model of the same architecture whose shifts, tables and scales are taken over, so that the circuit stays the same and only data
    /// changes; null to choose them freshly.
    /// </summary>
    public QuantizedModel? Like { get; init; }

    /// <summary>
    /// Bits of weights, domains and logits that the quantizer leaves unused where it can, so that retrained weights, somewhat larger, still
    /// fit the same circuit. 0 to 4.
    /// </summary>
    public int HeadroomBits { get; init; } = 1;

    /// <summary>Greatest absolute value of the real inputs; null to take it from the calibration samples.</summary>
    public double? InputMaximum { get; init; }

    /// <summary>Greatest number of calibration samples that are used; of more, evenly spaced ones are taken.</summary>
    public int CalibrationSamples { get; init; } = 512;

    /// <summary>The largest requantization shift that is chosen for float models.</summary>
    public int MaximumShift { get; init; } = 24;
}
