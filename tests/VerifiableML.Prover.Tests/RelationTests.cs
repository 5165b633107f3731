using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Tests;

/// <summary>Every relation in odd geometry: what the reference executor computes is proven and accepted, and a changed output is not.</summary>
public sealed class RelationTests
{
    public static TheoryData<string> Names => [.. RelationCases.All.Keys];

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(0, 24).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_honest_proof_is_accepted_and_another_output_is_not(string name)
    {
        (QuantizedModel model, CircuitOptions options) = RelationCases.All[name]();
        Check(ProvingFixture.Of(model, options));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_models_are_proven(ulong seed)
    {
        (QuantizedModel model, CircuitOptions options) = RandomTinyModel.Create((int)seed);
        Check(ProvingFixture.Of(model, options, seed + 1));
    }

    private static void Check(ProvingFixture fixture)
    {
        Assert.Null(fixture.Verify());
        PublicStatement statement = fixture.Proven.Statement;
        if (statement.Output is { } output)
        {
            // One step towards zero, so that the value stays in the output's range and only the proof can tell.
            int[] changed = [.. output];
            int cell = Array.FindIndex(changed, value => value != 0);
            if (cell >= 0)
            {
                changed[cell] -= Math.Sign(changed[cell]);
                Assert.NotNull(InferenceVerifier.Verify(
                    fixture.Key.Verification, statement with { Output = changed }, fixture.Proven.Proof));
            }
        }
    }
}
