using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover.Tests.Attacks;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>The constraints that the verifier writes: what they allow, what they refuse and what they depend on.</summary>
public sealed class WrapCircuitTests
{
    private static readonly WrappedInference Inference = WrappedInference.Shared;
    private static readonly CompiledConstraints Constraints = Inference.Fixture.Constraints;

    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Committed)]
    [InlineData(Visibility.Private)]
    public void The_wires_of_an_honest_proof_of_every_relation_satisfy_all_constraints(Visibility visibility)
    {
        ProvingFixture fixture = ProvingFixture.Of(EveryRelation.Model(1), CircuitOptions.ForWrapping(2, visibility, visibility));
        CompiledConstraints constraints = WrapCircuit.Compile(fixture.Key.Circuit);
        Assert.True(Wrapper.TryAssign(
            fixture.Key.Verification, constraints, fixture.Proven.Statement, fixture.Proven.Proof, out WrapAssignment? assignment, out _));
        Assert.Equal(-1, constraints.System.FindViolation(assignment.Wires.Span));
        Assert.Equal(constraints.System.ConstraintCount, constraints.Parts.Sum(part => part.Constraints));
    }

    /// <summary>
    /// No wire is free: not those that constraints define, nor the messages, the public signals and the seed. Changed alone, each violates a constraint
    /// that it stands in.
    /// </summary>
    [Fact]
    public void Every_wire_changed_alone_violates_a_constraint()
    {
        Fr[] wires = Wires(Inference.Core);
        bool[] caught = new bool[wires.Length];
        ConstraintSystem system = Constraints.System;
        Fr change = Fr.FromWideBytes(Keccak256.Hash("a change"u8));
        for (int row = 0; row < system.ConstraintCount; row++)
        {
            foreach (int wire in WiresOf(row))
            {
                Fr honest = wires[wire];
                wires[wire] += change;
                caught[wire] |= system.A.Evaluate(row, wires) * system.B.Evaluate(row, wires) != system.C.Evaluate(row, wires);
                wires[wire] = honest;
            }
        }

        // Wire 0 is the constant one, which no prover chooses.
        Assert.Equal([0], Enumerable.Range(0, wires.Length).Where(wire => wire == 0 || !caught[wire]));

        IEnumerable<int> WiresOf(int row) =>
            new[] { system.A, system.B, system.C }
                .SelectMany(m => m.Wires[m.RowStarts[row]..m.RowStarts[row + 1]].ToArray()).Where(wire => wire != 0).Distinct();
    }

    [Fact]
    public void What_the_verifier_refuses_no_wires_satisfy()
    {
        IReadOnlyList<string> labels = MessageInventory.Of(Inference.Fixture.Circuit).Labels;
        for (int i = 0; i < labels.Count; i += 5)
        {
            Fr[] messages = [.. Inference.Core.Messages];
            messages[i] += Fr.One;
            Assert.False(Satisfiable(Inference.Core with { Messages = messages }), labels[i]);
        }

        var opening = Inference.Core.Opening;
        Assert.False(Satisfiable(
            Inference.Core with { Opening = opening with { Values = opening.Values with { RowSlope = opening.Values.RowSlope + Fr.One } } }));
        Assert.False(Satisfiable(
            Inference.Core with { Opening = opening with { Values = opening.Values with { CrossConstant = opening.Values.CrossConstant + Fr.One } } }));
        Assert.False(Satisfiable(Inference.Core with { Opening = opening with { Cross = opening.Cross + G1.Generator } }));
    }

    [Fact]
    public void Retraining_changes_no_constraint_and_needs_no_new_key()
    {
        QuantizedModel retrained = WrapFixture.Retrained(WrapFixture.Model(1));
        Circuit circuit = CircuitCompiler.Compile(retrained, Inference.Fixture.Circuit.Options);
        Assert.Equal(Inference.Fixture.Circuit.Digest.ToArray(), circuit.Digest.ToArray());
        CompiledConstraints constraints = WrapCircuit.Compile(circuit);
        foreach ((SparseMatrix left, SparseMatrix right) in new[]
            {
                (Constraints.System.A, constraints.System.A), (Constraints.System.B, constraints.System.B), (Constraints.System.C, constraints.System.C),
            })
        {
            Assert.Equal(left.RowStarts.ToArray(), right.RowStarts.ToArray());
            Assert.Equal(left.Wires.ToArray(), right.Wires.ToArray());
            Assert.Equal(left.CoefficientIndices.ToArray(), right.CoefficientIndices.ToArray());
            Assert.Equal(left.Coefficients.ToArray(), right.Coefficients.ToArray());
        }

        WrappedInference wrapped = Inference.Fixture.Prove(retrained);
        Assert.Null(wrapped.Verify());
        Assert.NotEqual(Inference.Key.Verification.ModelCommitment(), wrapped.Key.Verification.ModelCommitment());
    }

    [Fact]
    public void Only_hiding_circuits_are_wrapped()
    {
        Circuit circuit = CircuitCompiler.Compile(WrapFixture.Model(1), new CircuitOptions());
        Assert.Contains("wrap", Assert.Throws<CircuitException>(() => WrapCircuit.Compile(circuit)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_core_proof_that_does_not_hold_is_not_wrapped()
    {
        Fr[] messages = [.. Inference.Core.Messages];
        messages[0] += Fr.One;
        Assert.False(Wrapper.TryWrap(
            Inference.Key.Verification, Constraints, Inference.Fixture.Groth16, Inference.Statement, Inference.Core with { Messages = messages },
            out _, out Rejection? rejection));
        Assert.NotEqual(RejectionReason.Internal, rejection.Reason);
    }

    private static bool Satisfiable(CoreProof proof) =>
        Wrapper.TryAssign(Inference.Key.Verification, Constraints, Inference.Statement, proof, out _, out _);

    private static Fr[] Wires(CoreProof proof)
    {
        Assert.True(Wrapper.TryAssign(
            Inference.Key.Verification, Constraints, Inference.Statement, proof, out WrapAssignment? assignment, out Rejection? rejection),
            rejection?.ToString());
        return assignment.Wires.ToArray();
    }
}
