using VerifiableML.Circuits;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover.Tests.Attacks;

namespace VerifiableML.Prover.Tests;

public sealed class CompletenessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_small_dense_network_is_proven_and_verified(int batch)
    {
        ProvingFixture fixture = ProvingFixture.Of(SyntheticModels.Mlp(5, 7, 3), new CircuitOptions(batch));
        Assert.Null(fixture.Verify());
    }

    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Committed)]
    [InlineData(Visibility.Private)]
    public void A_hiding_circuit_is_proven_and_verified(Visibility visibility)
    {
        CircuitOptions options = CircuitOptions.ForWrapping(2, visibility, visibility);
        ProvingFixture fixture = ProvingFixture.Of(EveryRelation.Model(1), options);
        Assert.NotNull(fixture.Key.Circuit.BlindingColumn);
        Assert.Null(fixture.Verify());
    }

    [Fact]
    public void A_convolutional_network_is_proven_and_verified()
    {
        ProvingFixture fixture = ProvingFixture.Of(SyntheticModels.Lenet5());
        Rejection? rejection = fixture.Verify();
        Assert.Null(rejection);
    }
}
