using VerifiableML.Circuits;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;

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

    [Fact]
    public void A_convolutional_network_is_proven_and_verified()
    {
        ProvingFixture fixture = ProvingFixture.Of(SyntheticModels.Lenet5());
        Rejection? rejection = fixture.Verify();
        Assert.Null(rejection);
    }
}
