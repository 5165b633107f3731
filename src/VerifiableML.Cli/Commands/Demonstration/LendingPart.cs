using System.Numerics;
using System.Text.Json;
using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.OnChain;
using VerifiableML.Cli.Development;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>The lending guard: a loan on a proven risk in a calm market, and the same borrower refused in a storm.</summary>
/// <param name="demo">The folder of the demonstration, whose contracts are used.</param>
/// <param name="local">The local chain's folder.</param>
/// <param name="steps">Runs commands.</param>
/// <param name="refused">Books an attempt that must be refused.</param>
internal sealed class LendingPart(ModelFolder demo, string local, DemoSteps steps, Func<string, RevertReason?, bool> refused)
{
    // The market's features in the order and the steps of models/RISK.md.
    private static readonly sbyte[] Calm = [15, 18, 20, 2, 5, 4, 10];
    private static readonly sbyte[] Storm = [90, 80, 60, -40, -60, 80, 60];

    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    private readonly ModelFolder _risk = new(Path.Combine(demo.Root, "risk"));

    /// <summary>Does all of it.</summary>
    /// <returns>Whether everything that must be refused was.</returns>
    public async Task<bool> RunAsync(DemoFiles files, DevelopmentChain development)
    {
        steps.Do(
            "A model that lends money: how likely is a loan to be liquidated within a week?", "quantize", files.RiskModel, "--calibration", files.RiskCalibration,
            "--input-maximum", "127", "--out", _risk.Root);
        steps.Do(string.Empty, "setup", _risk.Root, "--insecure", "--wrap");
        steps.Do(string.Empty, "keygen", _risk.Root, "--wrap");
        steps.Do(string.Empty, "chain", "register", _risk.Root, "--contracts", demo.Chain, "--no-inbox", "--local", local);
        steps.Do("A guard that lends on its output, a feed of the market, and a coin to lend", "chain", "deploy", _risk.Root, "--guard", "--local", local);

        using ChainSession chain = await ChainSession.OpenAsync(development, steps.Terminal);
        LendingEntry lending = ChainRecord.Read(_risk.Chain).Lending ?? throw new MisuseException($"{_risk.Chain}: lending: there is nothing");
        var guard = new LendingGuardClient(chain.Node, lending.Guard);
        var feed = new FeatureFeedClient(chain.Node, lending.Feed);

        await ReportAsync(chain, feed, "a calm market, 2,000 coins for an ether", Calm);
        await BookAsync(chain, "deposit 10 ether", guard.DepositAsync(chain.Sender, 10 * Ether));
        BigInteger amount = 8_000 * LendingDeployment.Coin;
        ChainSubmission calm = await ProveAsync("A loan of 8,000 coins: its input is read from the chain, and proven", chain, guard, amount);
        bool allRefused = await TryForgedScoreAsync(chain, guard, amount, calm);
        await BorrowAsync(chain, guard, amount, calm);

        await ReportAsync(chain, feed, "a storm: a fall by a quarter within a week, and the price is 2,000 still", Storm);
        amount = 7_000 * LendingDeployment.Coin;
        ChainSubmission storm = await ProveAsync("7,000 coins more, as much as the collateral allows", chain, guard, amount);
        allRefused &= refused("the honest proof: the guard finds the risk too great", await guard.CheckAsync(chain.Account, amount, storm.Output, storm.ProofBytes));
        allRefused &= await TryForgedScoreAsync(chain, guard, amount, storm);
        return allRefused & refused("the output and proof of the calm market, again", await guard.CheckAsync(chain.Account, amount, calm.Output, calm.ProofBytes));
    }

    private Task<TransactionReceipt> ReportAsync(ChainSession chain, FeatureFeedClient feed, string market, sbyte[] features)
    {
        steps.Announce($"The feed reports {market}");
        return BookAsync(chain, "report", feed.ReportAsync(chain.Sender, features, 2_000 * Ether));
    }

    private static Task<TransactionReceipt> BookAsync(ChainSession chain, string what, Task<TransactionReceipt> sending) => chain.BookAsync(what, async _ =>
    {
        TransactionReceipt receipt = await sending;
        return (receipt, receipt);
    });

    private async Task<ChainSubmission> ProveAsync(string title, ChainSession chain, LendingGuardClient guard, BigInteger amount)
    {
        steps.Announce(title);
        LoanRequest request = await guard.RequestAsync(chain.Account, amount);
        steps.Terminal.Line($"model's input, the feed's features and the loan's margin: {string.Join(' ', request.Integers)}");
        string samples = Path.Combine(_risk.Root, "position.json");
        AtomicFile.Write(samples, JsonSerializer.SerializeToUtf8Bytes(new { input_data = new[] { request.Integers } }));
        steps.Do(string.Empty, "chain", "request", _risk.Root, "--consumer", $"{guard.Address}", "--local", local);
        steps.Do(string.Empty, "prove", _risk.Root, "--input", samples, "--request", _risk.Request, "--wrap");
        var submission = ChainSubmission.Read(_risk, request: null);
        double risk = Probability(submission.Document.Statement.Output![0] * submission.Key.Output.Scale);
        steps.Terminal.Line(FormattableString.Invariant($"the proven risk is {risk:0.00 %}; the guard takes up to {LendingDeployment.GreatestRisk:0 %}"));
        return submission;
    }

    // The model gives a logit.
    private static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    private async Task BorrowAsync(ChainSession chain, LendingGuardClient guard, BigInteger amount, ChainSubmission submission)
    {
        LoanGranted loan = await chain.BookAsync(
            "borrow", progress => guard.BorrowAsync(chain.Sender, amount, submission.Output, submission.ProofBytes, progress));
        steps.Terminal.Report["loan"] = new { Amount = loan.Amount.ToString(), Margin = (int)loan.Margin, Risk = loan.Probability };
        steps.Terminal.Line($"LENT {loan.Amount / LendingDeployment.Coin:N0} coins");
    }

    /// <summary>The same proof for a risk that is smaller by some three logits.</summary>
    private async Task<bool> TryForgedScoreAsync(ChainSession chain, LendingGuardClient guard, BigInteger amount, ChainSubmission honest)
    {
        int[] output = [.. honest.Document.Statement.Output!.Select(value => value - 1_000_000)];
        PublicDocument forged = honest.Document with { Statement = honest.Document.Statement with { Output = output } };
        RevertReason? reason = await guard.CheckAsync(chain.Account, amount, (honest with { Document = forged }).Output, honest.ProofBytes);
        return refused("a smaller risk claimed than the model's", reason);
    }
}
