using System.Numerics;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary>A lending guard on the local chain, with a feed whose reporter is the account that deploys, and a coin that anyone can mint.</summary>
internal static class LendingDeployment
{
    /// <summary>Risk of liquidation up to which the guard lends.</summary>
    public const double GreatestRisk = 0.05;

    private const byte Decimals = 6;
    private const long Coins = 100_000;

    /// <summary>One coin in its smallest unit.</summary>
    public static BigInteger Coin { get; } = BigInteger.Pow(10, Decimals);

    /// <summary>Deploys all three, and gives the guard coins to lend.</summary>
    /// <exception cref="MisuseException">The chain is not local, or no model is registered.</exception>
    public static async Task<LendingEntry> RunAsync(ChainSession chain, ChainRecord record, string path, Terminal terminal)
    {
        if (!chain.IsLocal)
        {
            throw new MisuseException("--guard is for the local chain: its feed and its coin are worth nothing; contracts/README.md says what a guard needs elsewhere");
        }

        RegisteredEntry model = record.Model ?? throw new MisuseException($"{path}: model: there is none for the guard to rely on: 'vml chain register' registers it, before --guard");
        Address coin = await chain.DeployAsync(ContractCode.DemoCoin, AssetClient.EncodeDemoCoinCreation(ContractCode.Of(ContractCode.DemoCoin), Decimals));
        Address feed = await chain.DeployAsync(ContractCode.FeatureFeed, FeatureFeedClient.EncodeCreation(ContractCode.Of(ContractCode.FeatureFeed), chain.Account));
        var terms = new LoanTerms(
            chain.Account, LoanTerms.Logit(GreatestRisk), LoanToValue: LoanTerms.Wad(0.75m), LiquidationThreshold: LoanTerms.Wad(0.8m),
            LiquidationBonus: LoanTerms.Wad(0.05m), GreatestAge: 3600);
        byte[] code = LendingGuardClient.EncodeCreation(
            ContractCode.Of(ContractCode.LendingGuard), record.Verifier, record.Registry, model.Id, feed, coin, terms, acceptsInsecureSetup: model.IsInsecure);
        Address guard = await chain.DeployAsync(ContractCode.LendingGuard, code, LendingGuardClient.Errors);
        await chain.BookAsync("give the guard coins", async progress =>
        {
            var receipt = await new AssetClient(chain.Node, coin).MintAsync(chain.Sender, guard, Coins * Coin);
            return (receipt, receipt);
        });
        var lending = new LendingEntry(guard, feed, coin);
        terminal.Report["lending"] = new { Guard = $"{guard}", Feed = $"{feed}", Asset = $"{coin}" };
        terminal.Line($"guard        {guard}: lends {Coins:N0} coins, at a risk of at most {GreatestRisk:0 %}");
        terminal.Line($"feed         {feed}: {chain.Account} reports");
        terminal.Line($"coin         {coin}");
        if (model.IsInsecure)
        {
            terminal.Warn("INSECURE SETUP: anyone can forge the proofs that this guard lends on. For development only.");
        }

        return lending;
    }
}
