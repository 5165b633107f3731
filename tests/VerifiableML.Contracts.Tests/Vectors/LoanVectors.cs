using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Model.Data;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Contracts.Tests.Vectors;

/// <summary>
/// Proofs of the trained liquidation-risk model for loans of 2,000 a coin on ten coins, at a threshold of 80 %: what <c>LoanTest.sol</c> plays. The margins are written out here as
/// the guard must compute them.
/// </summary>
internal static class LoanVectors
{
    private static readonly string Models = Path.Combine(ContractsFolder.Path, "..", "models");

    // The features of RISK.md: volatilities, returns, drawdown, worst hour.
    private static readonly int[] Calm = [15, 18, 20, 2, 5, 4, 10];
    private static readonly int[] Storm = [90, 80, 60, -40, -60, 80, 60];

    private static readonly Lazy<RegisteredModel> Keys = new(() => RegisteredModel.Of(Risk(), CircuitOptions.ForWrapping()));

    /// <summary>The model with its keys.</summary>
    public static RegisteredModel Registered => Keys.Value;

    /// <summary>The model as <c>vml quantize --input-maximum 127</c> makes it.</summary>
    private static QuantizedModel Risk() => Quantizer.Quantize(
        OnnxReader.Read(Path.Combine(Models, "liquidation-risk.onnx")),
        NpyReader.Read(Path.Combine(Models, "liquidation-risk-calibration.npy")).Values,
        new QuantizerOptions { InputMaximum = sbyte.MaxValue });

    public static IEnumerable<Vector> Make()
    {
        RegisteredModel risk = Registered;
        return
        [
            // 8,000 of 16,000; then 12,000; then 15,000, which is the most.
            Vector.Of("loan", risk, nonce: 0, [.. Calm, 100]),
            Vector.Of("loan-next", risk, nonce: 1, [.. Calm, 50]),
            Vector.Of("loan-in-a-storm", risk, nonce: 0, [.. Storm, 12]),
            // The same loan with the margin of a smaller one, and with the calm market's features: what a borrower would like to prove.
            Vector.Of("loan-of-another-margin", risk, nonce: 0, [.. Storm, 127]),
            Vector.Of("loan-of-another-market", risk, nonce: 0, [.. Calm, 12]),
        ];
    }
}
