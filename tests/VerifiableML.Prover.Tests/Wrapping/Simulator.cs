using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>
/// Makes wrapped proofs from verification keys and the secrets of the setup. It draws everything that a prover's random entries make uniform, and
/// solves for the rest: what it returns has the distribution of honest proofs, so those tell nothing that the statement does not.
/// </summary>
internal static class Simulator
{
    public static WrappedProof Simulate(VerificationKey key, WrapVerificationKey wrap, PublicStatement statement)
    {
        using var generator = RandomNumberGenerator.Create();
        Circuit circuit = key.Circuit;
        Fr tau = InsecureSetup.Secrets.Tau;

        // Commitments and signals are uniform; x follows from two of them.
        G1[] rows = [.. Enumerable.Range(0, circuit.Layout.WitnessRows).Select(_ => Point())];
        G1 cross = Point();
        Fr link = Scalar();
        Fr x = InnerProductOpening.Challenge(link, cross);
        var told = new ToldSignals(
            Scalar(), link, x + x.Inverse(), Scalar(), RandomPoint(circuit.Layout.WitnessRowBits), RandomPoint(circuit.Layout.WeightRowBits),
            new OpenedValues<Fr>(Scalar(), Scalar(), Scalar(), Scalar()));

        // The quotient and the evaluation proof are functions of those: (f(τ) − R(τ)) / Z(τ), and what is left of it over τ − z.
        G1 row = Fold(key, rows, told);
        Fr gamma = InnerProductOpening.BatchChallenge(x, told.Values);
        Fr remainder = told.Values.RowConstant + (gamma * told.Values.CrossConstant)
            + (tau * (told.Values.RowSlope + (gamma * told.Values.CrossSlope)));
        G1 quotient = (row + cross.Multiply(gamma) - G1.Generator.Multiply(remainder)).Multiply(((tau - x) * (tau - x.Inverse())).Inverse());
        Fr z = InnerProductOpening.EvaluationChallenge(gamma, quotient);
        (G1 left, G1 _) = InnerProductOpening.ReduceToPairing(
            row, x, told.Trace, new OpeningProof(cross, told.Values, quotient, G1.Infinity));
        G1 evaluation = left.Multiply((tau - z).Inverse());
        var proof = new WrappedProof(rows, told, cross, quotient, evaluation, new Groth16Proof(G1.Infinity, G2.Infinity, G1.Infinity));
        return proof with { Groth16 = SimulateGroth16(key, wrap, statement, proof) };

        Fr Scalar() => Fr.Random(generator);

        G1 Point() => G1.Generator.Multiply(Scalar());

        EvaluationPoint<Fr> RandomPoint(int count) => new(Enumerable.Range(0, count).Select(_ => Scalar()).ToArray());
    }

    /// <summary>A and B are uniform, and C = (AB − αβ − signals) / δ.</summary>
    private static Groth16Proof SimulateGroth16(VerificationKey key, WrapVerificationKey wrap, PublicStatement statement, WrappedProof proof)
    {
        using var generator = RandomNumberGenerator.Create();
        Fr seed = TranscriptSeed.Compute(key, statement, proof.Rows);
        WrapSignals<Fr> signals = proof.Told.Complete(
            seed, PublicValues.Evaluate(key.Circuit, 0, statement.Input!, seed),
            PublicValues.Evaluate(key.Circuit, key.Circuit.Architecture.OutputValue, statement.Output!, seed),
            InnerProductOpening.Challenge(proof.Told.Link, proof.Cross));
        Fr rho = WrapSignals<Fr>.DrawCompression(signals);
        Fr[] inputs = [Fr.One, .. signals.PublicWires(rho)];
        Fr a = Fr.Random(generator);
        Fr b = Fr.Random(generator);
        G1 c = G1.Generator.Multiply((a * b) - (InsecureSetup.Secrets.Alpha * InsecureSetup.Secrets.Beta));
        for (int i = 0; i < inputs.Length; i++)
        {
            c -= wrap.Groth16.Inputs[i].Multiply(inputs[i]);
        }

        return WrappedProofFormat.Canonical(
            new Groth16Proof(G1.Generator.Multiply(a), G2.Generator.Multiply(b), c.Multiply(WrapFixture.Delta.Inverse())));
    }

    private static G1 Fold(VerificationKey key, G1[] rows, ToldSignals told)
    {
        G1 sum = G1.Infinity;
        for (int i = 0; i < rows.Length; i++)
        {
            sum += rows[i].Multiply(Equality.AtIndex(told.WitnessRow, i));
        }

        for (int i = 0; i < key.WeightRows.Length; i++)
        {
            sum += key.WeightRows[i].Multiply(told.Combination * Equality.AtIndex(told.WeightRow, i));
        }

        return sum;
    }
}
