using System.Numerics;
using VerifiableML.Chain.Abi;

namespace VerifiableML.Chain.Contracts;

/// <summary>What is agreed when a lending guard is deployed; the struct of the same name in Solidity. Numbers with 18 decimals are made by <see cref="Wad"/>.</summary>
/// <param name="Lender">Who may take back what is not lent.</param>
/// <param name="GreatestRisk">Loans are granted up to this output of the model; 18 decimals. See <see cref="Logit"/>.</param>
/// <param name="LoanToValue">Part of the collateral's value that can be borrowed; 18 decimals.</param>
/// <param name="LiquidationThreshold">Part of the collateral's value up to which a debt is safe; 18 decimals.</param>
/// <param name="LiquidationBonus">What a liquidator gets beyond the worth of what they pay; 18 decimals.</param>
/// <param name="GreatestAge">Seconds for which a report of the feed counts.</param>
public sealed record LoanTerms(
    Address Lender, BigInteger GreatestRisk, BigInteger LoanToValue, BigInteger LiquidationThreshold, BigInteger LiquidationBonus, ulong GreatestAge)
{
    /// <summary>A number with 18 decimals.</summary>
    public static BigInteger Wad(decimal value) => new(value * 1_000_000_000_000_000_000m);

    /// <summary>The real number of an integer with 18 decimals.</summary>
    public static double FromWad(BigInteger value) => (double)value / 1e18;

    /// <summary>The logit of a probability, <c>log(p / (1 - p))</c>, with 18 decimals: what the liquidation-risk model gives, and so what its risks are compared with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1, both excluded.</exception>
    public static BigInteger Logit(double probability) => probability is > 0 and < 1
        ? Wad((decimal)Math.Log(probability / (1 - probability)))
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "not between 0 and 1");

    /// <summary>The probability of a logit with 18 decimals.</summary>
    public static double Probability(BigInteger logit) => 1 / (1 + Math.Exp(-FromWad(logit)));

    internal AbiArguments AddTo(AbiArguments arguments) => arguments
        .Add(Lender).AddSigned(GreatestRisk).Add(LoanToValue).Add(LiquidationThreshold).Add(LiquidationBonus).Add(new BigInteger(GreatestAge));
}
