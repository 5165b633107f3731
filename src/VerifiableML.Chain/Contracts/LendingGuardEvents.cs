using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Contracts;

/// <summary>A loan that a guard granted.</summary>
/// <param name="Borrower">To whom.</param>
/// <param name="Nonce">The number that the proof was made for.</param>
/// <param name="Amount">What was lent.</param>
/// <param name="Debt">What is owed since.</param>
/// <param name="Margin">The margin that the guard computed, the last value of the model's input.</param>
/// <param name="Risk">The model's real output; 18 decimals. For the liquidation-risk model a logit.</param>
public sealed record LoanGranted(Address Borrower, BigInteger Nonce, BigInteger Amount, BigInteger Debt, BigInteger Margin, BigInteger Risk)
{
    private static readonly Bytes32 Topic = LendingGuardEvent.Topic("Borrowed(address,uint256,uint256,uint256,uint256,int256)");

    /// <summary>The probability that <see cref="Risk"/> is the logit of.</summary>
    public double Probability => LoanTerms.Probability(Risk);

    /// <summary>Reads the event; null where it is another.</summary>
    public static LoanGranted? Read(LogEntry log)
    {
        var data = new AbiReader(log.Data.Span);
        return LendingGuardEvent.Is(log, Topic, 1) && LendingGuardEvent.TryAccount(log, 1, out Address borrower)
            && data.TryNumber(0, out BigInteger nonce) && data.TryNumber(1, out BigInteger amount) && data.TryNumber(2, out BigInteger debt)
            && data.TryNumber(3, out BigInteger margin) && data.TrySigned(4, out BigInteger risk)
            ? new LoanGranted(borrower, nonce, amount, debt, margin, risk)
            : null;
    }
}

/// <summary>A loan that was liquidated, or a part of it.</summary>
/// <param name="Borrower">Whose loan.</param>
/// <param name="Liquidator">Who paid.</param>
/// <param name="Amount">How much of the debt.</param>
/// <param name="Seized">Collateral that they got, in wei.</param>
/// <param name="Debt">What is owed still.</param>
public sealed record LoanLiquidated(Address Borrower, Address Liquidator, BigInteger Amount, BigInteger Seized, BigInteger Debt)
{
    private static readonly Bytes32 Topic = LendingGuardEvent.Topic("Liquidated(address,address,uint256,uint256,uint256)");

    /// <summary>Reads the event; null where it is another.</summary>
    public static LoanLiquidated? Read(LogEntry log)
    {
        var data = new AbiReader(log.Data.Span);
        return LendingGuardEvent.Is(log, Topic, 2) && LendingGuardEvent.TryAccount(log, 1, out Address borrower) && LendingGuardEvent.TryAccount(log, 2, out Address liquidator)
            && data.TryNumber(0, out BigInteger amount) && data.TryNumber(1, out BigInteger seized) && data.TryNumber(2, out BigInteger debt)
            ? new LoanLiquidated(borrower, liquidator, amount, seized, debt)
            : null;
    }
}

/// <summary>A debt that was paid back, or a part of it.</summary>
/// <param name="Borrower">Whose.</param>
/// <param name="Amount">How much.</param>
/// <param name="Debt">What is owed still.</param>
public sealed record LoanRepaid(Address Borrower, BigInteger Amount, BigInteger Debt)
{
    private static readonly Bytes32 Topic = LendingGuardEvent.Topic("Repaid(address,uint256,uint256)");

    /// <summary>Reads the event; null where it is another.</summary>
    public static LoanRepaid? Read(LogEntry log)
    {
        var data = new AbiReader(log.Data.Span);
        return LendingGuardEvent.Is(log, Topic, 1) && LendingGuardEvent.TryAccount(log, 1, out Address borrower)
            && data.TryNumber(0, out BigInteger amount) && data.TryNumber(1, out BigInteger debt)
            ? new LoanRepaid(borrower, amount, debt)
            : null;
    }
}

/// <summary>What the readers of events share.</summary>
internal static class LendingGuardEvent
{
    public static Bytes32 Topic(string signature) => new(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)));

    public static bool Is(LogEntry log, Bytes32 topic, int indexed) => log.Topics.Count == 1 + indexed && log.Topics[0] == topic;

    public static bool TryAccount(LogEntry log, int topic, [NotNullWhen(true)] out Address account) => new AbiReader(log.Topics[topic].ToArray()).TryAddress(0, out account);
}
