using VerifiableML.Algebra;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// What the wrap circuit states: the verifier accepts the messages of a core proof, up to what needs the curve or Keccak, and the identity of the
/// opening holds at x. Over field elements it computes the values that a wrapped proof shows; over variables it writes the circuit.
/// </summary>
public static class WrapProtocol
{
    /// <summary>Runs the verifier and everything that follows it.</summary>
    /// <param name="circuit">The circuit of the core proof.</param>
    /// <param name="channel">Yields the proof's messages, then x, 1/x and the opening's four values.</param>
    /// <param name="inputValue">The public input as a polynomial at the seed; zero where the input is not public.</param>
    /// <param name="outputValue">The same of the output.</param>
    /// <param name="entered">Called with the name of each part as it begins; may be null.</param>
    public static WrapSignals<T> Run<T>(
        Circuit circuit, VerifierChannel<T> channel, T inputValue, T outputValue, Action<string>? entered = null)
        where T : struct, IScalar<T>
    {
        OpeningClaim<T> claim = new VerifierProtocol<T>(
            circuit, channel, (column, _) => column.Index == circuit.ValueColumns[0].Index ? inputValue : outputValue,
            stage => entered?.Invoke(stage.ToString().ToLowerInvariant())).Run();
        entered?.Invoke("opening");
        T x = channel.Receive("opening, x");
        T inverse = channel.Receive("opening, 1/x");
        channel.RequireZero((x * inverse) - T.One, "1/x is not the inverse of x");
        var values = new OpenedValues<T>(
            channel.Receive("opening, row, constant"), channel.Receive("opening, row, slope"),
            channel.Receive("opening, cross, constant"), channel.Receive("opening, cross, slope"));
        channel.RequireZero(
            InnerProductOpening.Discrepancy(claim.Column, claim.Value, x, inverse, values), "the identity of the inner product does not hold at x");

        // The messages and, by them, all other values are in the transcript already; after these two the next squeeze binds everything shared.
        channel.Absorb(inputValue);
        channel.Absorb(outputValue);
        return new WrapSignals<T>(
            channel.Challenge(), channel.Seed, inputValue, outputValue, claim.Link, x, x + inverse, claim.Combination,
            claim.WitnessRow, claim.WeightRow, values);
    }
}
