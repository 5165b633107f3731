using System.Text.Json;
using Nethereum.Web3;
using Nethereum.Web3.Accounts;
using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Encoding;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Tests.Anvil;
using VerifiableML.Chain.Transactions;
using VerifiableML.Contracts.Tests.Forge;
using VerifiableML.Contracts.Tests.Vectors;

namespace VerifiableML.Nethereum.Tests;

/// <summary>The services on a local chain, through Nethereum's own client, account and transaction manager.</summary>
public sealed class ServiceTests
{
    private const int ChainId = 31337;

    [NodeFact]
    public async Task A_model_is_registered_and_its_proofs_alone_are_accepted()
    {
        ToolResult built = NodeTool.Forge("build");
        Assert.True(built.ExitCode == 0, built.Output);
        Vector vector = VectorSet.Shared.Dense;
        await using AnvilChain chain = await AnvilChain.StartAsync("--hardfork", "osaka");
        var web3 = new Web3(new Account(AnvilChain.FirstKey, ChainId), chain.Endpoint.ToString());
        Assert.True(Address.TryParse(web3.TransactionManager.Account.Address, out Address self));

        var registry = new ModelRegistryService(web3.Eth, await DeployAsync(web3, "ModelRegistry"));
        var verifier = new InferenceVerifierService(web3.Eth, await DeployAsync(web3, "InferenceVerifier"));
        byte[] metadata = KeyBlob.Metadata(vector.Model.Verification);
        (ModelRegistration model, TransactionReceipt registered) =
            await registry.RegisterRequestAndWaitForReceiptAsync("dense", vector.Model.KeyBlob, metadata);
        Assert.Equal(ModelRegistryClient.ModelId(self, "dense", 1), model.Id);
        Assert.InRange(registered.GasUsed, 300_000ul, 1_500_000ul);
        Assert.Equal(metadata, await registry.MetadataQueryAsync(model.Id));
        Assert.Equal(model.Key, await registry.KeyQueryAsync(model.Id));
        Assert.Equal(1, await registry.VersionsQueryAsync(self, "dense"));
        CallRevertedException insecure = await Assert.ThrowsAsync<CallRevertedException>(() => registry.SecureKeyQueryAsync(model.Id));
        Assert.Equal("SetupInsecure", insecure.Reason.Name);

        var honest = new ProofSubmission(
            model.Key, new Address(vector.Request.Requester.Span), vector.Request.Nonce, PublicData.Input(vector.Model.Circuit, vector.Statement),
            PublicData.Output(vector.Model.Circuit, vector.Statement), vector.Calldata);
        Assert.Null(await verifier.VerifyQueryAsync(self, honest));
        TransactionReceipt receipt = await verifier.VerifyRequestAndWaitForReceiptAsync(honest);
        Assert.InRange(receipt.GasUsed, 200_000ul, 380_000ul);
        Assert.NotEqual(receipt.TransactionHash, await verifier.VerifyRequestAsync(honest));

        Assert.Equal("ProofInvalid", (await verifier.VerifyQueryAsync(honest.Requester, honest))?.Name);
        CallRevertedException refused =
            await Assert.ThrowsAsync<CallRevertedException>(() => verifier.VerifyRequestAndWaitForReceiptAsync(honest with { Output = honest.Output[1..] }));
        Assert.StartsWith("OutputLength(expected: ", refused.Message, StringComparison.Ordinal);
        RevertReason malformed = (await Assert.ThrowsAsync<CallRevertedException>(
            () => registry.RegisterRequestAsync(string.Empty, vector.Model.KeyBlob, metadata))).Reason;
        Assert.Equal("NameLength(actual: 0)", malformed.Description);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_a_fault_and_an_account_that_is_not_there_is_said_so()
    {
        var lonely = new Web3("http://127.0.0.1:9");
        var node = new EthereumNode(new NethereumRpcClient(lonely.Client, new JsonRpcOptions { Attempts = 1 }));
        RpcFaultException fault = await Assert.ThrowsAsync<RpcFaultException>(() => node.ChainIdAsync());
        Assert.Equal(RpcFault.Connection, fault.Fault);
        var service = new InferenceVerifierService(lonely.Eth, default);
        ChainException nobody = await Assert.ThrowsAsync<ChainException>(
            () => service.VerifyRequestAsync(new ProofSubmission(default, default, 0, default, default, default)));
        Assert.Contains("no account", nobody.Message, StringComparison.Ordinal);
    }

    private static async Task<Address> DeployAsync(Web3 web3, string contract)
    {
        string file = Path.Combine(Contracts.Tests.ContractsFolder.Path, "artifacts", "out", contract + ".sol", contract + ".json");
        using JsonDocument artifact = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        string? code = artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString();
        var receipt = await web3.Eth.DeployContract.SendRequestAndWaitForReceiptAsync(
            code, web3.TransactionManager.Account.Address, new global::Nethereum.Hex.HexTypes.HexBigInteger(5_000_000));
        return Address.TryParse(receipt.ContractAddress, out Address address) ? address : throw new InvalidOperationException("no contract was created");
    }
}
