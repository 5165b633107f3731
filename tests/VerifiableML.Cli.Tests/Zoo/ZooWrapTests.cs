using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Cli.Tests.Zoo;

/// <summary>The wrap circuits of models as other exporters make them accept honest proofs and no changed ones.</summary>
public sealed class ZooWrapTests
{
    [Theory]
    [MemberData(nameof(ZooModel.Names), MemberType = typeof(ZooModel))]
    public void The_wrap_circuit_of_a_model_is_satisfied_by_an_honest_proof_alone(string name)
    {
        if (!ZooModel.Named(name).TryQuantize(1, out QuantizedModel? model, out int[]? input))
        {
            return;
        }

        ProvingKey key = ZooModel.MakeKey(model, CircuitCompiler.ChooseForWrapping(model));
        ProvenInference proven = InferenceProver.Prove(key, new VectorExecutor().Execute(model, input, 1));
        CompiledConstraints constraints = WrapCircuit.Compile(key.Circuit);
        Assert.True(
            Wrapper.TryAssign(key.Verification, constraints, proven.Statement, proven.Proof, out WrapAssignment? assignment, out Rejection? rejection),
            rejection?.ToString());
        Assert.Equal(-1, constraints.System.FindViolation(assignment.Wires.Span));

        int[] forged = [.. proven.Statement.Output!];
        forged[^1] += forged[^1] < model.Output.Maximum ? 1 : -1;
        Assert.False(Wrapper.TryAssign(
            key.Verification, constraints, proven.Statement with { Output = forged }, proven.Proof, out _, out rejection));
        Assert.Equal(RejectionReason.Relation, rejection.Reason);
    }
}
