using System.Numerics;
using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Encoding;
using VerifiableML.Chain.Tests.Anvil;
using VerifiableML.Chain.Transactions;
using VerifiableML.Circuits;
using VerifiableML.Contracts.Tests.Forge;
using VerifiableML.Contracts.Tests.Vectors;
using RegisteredModel = VerifiableML.Contracts.Tests.Vectors.RegisteredModel;
using Vector = VerifiableML.Contracts.Tests.Vectors.Vector;

namespace VerifiableML.Contracts.Tests.LocalChain;

/// <summary>The trained model, the guard and its clients on a local chain: granted in a calm market, refused in a storm, liquidated after a fall.</summary>
[Collection("forge")]
public sealed class LendingTests
{
    private static readonly sbyte[] Calm = [15, 18, 20, 2, 5, 4, 10];
    private static readonly sbyte[] Storm = [90, 80, 60, -40, -60, 80, 60];
    private static readonly BigInteger Unit = 1_000_000;
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    [NodeFact]
    public async Task A_loan_is_granted_on_a_proven_score_refused_in_a_storm_and_liquidated_after_a_fall()
    {
        RegisteredModel risk = LoanVectors.Registered;
        await using AnvilChain chain = await AnvilChain.StartAsync("--hardfork", "osaka");
        using TransactionSender sender = chain.Sender();
        (LendingGuardClient guard, FeatureFeedClient feed, AssetClient coin) = await DeployAsync(chain, sender, risk);
        Address me = sender.Address;
        await guard.DepositAsync(sender, 10 * Ether);
        await feed.ReportAsync(sender, Calm, 2000 * Ether);
        Assert.Equal(Calm, (await feed.LatestAsync()).Features);

        BigInteger amount = 12_000 * Unit;
        LoanRequest request = await guard.RequestAsync(me, amount);
        Assert.Equal([.. Calm.Select(value => (int)value), 50], request.Integers);
        Vector proven = Vector.Of(risk, guard.Context(AnvilChain.Quick.ChainId, me, request), request.Integers);
        byte[] output = PublicData.Output(risk.Circuit, proven.Statement);
        Assert.Equal("CollateralTooSmall", (await guard.CheckAsync(coin.Address, amount, output, proven.Calldata))?.Name);
        Assert.Equal("ProofInvalid", (await guard.CheckAsync(me, amount / 2, output, proven.Calldata))?.Name);
        Assert.Null(await guard.CheckAsync(me, amount, output, proven.Calldata));
        (LoanGranted loan, _) = await guard.BorrowAsync(sender, amount, output, proven.Calldata);
        Assert.Equal(new LoanGranted(me, 0, amount, amount, 50, proven.Statement.Output![0] * await guard.OutputScaleAsync()), loan);
        Assert.InRange(loan.Probability, 0, 0.05);
        Assert.Equal(1, await guard.NonceAsync(me));
        Assert.Equal(amount, await coin.BalanceAsync(me));
        Assert.Equal("ProofInvalid", (await guard.CheckAsync(me, 1, output, proven.Calldata))?.Name);

        await feed.ReportAsync(sender, Storm, 2000 * Ether);
        request = await guard.RequestAsync(me, 3000 * Unit);
        proven = Vector.Of(risk, guard.Context(AnvilChain.Quick.ChainId, me, request), request.Integers);
        output = PublicData.Output(risk.Circuit, proven.Statement);
        CallRevertedException refused =
            await Assert.ThrowsAsync<CallRevertedException>(() => guard.BorrowAsync(sender, 3000 * Unit, output, proven.Calldata));
        Assert.Equal($"RiskTooGreat(risk: {proven.Statement.Output![0] * await guard.OutputScaleAsync()}, greatest: {LoanTerms.Logit(0.05)})", refused.Message);

        await feed.ReportAsync(sender, Storm, 1400 * Ether);
        Assert.Equal(new LoanStanding(amount, 10_500 * Unit, 11_200 * Unit), await guard.StandingAsync(me));
        await coin.ApproveAsync(sender, guard.Address, amount);
        (LoanLiquidated liquidated, _) = await guard.LiquidateAsync(sender, me, 7000 * Unit);
        Assert.Equal(new LoanLiquidated(me, me, 7000 * Unit, 5 * Ether * 105 / 100, 5000 * Unit), liquidated);
        (LoanRepaid repaid, _) = await guard.RepayAsync(sender, 5000 * Unit);
        Assert.Equal(0, repaid.Debt);
        await guard.WithdrawAsync(sender, await guard.CollateralAsync(me));
        Assert.Equal(0, await chain.Node.BalanceAsync(guard.Address));
        await guard.ReclaimAsync(sender, 100_000 * Unit);
        Assert.Equal(100_000 * Unit, await coin.BalanceAsync(me));
    }

    private static async Task<(LendingGuardClient Guard, FeatureFeedClient Feed, AssetClient Coin)> DeployAsync(
        AnvilChain chain, TransactionSender sender, RegisteredModel risk)
    {
        async Task<Address> Create(byte[] code) => (await ContractDeployment.CreateAsync(sender, code)).Address;
        Address verifier = await Create(Artifacts.CreationCode("InferenceVerifier"));
        var registry = new ModelRegistryClient(chain.Node, await Create(Artifacts.CreationCode("ModelRegistry")));
        (ModelRegistration model, _) = await registry.RegisterAsync(sender, "liquidation-risk", risk.KeyBlob, KeyBlob.Metadata(risk.Verification));
        var feed = new FeatureFeedClient(chain.Node, await Create(FeatureFeedClient.EncodeCreation(Artifacts.CreationCode("FeatureFeed"), sender.Address)));
        var coin = new AssetClient(chain.Node, await Create(AssetClient.EncodeDemoCoinCreation(Artifacts.CreationCode("DemoCoin"), 6)));
        byte[] Guard(bool acceptsInsecureSetup) => LendingGuardClient.EncodeCreation(
            Artifacts.CreationCode("LendingGuard"), verifier, registry.Address, model.Id, feed.Address, coin.Address,
            new LoanTerms(sender.Address, LoanTerms.Logit(0.05), LoanTerms.Wad(0.75m), LoanTerms.Wad(0.8m), LoanTerms.Wad(0.05m), 3600), acceptsInsecureSetup);
        CallRevertedException insecure = await Assert.ThrowsAsync<CallRevertedException>(
            () => sender.SendAsync(new TransactionRequest(null, Guard(false)) { Errors = LendingGuardClient.Errors }));
        Assert.Equal("SetupInsecure", insecure.Reason.Name);
        var guard = new LendingGuardClient(chain.Node, await Create(Guard(true)));
        await coin.MintAsync(sender, guard.Address, 100_000 * Unit);
        return (guard, feed, coin);
    }
}
