using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Tests.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Tests.Transactions;

/// <summary>Whatever is lost on the way, a transaction is never signed under two numbers.</summary>
public sealed class SenderFaultTests
{
    private const string SendMethod = "eth_sendRawTransaction";

    private static readonly TransactionRequest Request = new(new Address(new byte[20]), new byte[] { 1 });

    [Fact]
    public async Task A_node_of_another_chain_gets_nothing()
    {
        using var chain = new FakeChain { ChainId = 1 };
        WrongChainException thrown = await Assert.ThrowsAsync<WrongChainException>(() => chain.Sender.SubmitAsync(Request));
        Assert.Equal("the node is of chain 1, expected 31337", thrown.Message);
        Assert.Equal(["eth_chainId"], chain.Node.Calls);
    }

    [Fact]
    public async Task A_lost_answer_leads_to_the_same_bytes_again_and_already_known_is_success()
    {
        using var chain = new FakeChain();
        chain.Node.Faults.AddRange([FakeNode.Dropped(SendMethod, isHandled: true), FakeNode.Dropped(SendMethod, isHandled: true)]);
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        Assert.Equal(3, chain.Sent.Count);
        Assert.Single(chain.Sent.Distinct());
        chain.Mine();
        Assert.Equal(pending.Latest.Hash, (await chain.Sender.ConfirmAsync(pending)).TransactionHash);
    }

    [Fact]
    public async Task A_transaction_that_was_mined_while_its_answer_was_lost_is_no_stranger()
    {
        using var chain = new FakeChain();
        chain.Node.Faults.Add(new FakeFault(SendMethod, (_, _) =>
        {
            chain.Mine();
            throw new HttpRequestException("broken");
        }, IsHandled: true));
        TransactionReceipt receipt = await chain.Sender.SendAsync(Request);
        Assert.True(receipt.Succeeded);
        Assert.Single(chain.Sent.Distinct());
    }

    [Fact]
    public async Task Without_any_answer_the_outcome_is_open_and_the_number_is_not_given_out_again()
    {
        using var chain = new FakeChain();
        chain.Node.Faults.AddRange(Enumerable.Repeat(FakeNode.Dropped(SendMethod), 5));
        TransactionUncertainException thrown = await Assert.ThrowsAsync<TransactionUncertainException>(() => chain.Sender.SubmitAsync(Request));
        Assert.Empty(chain.Sent);
        Assert.Equal(7ul, thrown.Pending.Nonce);

        // The next transaction brings the lost one along and stands behind it.
        PendingTransaction next = await chain.Sender.SubmitAsync(Request);
        Assert.Equal(8ul, next.Nonce);
        Assert.Equal(Hex.Data(thrown.Pending.Latest.Raw.Span), chain.Sent[0]);
    }

    [Fact]
    public async Task A_refusal_frees_the_number()
    {
        using var chain = new FakeChain();
        chain.Refusals.Enqueue(new FakeError(-32000, "insufficient funds for gas * price + value"));
        await Assert.ThrowsAsync<RpcErrorException>(() => chain.Sender.SubmitAsync(Request));
        Assert.Equal(7ul, (await chain.Sender.SubmitAsync(Request)).Nonce);
    }

    [Fact]
    public async Task A_refusal_after_a_lost_answer_leaves_the_outcome_open()
    {
        using var chain = new FakeChain();
        chain.Node.Faults.Add(FakeNode.Dropped(SendMethod));
        chain.Refusals.Enqueue(new FakeError(-32000, "nonce too low"));
        await Assert.ThrowsAsync<TransactionUncertainException>(() => chain.Sender.SubmitAsync(Request));
    }

    [Fact]
    public async Task A_stranger_under_the_same_number_is_not_replaced()
    {
        using var chain = new FakeChain();
        chain.Refusals.Enqueue(new FakeError(-32000, "replacement transaction underpriced"));
        await Assert.ThrowsAsync<NonceTakenException>(() => chain.Sender.SubmitAsync(Request));
        Assert.Single(chain.Sent);
    }

