using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Tests.Abi;

/// <summary>What is sent to the lending guard and read from it.</summary>
public sealed class LendingTests
{
    private static readonly Address Borrower = new(Enumerable.Repeat((byte)0x42, 20).ToArray());
    private static readonly Bytes32 Account = new([.. new byte[12], .. Borrower.ToArray()]);

    [Theory]
    [InlineData("0", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("-1", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("128", "0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("-2944438979166440460", "ffffffffffffffffffffffffffffffffffffffffffffffffd723405947f873f4")]
    [InlineData("-57896044618658097711785492504343953926634992332820282019728792003956564819968", "8000000000000000000000000000000000000000000000000000000000000000")]
    public void Signed_numbers_are_in_twos_complement(string number, string word)
    {
        BigInteger value = BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        byte[] written = new AbiArguments().AddSigned(value).ToArray();
        Assert.Equal(word, Convert.ToHexStringLower(written));
        Assert.True(new AbiReader(written).TrySigned(0, out BigInteger read));
        Assert.Equal(value, read);
        Assert.False(new AbiReader(written).TrySigned(1, out _));
    }

    [Fact]
    public void Signed_numbers_of_more_than_256_bits_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbiArguments().AddSigned(BigInteger.One << 255));

    [Fact]
    public void The_event_of_a_loan_is_read_and_no_other()
    {
        var log = new LogEntry(
            Borrower, [Topic("Borrowed(address,uint256,uint256,uint256,uint256,int256)"), Account],
            new AbiArguments().Add(new BigInteger(3)).Add(new BigInteger(100)).Add(new BigInteger(250)).Add(new BigInteger(50)).AddSigned(LoanTerms.Wad(-2.5m)).ToArray());
        var expected = new LoanGranted(Borrower, 3, 100, 250, 50, LoanTerms.Wad(-2.5m));
        Assert.Equal(expected, LoanGranted.Read(log));
        Assert.Equal(0.0759, expected.Probability, 4);
        Assert.Null(LoanGranted.Read(log with { Data = log.Data[32..] }));
        Assert.Null(LoanGranted.Read(log with { Topics = [log.Topics[0]] }));
        Assert.Null(LoanGranted.Read(log with { Topics = [Account, Account] }));
        Assert.Null(LoanGranted.Read(log with { Topics = [log.Topics[0], log.Topics[0]] }));
        Assert.Null(LoanRepaid.Read(log));
        Assert.Null(LoanLiquidated.Read(log));
    }

    [Fact]
    public void The_event_of_a_liquidation_is_read()
    {
        var log = new LogEntry(
            Borrower, [Topic("Liquidated(address,address,uint256,uint256,uint256)"), Account, Account],
            new AbiArguments().Add(new BigInteger(7)).Add(new BigInteger(8)).Add(BigInteger.Zero).ToArray());
        Assert.Equal(new LoanLiquidated(Borrower, Borrower, 7, 8, 0), LoanLiquidated.Read(log));
        Assert.Null(LoanLiquidated.Read(log with { Topics = [log.Topics[0], Account] }));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Probabilities_and_logits_are_each_others_inverse(double probability) =>
        Assert.Equal(probability, LoanTerms.Probability(LoanTerms.Logit(probability)), 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_has_no_logit(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LoanTerms.Logit(probability));

    [Fact]
    public void A_refused_risk_is_shown_with_its_sign()
    {
        byte[] data = [.. AbiArguments.Selector("RiskTooGreat(int256,int256)"), .. new AbiArguments().AddSigned(5).AddSigned(-7).ToArray()];
        Assert.Equal("RiskTooGreat(risk: 5, greatest: -7)", RevertReason.Read(data, LendingGuardClient.Errors).Description);
    }

    private static Bytes32 Topic(string signature) => new(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)));
}
