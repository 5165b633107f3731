using System.Collections.Concurrent;
using System.Numerics;
using System.Text.Json.Nodes;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Tests.Anvil;

/// <summary>The sender against a real node with a chain of its own.</summary>
public sealed class AnvilTests
{
    // Copies the code behind itself and returns it: what creates a contract of up to 255 bytes.
    private static readonly byte[] Creation = Convert.FromHexString("60008060095f395ff3");

    // calldatacopy(0, 0, calldatasize()); revert(0, calldatasize())
    private static readonly byte[] Echo = Convert.FromHexString("365f5f37365ffd");

    // for {} 1 {} {}
    private static readonly byte[] Burner = Convert.FromHexString("5b5f56");

    private static readonly Address Somebody = new(Enumerable.Repeat((byte)0x42, 20).ToArray());

    [AnvilFact]
    public async Task Value_arrives_once_and_under_as_many_blocks_as_asked_for()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync();
        using TransactionSender sender = chain.Sender(AnvilChain.Quick with { Confirmations = 3 });
        var log = new Log();
        PendingTransaction pending = await sender.SubmitAsync(new TransactionRequest(Somebody, default) { Value = 12345 }, log);
        Task<TransactionReceipt> waiting = sender.ConfirmAsync(pending, log);
        await log.UntilAsync(TransactionStage.Included);
        await chain.CommandAsync("anvil_mine", "0x1");
        await Task.Delay(300);
        Assert.False(waiting.IsCompleted);
        await chain.CommandAsync("anvil_mine", "0x1");
        TransactionReceipt receipt = await waiting;
        Assert.Equal(21000ul, receipt.GasUsed);
        Assert.Equal(12345, await chain.Node.BalanceAsync(Somebody));
        Assert.Equal(1ul, await chain.Node.NonceAsync(sender.Address, isPending: false));
    }

    [AnvilFact]
    public async Task Many_at_once_get_numbers_without_gaps()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync();
        using TransactionSender sender = chain.Sender();
        TransactionReceipt[] receipts = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => sender.SendAsync(new TransactionRequest(Somebody, default) { Value = 1 })));
        Assert.Equal(8, receipts.Select(receipt => receipt.TransactionHash).Distinct().Count());
        Assert.Equal(8, await chain.Node.BalanceAsync(Somebody));
    }

    [AnvilFact]
    public async Task A_displaced_block_sends_the_same_bytes_back_to_waiting()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync();
        using TransactionSender sender = chain.Sender(AnvilChain.Quick with { Confirmations = 4 });
        await chain.CommandAsync("anvil_mine", "0x5");
        var log = new Log();
        PendingTransaction pending = await sender.SubmitAsync(new TransactionRequest(Somebody, default) { Value = 77 }, log);
        Task<TransactionReceipt> waiting = sender.ConfirmAsync(pending, log);
        await log.UntilAsync(TransactionStage.Included);
        await chain.CommandAsync("anvil_mine", "0x1");
        await chain.CommandAsync("anvil_reorg", 2, new JsonArray());
        await log.UntilAsync(TransactionStage.Displaced);
        await log.UntilAsync(TransactionStage.SentAgain);
        await log.UntilAsync(TransactionStage.Included, 2);
        await chain.CommandAsync("anvil_mine", "0x4");
        TransactionReceipt receipt = await waiting;
        Assert.Equal(pending.Versions[0].Hash, receipt.TransactionHash);
        Assert.Single(pending.Versions);
        Assert.Equal(77, await chain.Node.BalanceAsync(Somebody));
    }

    [AnvilFact]
    public async Task A_replacement_that_is_underpriced_gets_fees_an_eighth_higher()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync("--no-mining");
        using TransactionSender sender = chain.Sender();
        var fees = new FeeQuote(3_000_000_000, 9_000_000_000);
        PendingTransaction first = await sender.SubmitAsync(new TransactionRequest(Somebody, default) { Value = 1, Fees = fees });
        var cancel = new TransactionRequest(sender.Address, default) { Nonce = first.Nonce, Fees = fees };
        PendingTransaction second = await sender.SubmitAsync(cancel);
        Assert.True(second.Versions.Length >= 2);
        Assert.True(second.Latest.Transaction.MaximumFee > fees.MaximumFee * 112 / 100);
        await chain.CommandAsync("anvil_mine", "0x1");
        Assert.True((await sender.ConfirmAsync(second)).Succeeded);
        Assert.Equal(BigInteger.Zero, await chain.Node.BalanceAsync(Somebody));
        await Assert.ThrowsAsync<NonceTakenException>(() => sender.ConfirmAsync(first));
    }

    [AnvilFact]
    public async Task A_transaction_that_waits_for_long_is_replaced_by_itself_and_done_once()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync("--no-mining");
        using TransactionSender sender = chain.Sender(AnvilChain.Quick with { RaiseAfter = TimeSpan.FromSeconds(1) });
        var log = new Log();
        PendingTransaction pending = await sender.SubmitAsync(new TransactionRequest(Somebody, default) { Value = 5 }, log);
        Task<TransactionReceipt> waiting = sender.ConfirmAsync(pending, log);
        await log.UntilAsync(TransactionStage.SentAgain);
        await chain.CommandAsync("anvil_mine", "0x2");
        TransactionReceipt receipt = await waiting;
        Assert.Contains(pending.Versions.Skip(1), version => version.Hash == receipt.TransactionHash);
        Assert.Equal(5, await chain.Node.BalanceAsync(Somebody));
    }

    [AnvilFact]
    public async Task A_call_that_would_revert_is_not_sent_and_its_error_is_named()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync();
        using TransactionSender sender = chain.Sender();
        Address echo = await CreateAsync(sender, Echo);
        byte[] error = new AbiArguments().Add((BigInteger)784).Add((BigInteger)783).ToCall("InputLength(uint256,uint256)");
        var request = new TransactionRequest(echo, error) { Errors = InferenceVerifierClient.Errors };
        CallRevertedException refused = await Assert.ThrowsAsync<CallRevertedException>(() => sender.SendAsync(request));
        Assert.Equal("InputLength(expected: 784, actual: 783)", refused.Message);
        Assert.Equal(1ul, await chain.Node.NonceAsync(sender.Address, isPending: true));

        // With gas given, nothing is tried first: the block says that it failed, and the replay says why.
        TransactionFailedException failed =
            await Assert.ThrowsAsync<TransactionFailedException>(() => sender.SendAsync(request with { GasLimit = 100_000 }));
        Assert.Equal("InputLength", failed.Reason!.Name);
        Assert.False(failed.RanOutOfGas);
        Assert.False(failed.Receipt.Succeeded);
        refused = await Assert.ThrowsAsync<CallRevertedException>(() => sender.SendAsync(request with { Data = default }));
        Assert.Equal("reverted without a reason", refused.Message);
    }

    [AnvilFact]
    public async Task Running_out_of_gas_is_named()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync();
        using TransactionSender sender = chain.Sender();
        Address burner = await CreateAsync(sender, Burner);
        TransactionFailedException failed = await Assert.ThrowsAsync<TransactionFailedException>(
            () => sender.SendAsync(new TransactionRequest(burner, default) { GasLimit = 60_000 }));
        Assert.True(failed.RanOutOfGas);
        Assert.Equal(60_000ul, failed.Receipt.GasUsed);
        await Assert.ThrowsAnyAsync<ChainException>(() => sender.SendAsync(new TransactionRequest(burner, default)));
        Assert.Equal(2ul, await chain.Node.NonceAsync(sender.Address, isPending: true));
    }

    [AnvilFact]
    public async Task Another_chain_and_an_empty_account_are_refused()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync("--chain-id", "5");
        using TransactionSender mistaken = chain.Sender();
        await Assert.ThrowsAsync<WrongChainException>(() => mistaken.SendAsync(new TransactionRequest(Somebody, default)));
        using var right = new TransactionSender(chain.Node, PrivateKey.Generate(), new SenderOptions(5));
        await Assert.ThrowsAsync<RpcErrorException>(() => right.SendAsync(new TransactionRequest(Somebody, default) { Value = 1, GasLimit = 21000 }));
    }

    [AnvilFact]
    public async Task An_account_without_code_verifies_nothing()
    {
        await using AnvilChain chain = await AnvilChain.StartAsync();
        var submission = new ProofSubmission(Somebody, Somebody, 0, default, default, default);
        await Assert.ThrowsAsync<ChainException>(() => new InferenceVerifierClient(chain.Node, Somebody).CheckAsync(Somebody, submission));
    }

    private static async Task<Address> CreateAsync(TransactionSender sender, byte[] code)
    {
        byte[] creation = [.. Creation, .. code];
        creation[1] = (byte)code.Length;
        ContractDeployment deployment = await ContractDeployment.CreateAsync(sender, creation);
        Assert.Equal(deployment.Address, deployment.Receipt.ContractAddress);
        return deployment.Address;
    }

    /// <summary>Steps in the order in which they happened.</summary>
    private sealed class Log : IProgress<TransactionEvent>
    {
        private readonly ConcurrentQueue<TransactionStage> _stages = new();

        public void Report(TransactionEvent value) => _stages.Enqueue(value.Stage);

        public async Task UntilAsync(TransactionStage stage, int count = 1)
        {
            for (int i = 0; _stages.Count(seen => seen == stage) < count; i++)
            {
                Assert.True(i < 3000, $"{stage} never came: {string.Join(' ', _stages)}");
                await Task.Delay(20);
            }
        }
    }
}