    [Fact]
    public async Task Fees_that_a_pool_finds_too_low_are_raised_under_the_same_number_up_to_the_limit()
    {
        using var chain = new FakeChain();
        chain.Refusals.Enqueue(new FakeError(-32000, "transaction underpriced"));
        chain.Refusals.Enqueue(new FakeError(-32000, "transaction underpriced"));
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        Assert.Equal(3, pending.Versions.Length);
        Assert.All(pending.Versions, version => Assert.Equal(7ul, version.Transaction.Nonce));
        Assert.True(pending.Latest.Transaction.MaximumFee * 100 >= pending.Versions[0].Transaction.MaximumFee * 121);

        using var frugal = new FakeChain(FakeChain.Quick with { MaximumFee = 220 });
        frugal.Refusals.Enqueue(new FakeError(-32000, "transaction underpriced"));
        await Assert.ThrowsAsync<FeeTooHighException>(() => frugal.Sender.SubmitAsync(Request));
        Assert.Single(frugal.Sent);
    }

    [Fact]
    public async Task A_pool_that_loses_a_transaction_gets_the_same_bytes_again()
    {
        using var chain = new FakeChain();
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        Task<TransactionReceipt> waiting = chain.Sender.ConfirmAsync(pending);
        chain.Pool = null;
        await UntilAsync(() => chain.Pool is not null);
        Assert.Single(chain.Sent.Distinct());
        chain.Mine();
        Assert.True((await waiting).Succeeded);
    }

    [Fact]
    public async Task A_transaction_that_no_block_takes_is_signed_again_with_higher_fees()
    {
        using var chain = new FakeChain(FakeChain.Quick with { RaiseAfter = TimeSpan.FromMilliseconds(100) });
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        string first = chain.Pool!;
        Task<TransactionReceipt> waiting = chain.Sender.ConfirmAsync(pending);
        await UntilAsync(() => chain.Pool != first);
        chain.Mine();
        TransactionReceipt receipt = await waiting;
        Assert.Contains(pending.Versions, version => version.Hash == receipt.TransactionHash);
        Assert.All(pending.Versions, version => Assert.Equal(7ul, version.Transaction.Nonce));
    }

    [Fact]
    public async Task A_stranger_that_was_taken_in_its_place_ends_the_waiting()
    {
        using var chain = new FakeChain();
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        (chain.Pool, chain.MinedNonce) = (null, 8);
        await Assert.ThrowsAsync<NonceTakenException>(() => chain.Sender.ConfirmAsync(pending));
    }

    [Fact]
    public async Task Waiting_outlives_a_node_that_is_away_and_ends_when_the_caller_wants()
    {
        using var chain = new FakeChain();
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        chain.Node.Faults.AddRange(Enumerable.Repeat(FakeNode.Dropped("eth_getTransactionReceipt"), 12));
        chain.Mine();
        Assert.True((await chain.Sender.ConfirmAsync(pending)).Succeeded);

        PendingTransaction second = await chain.Sender.SubmitAsync(Request);
        using var impatience = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chain.Sender.ConfirmAsync(second, null, impatience.Token));
    }

    [Fact]
    public async Task A_receipt_of_a_block_that_the_chain_does_not_have_does_not_count()
    {
        using var chain = new FakeChain(FakeChain.Quick with { Patience = TimeSpan.FromMilliseconds(300) });
        PendingTransaction pending = await chain.Sender.SubmitAsync(Request);
        chain.Mine();
        chain.Node.Answers["eth_getBlockByNumber"] = _ => null;
        await Assert.ThrowsAsync<TransactionUncertainException>(() => chain.Sender.ConfirmAsync(pending));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; !condition(); i++)
        {
            Assert.True(i < 1000, "it never came");
            await Task.Delay(5);
        }
    }
}
