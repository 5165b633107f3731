using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Tests.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Tests.Transactions;

/// <summary>A program that ends between signing and confirmation does its work once, when it runs again.</summary>
public sealed class TransactionJournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"vml-journal-{Guid.NewGuid():N}");
    private readonly PrivateKey _key = PrivateKey.Generate();

    private static readonly TransactionRequest Request = new(new Address(new byte[20]), new byte[] { 1, 2, 3 }) { Value = 5 };

    [Fact]
    public async Task A_transaction_whose_answers_were_lost_is_taken_up_again_with_the_same_bytes()
    {
        using var chain = new FakeChain();
        chain.Node.Faults.AddRange(Enumerable.Repeat(FakeNode.Dropped("eth_sendRawTransaction"), 5));
        using (TransactionSender first = Sender(chain))
        {
            await Assert.ThrowsAsync<TransactionUncertainException>(() => first.SubmitAsync(Request));
        }

        Assert.Empty(chain.Sent);
        using TransactionSender second = Sender(chain);
        PendingTransaction pending = Assert.Single(second.Resume());
        Assert.Equal(Request.Value, pending.Latest.Transaction.Value);

        // Its number is not given to other work, which brings it along.
        PendingTransaction next = await second.SubmitAsync(Request);
        Assert.Equal(pending.Nonce + 1, next.Nonce);
        Assert.Equal(Hex.Data(pending.Latest.Raw.Span), chain.Sent[0]);
    }

    [Fact]
    public async Task A_transaction_that_is_done_is_forgotten()
    {
        using var chain = new FakeChain();
        using TransactionSender sender = Sender(chain);
        PendingTransaction pending = await sender.SubmitAsync(Request);
        string file = Assert.Single(Directory.GetFiles(_folder));
        Assert.DoesNotContain(Convert.ToHexStringLower(pending.Latest.Raw.Span), await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        chain.Mine();

        using TransactionSender later = Sender(chain);
        Assert.True((await later.ConfirmAsync(Assert.Single(later.Resume()))).Succeeded);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Empty(Sender(chain).Resume());
    }

    [Fact]
    public async Task Files_of_another_chain_or_account_are_left_alone_and_damaged_ones_are_named()
    {
        using var chain = new FakeChain();
        using TransactionSender sender = Sender(chain);
        await sender.SubmitAsync(Request);
        string file = Assert.Single(Directory.GetFiles(_folder));
        var journal = new TransactionJournal(_folder);
        Assert.Empty(journal.Read(1, _key, []));
        Assert.Empty(journal.Read(31337, PrivateKey.Generate(), []));

        string text = await File.ReadAllTextAsync(file);
        foreach (string damaged in (string[])[string.Empty, "{}", "null", "[1]", text[..^3], text.Replace("0x010203", "0x010204", StringComparison.Ordinal)])
        {
            await File.WriteAllTextAsync(file, damaged);
            Assert.StartsWith(file, Assert.Throws<ChainException>(() => sender.Resume()).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private TransactionSender Sender(FakeChain chain) =>
        new(new EthereumNode(chain.Node.Client()), _key, FakeChain.Quick with { Journal = new TransactionJournal(_folder) });
}
