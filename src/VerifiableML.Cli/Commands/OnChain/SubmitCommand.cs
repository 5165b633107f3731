using System.CommandLine;
using System.Numerics;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain submit</c>: a proof, checked on chain by the model's inbox, which keeps the output.</summary>
internal sealed class SubmitCommand : ChainVmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder, with chain.json, request.json, public.json and wrapped.vmlp." };
    private readonly Option<string?> _request = new("--request") { Description = "The request that the proof was made for; request.json in the folder, if not given.", HelpName = "file" };

    private readonly Option<bool> _unchecked = new("--unchecked")
    {
        Description = "Leave all judgement to the contract, and do not verify the proof here first.",
    };

    public SubmitCommand()
        : base(
            "submit",
            "Submits a wrapped proof to the model's inbox. The chain verifies it and keeps the output. Exit code 1: refused, by the name of the contract's error.",
            signs: true,
            "vml chain submit lenet5.vml",
            "vml chain submit lenet5.vml --rpc https://node --key-file my.key")
    {
        Add(_folder);
        Add(_request);
        Add(_unchecked);
        AddChainOptions();
    }

    /// <inheritdoc/>
    protected override string? Journal(ParseResult arguments) => new ModelFolder(arguments.GetRequiredValue(_folder)).Pending;

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        ChainSubmission submission = ChainSubmission.Read(folder, arguments.GetValue(_request));
        ChainRecord record = ReadRecord(folder, chain, submission);
        InferenceInboxClient inbox = await FindInboxAsync(folder, record, submission, chain);
        if (!arguments.GetValue(_unchecked) && (submission.Check(folder) ?? await CheckNonceAsync(inbox, submission.Request)) is { } rejection)
        {
            return Reject(rejection, terminal);
        }

        TransactionReceipt receipt = await chain.SendAsync("submit", inbox.Request(submission.Input, submission.Output, submission.ProofBytes));
        BigInteger nonce = inbox.NonceOf(receipt);
        JsonFile.Write(folder.Chain, record with { Transactions = [.. record.Transactions, .. chain.Sent] });
        terminal.Report["inbox"] = inbox.Address.ToString();
        terminal.Report["requester"] = chain.Account.ToString();
        terminal.Report["nonce"] = nonce.ToString();
        terminal.Report["gas"] = receipt.GasUsed;
        terminal.Line($"VERIFIED on chain {chain.ChainId} in block {receipt.BlockNumber}; kept in the inbox for {chain.Account} under nonce {nonce}");
        return ExitCode.Accepted;
    }

    private static async Task<Rejection?> CheckNonceAsync(InferenceInboxClient inbox, ChainRequest request) =>
        await inbox.NextNonceAsync(request.Requester) is var next && next == request.Nonce
            ? null : new Rejection(RejectionReason.PublicValues, $"the request has nonce {request.Nonce}, and the inbox expects {next}: a proof serves once");

    private static int Reject(Rejection rejection, Terminal terminal)
    {
        terminal.Report["rejection"] = new { Reason = rejection.Reason.ToString(), rejection.Detail };
        terminal.Line($"REJECTED, and not sent: {rejection}");
        return ExitCode.Rejected;
    }

    private static ChainRecord ReadRecord(ModelFolder folder, ChainSession chain, ChainSubmission submission)
    {
        ChainRecord record = File.Exists(folder.Chain)
            ? ChainRecord.Read(folder.Chain) : throw new MisuseException($"{folder.Chain}: no such file: 'vml chain deploy {folder.Root}' and 'vml chain register' make it");
        chain.RequireChain(record.ChainId, folder.Chain);
        if (record.Model is not { } model)
        {
            throw new MisuseException($"{folder.Chain}: model: there is none: 'vml chain register {folder.Root}' registers it");
        }

        return model.Commitment.ToArray().AsSpan().SequenceEqual(submission.Key.ModelCommitment())
            ? record : throw new MisuseException($"{folder.VerificationKey}: is of another model than the one that {folder.Chain} says is registered; 'vml chain register' registers this one");
    }

    private static async Task<InferenceInboxClient> FindInboxAsync(ModelFolder folder, ChainRecord record, ChainSubmission submission, ChainSession chain)
    {
        Address address = record.Inbox ?? throw new MisuseException($"{folder.Chain}: inbox: the model has none: 'vml chain register {folder.Root}' deploys it");
        ChainRequest request = submission.Request;
        if (request.ChainId != chain.ChainId || request.Consumer != address)
        {
            throw new MisuseException(
                $"the request is for {request.Consumer} on chain {request.ChainId}, and the inbox is {address} on chain {chain.ChainId}; "
                + "for a contract of your own take the calldata from 'vml export --calldata'");
        }

        if (request.Requester != chain.Account)
        {
            throw new MisuseException($"the request is of {request.Requester}, and the key that signs of {chain.Account}: only the requester can submit");
        }

        return (await chain.Node.CodeAsync(address)).Length > 0
            ? new InferenceInboxClient(chain.Node, address)
            : throw new MisuseException($"{folder.Chain}: inbox: there is no contract at {address} on this chain; was a local chain started anew?");
    }
}
