using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>Wrapped proofs of something else, changed ones, and ones that a forger makes who knows this program.</summary>
public sealed class WrappedVerifierTests
{
    private static readonly WrappedInference Inference = WrappedInference.Shared;
    private static readonly WrappedProof Proof = Inference.Proof;
    private static readonly Fr Random = Fr.FromWideBytes(Keccak256.Hash("a random scalar"u8));

    [Fact]
    public void The_honest_proof_is_accepted_and_has_less_than_a_kilobyte()
    {
        Assert.Null(Inference.Verify());
        Assert.InRange(WrappedProofFormat.Encode(Proof).Length, 1, 999);
    }

    [Fact]
    public void Another_input_output_or_context_is_refused()
    {
        PublicStatement statement = Inference.Statement;
        for (int i = 0; i < 3; i++)
        {
            Refused(Inference.Verify(statement: statement with { Input = Changed(statement.Input!, i) }));
            Refused(Inference.Verify(statement: statement with { Output = Changed(statement.Output!, i) }));
        }

        Refused(Inference.Verify(statement: statement with { Context = statement.Context.SetItem(31, 1) }));
        Assert.Equal(RejectionReason.PublicValues, Inference.Verify(statement: statement with { Input = null })!.Reason);
        Assert.Equal(RejectionReason.PublicValues, Inference.Verify(statement: statement with { Output = [99, 0, 0] })!.Reason);
        Assert.Equal(RejectionReason.PublicValues, Inference.Verify(statement: statement with { InputCommitment = statement.Context })!.Reason);
    }

    [Fact]
    public void A_proof_of_a_model_with_other_weights_is_refused()
    {
        WrappedInference other = Inference.Fixture.Prove(WrapFixture.Retrained(Inference.Key.Model));
        Assert.Null(other.Verify());
        Refused(WrappedVerifier.Verify(Inference.Key.Verification, Inference.Fixture.Wrap, other.Statement, WrappedProofFormat.Encode(other.Proof)));

        // The same weights, committed to again, are another model too: the commitments' randomness belongs to it.
        ProvingKey again = Inference.Fixture.KeyFor(Inference.Key.Model);
        Refused(WrappedVerifier.Verify(again.Verification, Inference.Fixture.Wrap, Inference.Statement, WrappedProofFormat.Encode(Proof)));
    }

    [Fact]
    public void Keys_that_do_not_belong_are_refused()
    {
        WrapVerificationKey wrap = Inference.Fixture.Wrap;
        WrongKey(wrap with { CircuitDigest = wrap.CircuitDigest.SetItem(0, (byte)~wrap.CircuitDigest[0]) });
        WrongKey(wrap with { Groth16 = wrap.Groth16 with { Delta = G2.Generator } });
        WrongKey(wrap with { Groth16 = wrap.Groth16 with { Gamma = wrap.Groth16.Delta } });
        WrongKey(wrap with { Groth16 = wrap.Groth16 with { Inputs = wrap.Groth16.Inputs[..^1] } });
        WrongKey(wrap with { Groth16 = wrap.Groth16 with { Alpha = G1.Infinity } });
        ProvingKey core = ProvingFixture.KeyFor(Inference.Key.Model, new CircuitOptions());
        Rejection? rejection = WrappedVerifier.Verify(
            core.Verification, wrap with { CircuitDigest = core.Circuit.Digest }, Inference.Statement, WrappedProofFormat.Encode(Proof));
        Assert.NotNull(rejection);

        // A key of the right shape for another circuit: what somebody registers who wants other constraints.
        Groth16VerificationKey other = wrap.Groth16 with { Inputs = wrap.Groth16.Inputs.SetItem(1, wrap.Groth16.Inputs[2]) };
        Refused(WrappedVerifier.Verify(Inference.Key.Verification, wrap with { Groth16 = other }, Inference.Statement, WrappedProofFormat.Encode(Proof)));

        void WrongKey(WrapVerificationKey key) => Assert.Equal(
            RejectionReason.WrongKey,
            WrappedVerifier.Verify(Inference.Key.Verification, key, Inference.Statement, WrappedProofFormat.Encode(Proof))!.Reason);
    }

    [Fact]
    public void Every_signal_counts()
    {
        Fr[] signals = Proof.Told.ToArray();
        for (int i = 0; i < signals.Length; i++)
        {
            foreach (Fr value in (Fr[])[signals[i] + Fr.One, Fr.Zero, -signals[i], Random])
            {
                Fr[] changed = [.. signals];
                changed[i] = value;
                Refused(Inference.Verify(Proof with { Told = ToldSignals.FromArray(Inference.Fixture.Circuit, changed) }));
            }
        }
    }

