using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Chain.Signing;

/// <summary>A transaction of type 2 (EIP-1559), with an empty access list: the contracts here gain nothing from one.</summary>
/// <param name="ChainId">The chain, which is signed along.</param>
/// <param name="Nonce">The account's number of the transaction.</param>
/// <param name="MaximumPriorityFee">Most that the block's maker gets for each gas, in wei.</param>
/// <param name="MaximumFee">Most that is paid for each gas altogether, in wei.</param>
/// <param name="GasLimit">Most gas.</param>
/// <param name="To">The account to call, or null to create a contract.</param>
/// <param name="Value">Wei to send.</param>
/// <param name="Data">Calldata, or the code that creates a contract.</param>
public sealed record FeeMarketTransaction(
    ulong ChainId, ulong Nonce, BigInteger MaximumPriorityFee, BigInteger MaximumFee, ulong GasLimit, Address? To, BigInteger Value, ReadOnlyMemory<byte> Data)
{
    private const byte Type = 2;

    /// <summary>What is signed: <c>keccak256(0x02 || rlp(fields))</c>.</summary>
    public byte[] SigningHash() => Keccak256.Hash([Type, .. Rlp.List(Fields())]);

    /// <summary>Signs. The same key and fields always give the same bytes.</summary>
    public SignedTransaction Sign(PrivateKey key)
    {
        EcdsaSignature signature = key.Sign(SigningHash());
        byte[] raw =
            [Type, .. Rlp.List([.. Fields(), Rlp.Integer(signature.YParity), Rlp.Integer(signature.R), Rlp.Integer(signature.S)])];
        return new SignedTransaction(this, key.Address, raw, new Bytes32(Keccak256.Hash(raw)));
    }

    private byte[][] Fields() =>
    [
        Rlp.Integer(ChainId), Rlp.Integer(Nonce), Rlp.Integer(MaximumPriorityFee), Rlp.Integer(MaximumFee), Rlp.Integer(GasLimit),
        Rlp.Bytes(To is { } to ? to.ToArray() : []), Rlp.Integer(Value), Rlp.Bytes(Data.Span), Rlp.List(),
    ];
}

/// <summary>A transaction as a node takes it.</summary>
/// <param name="Transaction">What it says.</param>
/// <param name="From">Who signed it.</param>
/// <param name="Raw">The bytes.</param>
/// <param name="Hash">Their hash, by which its receipt is found.</param>
public sealed record SignedTransaction(FeeMarketTransaction Transaction, Address From, ReadOnlyMemory<byte> Raw, Bytes32 Hash);
