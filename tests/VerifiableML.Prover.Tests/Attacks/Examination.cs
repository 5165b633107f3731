using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>
/// What the verifier finds in a proof when it does not stop at the first failure. When just one check fails and the opening holds, a verifier
/// without that check would accept: so that check is what catches the lie.
/// </summary>
internal sealed record Examination(TracingChannel Channel, bool OpeningHolds)
{
    /// <summary>The names of the failed checks.</summary>
    public IEnumerable<string> Failed => Channel.Failures.Keys;

    public static Examination Of(VerificationKey key, PublicStatement statement, CoreProof proof, IReadOnlyList<Fr>? frozen = null)
    {
        var channel = new TracingChannel(TranscriptSeed.Compute(key, statement, proof.Rows), proof.Messages, frozen);
        OpeningClaim<Fr> claim = Protocol(key.Circuit, statement, channel).Run();
        Fr[] witness = Equality.Table(claim.WitnessRow);
        Fr[] weights = Equality.Table(claim.WeightRow);
        G1 commitment = G1.Infinity;
        for (int i = 0; i < proof.Rows.Length; i++)
        {
            commitment += proof.Rows[i].Multiply(witness[i]);
        }

        for (int i = 0; i < key.WeightRows.Length; i++)
        {
            commitment += key.WeightRows[i].Multiply(claim.Combination * weights[i]);
        }

        return new Examination(
            channel,
            InnerProductOpening.Verify(commitment, claim.Column, claim.Value, claim.Link, proof.Opening, key.Setup.Tau) is null);
    }

    public static VerifierProtocol<Fr> Protocol(Circuit circuit, PublicStatement statement, TracingChannel channel) => new(
        circuit, channel, (column, powerBase) => column.Index == circuit.ValueColumns[0].Index
            ? PublicValues.Evaluate(circuit, 0, statement.Input!, powerBase)
            : PublicValues.Evaluate(circuit, circuit.Architecture.OutputValue, statement.Output!, powerBase));
}