    [Fact]
    public void Every_point_counts()
    {
        for (int i = 0; i < Proof.Rows.Length; i++)
        {
            foreach (G1 point in Others(Proof.Rows[i]))
            {
                G1[] rows = [.. Proof.Rows];
                rows[i] = point;
                Refused(Inference.Verify(Proof with { Rows = rows }));
            }
        }

        Each(Proof.Cross, point => Proof with { Cross = point });
        Each(Proof.Quotient, point => Proof with { Quotient = point });
        Each(Proof.Evaluation, point => Proof with { Evaluation = point });
        Each(Proof.Groth16.A, point => Proof with { Groth16 = Proof.Groth16 with { A = point } });
        Each(Proof.Groth16.C, point => Proof with { Groth16 = Proof.Groth16 with { C = point } });
        foreach (G2 point in (G2[])[-Proof.Groth16.B, Proof.Groth16.B + G2.Generator, G2.Infinity, G2.Generator])
        {
            Refused(Inference.Verify(Proof with { Groth16 = Proof.Groth16 with { B = point } }));
        }

        static void Each(G1 honest, Func<G1, WrappedProof> change)
        {
            foreach (G1 point in Others(honest))
            {
                Refused(Inference.Verify(change(point)));
            }
        }

        static IEnumerable<G1> Others(G1 point) => [-point, point + G1.Generator, G1.Infinity, G1.Generator.Multiply(Random)];
    }

