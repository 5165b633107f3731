using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Transcript;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Wrapping;

/// <summary>Turns a core proof into a wrapped proof.</summary>
public static class Wrapper
{
    /// <summary>Wraps a core proof.</summary>
    /// <param name="key">The model's verification key; its circuit must be hiding.</param>
    /// <param name="constraints">The wrap circuit, <see cref="WrapCircuit.Compile"/> of the same circuit.</param>
    /// <param name="groth16">The wrap circuit's proving key.</param>
    /// <param name="statement">What the proof is about.</param>
    /// <param name="proof">The core proof.</param>
    /// <param name="wrapped">The wrapped proof.</param>
    /// <param name="rejection">Why the core proof cannot be wrapped: it does not hold, or the key is of another circuit.</param>
    /// <param name="progress">Told of each stage of the Groth16 prover as it ends.</param>
    /// <param name="backend">What computes the sums in G1 and the transforms; the host's cores where null.</param>
    public static bool TryWrap(
        VerificationKey key, CompiledConstraints constraints, Groth16ProvingKey groth16, PublicStatement statement, CoreProof proof,
        [NotNullWhen(true)] out WrappedProof? wrapped, [NotNullWhen(false)] out Rejection? rejection, IProgress<Groth16Stage>? progress = null,
        ProverBackend? backend = null)
    {
        wrapped = null;
        rejection = InferenceVerifier.Verify(key, statement, proof);
        if (rejection is not null
            || !TryAssign(key, constraints, statement, proof, out WrapAssignment? assignment, out rejection))
        {
            return false;
        }

        if (groth16.WireCount != constraints.System.WireCount || groth16.PublicCount != constraints.System.PublicCount)
        {
            rejection = new Rejection(
                RejectionReason.WrongKey, $"the proving key is of a circuit with {groth16.WireCount} wires; this wrap has {constraints.System.WireCount}");
            return false;
        }

        Groth16Proof inner = WrappedProofFormat.Canonical(Groth16Prover.Prove(groth16, assignment.Wires, progress, backend));
        WrapSignals<Fr> signals = assignment.Signals;
        wrapped = new WrappedProof(
            proof.Rows,
            new ToldSignals(
                signals.Binding, signals.Link, signals.Trace, signals.Combination, signals.WitnessRow, signals.WeightRow, signals.Values),
            proof.Opening.Cross, proof.Opening.Quotient, proof.Opening.Evaluation, inner);
        return true;
    }

    /// <summary>Computes the wires of the wrap circuit for a core proof, and the signals.</summary>
    public static bool TryAssign(
        VerificationKey key, CompiledConstraints constraints, PublicStatement statement, CoreProof proof,
        [NotNullWhen(true)] out WrapAssignment? assignment, [NotNullWhen(false)] out Rejection? rejection)
    {
        assignment = null;
        Circuit circuit = key.Circuit;
        Fr seed = TranscriptSeed.Compute(key, statement, proof.Rows);
        List<Fr> inputs = [seed];
        Fr inputValue = Value(0, statement.Input);
        Fr outputValue = Value(circuit.Architecture.OutputValue, statement.Output);

        // x is drawn from the transcript's last challenge, for which the messages have to be read first.
        Fr link = new VerifierProtocol<Fr>(
            circuit, new NativeVerifierChannel(seed, proof.Messages),
            (column, _) => column.Index == circuit.ValueColumns[0].Index ? inputValue : outputValue).Run().Link;
        Fr x = InnerProductOpening.Challenge(link, proof.Opening.Cross);
        OpenedValues<Fr> values = proof.Opening.Values;
        Fr[] messages =
        [
            .. proof.Messages, x, x.Inverse(), values.RowConstant, values.RowSlope, values.CrossConstant, values.CrossSlope,
        ];
        WrapSignals<Fr> signals = WrapProtocol.Run(circuit, new NativeVerifierChannel(seed, messages), inputValue, outputValue);
        Fr rho = WrapSignals<Fr>.DrawCompression(signals);
        inputs.AddRange(messages);
        if (inputs.Count != constraints.InputCount)
        {
            rejection = new Rejection(RejectionReason.WrongKey, "the wrap circuit is not that of the proof's circuit");
            return false;
        }

        if (!constraints.TrySolve(signals.PublicWires(rho), [.. inputs], out Fr[]? wires, out int violated))
        {
            rejection = new Rejection(RejectionReason.Relation, $"constraint {violated} of the wrap circuit does not hold");
            return false;
        }

        assignment = new WrapAssignment(signals, wires);
        rejection = null;
        return true;

        Fr Value(int value, int[]? integers)
        {
            if (integers is null)
            {
                return Fr.Zero;
            }

            inputs.Add(PublicValues.Evaluate(circuit, value, integers, seed));
            return inputs[^1];
        }
    }
}

/// <summary>The wrap circuit's witness for one core proof. It holds evaluations of weights and private inputs: keep it secret.</summary>
/// <param name="Signals">The values that circuit and verifier share.</param>
/// <param name="Wires">One value for each wire.</param>
public sealed record WrapAssignment(WrapSignals<Fr> Signals, ReadOnlyMemory<Fr> Wires);
