using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Encoding;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Tests.Anvil;
using VerifiableML.Chain.Transactions;
using VerifiableML.Contracts.Tests.Forge;
using VerifiableML.Contracts.Tests.Vectors;

namespace VerifiableML.Contracts.Tests.LocalChain;

/// <summary>The client in C# and the contracts on a local chain: deployed, a model registered, a proof verified, others refused by name.</summary>
[Collection("forge")]
public sealed class ClientTests
{
    [NodeFact]
    public async Task A_model_is_registered_and_its_proofs_alone_are_accepted()
    {
        Vector vector = VectorSet.Shared.Dense;
        await using AnvilChain chain = await AnvilChain.StartAsync("--hardfork", "osaka");
        using TransactionSender sender = chain.Sender();
        Assert.Equal(vector.Request.Consumer.ToArray(), sender.Address.ToArray());

        Address registryAddress = (await ContractDeployment.CreateAsync(sender, Artifacts.CreationCode("ModelRegistry"))).Address;
        var registry = new ModelRegistryClient(chain.Node, registryAddress);
        var verifier = new InferenceVerifierClient(chain.Node, (await ContractDeployment.CreateAsync(sender, Artifacts.CreationCode("InferenceVerifier"))).Address);

        byte[] metadata = KeyBlob.Metadata(vector.Model.Verification);
        (ModelRegistration model, _) = await registry.RegisterAsync(sender, "dense", vector.Model.KeyBlob, metadata);
        Assert.Equal(ModelRegistryClient.ModelId(sender.Address, "dense", 1), model.Id);
        Assert.Equal(vector.Model.Verification.ModelCommitment(), model.ModelCommitment.ToArray());
        Assert.True(model.IsInsecure);
        Assert.Equal(metadata, await registry.MetadataAsync(model.Id));
        Assert.Equal(model.Key, await registry.KeyAsync(model.Id));
        Assert.Equal(1, await registry.VersionsAsync(sender.Address, "dense"));
        CallRevertedException insecure = await Assert.ThrowsAsync<CallRevertedException>(() => registry.SecureKeyAsync(model.Id));
        Assert.Equal("SetupInsecure", insecure.Reason.Name);

        var honest = new ProofSubmission(
            model.Key, new Address(vector.Request.Requester.Span), vector.Request.Nonce, PublicData.Input(vector.Model.Circuit, vector.Statement),
            PublicData.Output(vector.Model.Circuit, vector.Statement), vector.Calldata);
        Assert.Null(await verifier.CheckAsync(sender.Address, honest));
        TransactionReceipt receipt = await sender.SendAsync(verifier.Request(honest));
        Assert.InRange(receipt.GasUsed, 200_000ul, 380_000ul);

        Assert.Equal("ProofInvalid", (await verifier.CheckAsync(honest.Requester, honest))?.Name);
        Assert.Equal("ProofInvalid", (await verifier.CheckAsync(sender.Address, honest with { Nonce = honest.Nonce + 1 }))?.Name);
        Assert.Equal("KeyNotFound", (await verifier.CheckAsync(sender.Address, honest with { Key = registryAddress }))?.Name);
        CallRevertedException refused =
            await Assert.ThrowsAsync<CallRevertedException>(() => sender.SendAsync(verifier.Request(honest with { Output = honest.Output[1..] })));
        Assert.StartsWith("OutputLength(expected: ", refused.Message, StringComparison.Ordinal);
        RevertReason? malformed = (await Assert.ThrowsAsync<CallRevertedException>(
            () => registry.RegisterAsync(sender, string.Empty, vector.Model.KeyBlob, metadata))).Reason;
        Assert.Equal("NameLength(actual: 0)", malformed.Description);
    }
}