    [Fact]
    public void The_negated_proof_satisfies_the_equation_and_is_refused_as_not_canonical()
    {
        var negated = new Groth16Proof(-Proof.Groth16.A, -Proof.Groth16.B, Proof.Groth16.C);
        Assert.Null(Groth16Verifier.Verify(Inference.Fixture.Wrap.Groth16, Inputs(Proof, out _), negated));
        Rejection? rejection = Inference.Verify(Proof with { Groth16 = negated });
        Assert.Equal(RejectionReason.Malformed, rejection!.Reason);
        Assert.Contains("negative", rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_randomized_proof_still_proves_the_same_and_nothing_else()
    {
        Groth16Proof inner = WrappedProofFormat.Canonical(
            new Groth16Proof(Proof.Groth16.A.Multiply(Random), Proof.Groth16.B.Multiply(Random.Inverse()), Proof.Groth16.C));
        Assert.Null(Inference.Verify(Proof with { Groth16 = inner }));
        PublicStatement other = Inference.Statement with { Output = Changed(Inference.Statement.Output!, 0) };
        Refused(Inference.Verify(Proof with { Groth16 = inner }, other));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Signals_other_than_the_circuits_pass_only_where_the_compression_was_known_before(bool inTheHash)
    {
        // The forger shifts an opened value and makes up for it in the one after it, or in the hash: the sum at the ρ of the honest proof stays the same.
        WrapSignals<Fr> honest = Signals(Proof);
        Fr rho = WrapSignals<Fr>.DrawCompression(honest);
        OpenedValues<Fr> values = Proof.Told.Values;
        ToldSignals told = inTheHash
            ? Proof.Told with
            {
                Binding = Proof.Told.Binding - rho.Pow((ulong)honest.Shared().Length - 1),
                Values = values with { CrossSlope = values.CrossSlope + Fr.One },
            }
            : Proof.Told with { Values = values with { RowConstant = values.RowConstant + rho, RowSlope = values.RowSlope - Fr.One } };
        WrapSignals<Fr> forged = Signals(Proof with { Told = told });
        Assert.Equal(honest.Compress(rho), forged.Compress(rho));
        Assert.Null(Groth16Verifier.Verify(
            Inference.Fixture.Wrap.Groth16, forged.PublicWires(rho), Proof.Groth16));

        Assert.NotEqual(rho, WrapSignals<Fr>.DrawCompression(forged));
        Assert.Equal(RejectionReason.Groth16, Inference.Verify(Proof with { Told = told })!.Reason);
    }

    [Fact]
    public void The_compression_depends_on_every_signal()
    {
        WrapSignals<Fr> signals = Signals(Proof);
        Fr rho = WrapSignals<Fr>.DrawCompression(signals);
        WrapSignals<Fr>[] others =
        [
            signals with { Binding = Random }, signals with { Seed = Random }, signals with { InputValue = Random },
            signals with { OutputValue = Random }, signals with { Link = Random }, signals with { X = Random }, signals with { Trace = Random },
            signals with { Combination = Random }, signals with { WeightRow = new EvaluationPoint<Fr>(new[] { Random }) },
            signals with { Values = signals.Values with { CrossSlope = Random } },
        ];
        Assert.DoesNotContain(rho, others.Select(WrapSignals<Fr>.DrawCompression));
    }

    /// <summary>
    /// Errors of both equations that cancel: with the secrets of the setup, C is shifted by just what a wrong evaluation proof lacks. It works
    /// for a u that was known before.
    /// </summary>
    [Fact]
    public void Errors_of_the_two_equations_cancel_only_where_the_pairing_challenge_was_known_before()
    {
        Fr tau = InsecureSetup.Secrets.Tau;
        Fr gamma = InnerProductOpening.BatchChallenge(Signals(Proof).X, Proof.Told.Values);
        Fr z = InnerProductOpening.EvaluationChallenge(gamma, Proof.Quotient);
        _ = Inputs(Proof, out Fr rho);
        Fr known = WrappedVerifier.PairingChallenge(rho, Proof);

        // Right grows by G and left by zG: the opening is off by (z − τ)G, which C makes up for times u.
        Groth16Proof shifted = Proof.Groth16 with
        {
            C = Proof.Groth16.C + G1.Generator.Multiply(known * (tau - z) * WrapFixture.Delta.Inverse()),
        };
        WrappedProof forged = Proof with { Evaluation = Proof.Evaluation + G1.Generator, Groth16 = shifted };
        Assert.True(Holds(forged, known));
        Assert.False(Holds(forged, WrappedVerifier.PairingChallenge(rho, forged)));
        Assert.Equal(RejectionReason.Groth16, Inference.Verify(forged)!.Reason);
    }

    [Fact]
    public void With_a_key_that_nobody_contributed_to_one_proof_yields_others()
    {
        // δ = γ: what the public signals change, C takes over. The verifier refuses such a key before it looks at any proof.
        Groth16VerificationKey key = Inference.Fixture.Wrap.Groth16 with { Delta = G2.Generator };
        G1 c = Proof.Groth16.C.Multiply(WrapFixture.Delta);
        Fr[] inputs = Inputs(Proof, out _);
        Assert.True(Groth16Holds(key, inputs, Proof.Groth16 with { C = c }));
        Fr[] others = [.. inputs];
        others[0] += Fr.One;
        Assert.True(Groth16Holds(key, others, Proof.Groth16 with { C = c - key.Inputs[1] }));
        Assert.Equal(RejectionReason.WrongKey, Groth16Verifier.Verify(key, others, Proof.Groth16 with { C = c - key.Inputs[1] })!.Reason);
        Assert.True((Inference.Fixture.Wrap with { Trust = SetupTrust.Ceremony }).IsInsecure);
        Assert.True((Inference.Fixture.Wrap with { Contributions = 0 }).IsInsecure);
    }

    private static bool Groth16Holds(Groth16VerificationKey key, Fr[] inputs, Groth16Proof proof)
    {
        G1 sum = key.Inputs[0];
        for (int i = 0; i < inputs.Length; i++)
        {
            sum += key.Inputs[1 + i].Multiply(inputs[i]);
        }

        return Pairing.ProductIsOne([(-proof.A, proof.B), (key.Alpha, key.Beta), (sum, key.Gamma), (proof.C, key.Delta)]);
    }

    /// <summary>The verifier's equation with a given u.</summary>
    private static bool Holds(WrappedProof proof, Fr u)
    {
        VerificationKey key = Inference.Key.Verification;
        Groth16VerificationKey groth16 = Inference.Fixture.Wrap.Groth16;
        WrapSignals<Fr> signals = Signals(proof);
        Fr[] inputs = Inputs(proof, out _);
        G1 row = G1.Infinity;
        for (int i = 0; i < proof.Rows.Length; i++)
        {
            row += proof.Rows[i].Multiply(Equality.AtIndex(signals.WitnessRow, i));
        }

        for (int i = 0; i < key.WeightRows.Length; i++)
        {
            row += key.WeightRows[i].Multiply(signals.Combination * Equality.AtIndex(signals.WeightRow, i));
        }

        (G1 left, G1 right) = InnerProductOpening.ReduceToPairing(row, signals.X, signals.Trace, proof.Opening);
        G1 atSignals = groth16.Inputs[0];
        for (int i = 0; i < inputs.Length; i++)
        {
            atSignals += groth16.Inputs[1 + i].Multiply(inputs[i]);
        }

        return Pairing.ProductIsOne(
        [
            (-proof.Groth16.A, proof.Groth16.B), (groth16.Alpha, groth16.Beta), (atSignals + left.Multiply(u), G2.Generator),
            (proof.Groth16.C, groth16.Delta), (-right.Multiply(u), key.Setup.Tau),
        ]);
    }

    private static Fr[] Inputs(WrappedProof proof, out Fr rho)
    {
        WrapSignals<Fr> signals = Signals(proof);
        rho = WrapSignals<Fr>.DrawCompression(signals);
        return signals.PublicWires(rho);
    }

    private static WrapSignals<Fr> Signals(WrappedProof proof)
    {
        Circuit circuit = Inference.Fixture.Circuit;
        Fr seed = TranscriptSeed.Compute(Inference.Key.Verification, Inference.Statement, proof.Rows);
        return proof.Told.Complete(
            seed, PublicValues.Evaluate(circuit, 0, Inference.Statement.Input!, seed),
            PublicValues.Evaluate(circuit, circuit.Architecture.OutputValue, Inference.Statement.Output!, seed),
            InnerProductOpening.Challenge(proof.Told.Link, proof.Cross));
    }

    private static int[] Changed(int[] values, int index)
    {
        int[] changed = [.. values];
        changed[index] += changed[index] > 0 ? -1 : 1;
        return changed;
    }

    private static void Refused(Rejection? rejection)
    {
        Assert.NotNull(rejection);
        Assert.NotEqual(RejectionReason.Internal, rejection.Reason);
    }
}
