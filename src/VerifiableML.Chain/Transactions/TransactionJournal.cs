using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Chain.Transactions;

/// <summary>
/// Remembers transactions that may be on their way, one file each, from before their bytes leave until they are done: a program that ends in between can wait on for them when it
/// runs again, and need not guess whether its work was done. A file holds what the transaction says and no key; signing it again gives the same bytes.
/// </summary>
/// <param name="folder">Where the files are; made when needed.</param>
public sealed class TransactionJournal(string folder)
{
    private const long MaximumFileBytes = 1 << 20;

    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true, MaxDepth = 8 };

    /// <summary>Remembers a transaction, with all forms that were signed of it.</summary>
    internal void Write(PendingTransaction pending)
    {
        FeeMarketTransaction transaction = pending.Latest.Transaction;
        var entry = new Entry(
            transaction.GasLimit, transaction.To?.ToString(), Hex.Quantity(transaction.Value), Hex.Data(transaction.Data.Span),
            [.. pending.Versions.Select(version => new Form(
                Hex.Quantity(version.Transaction.MaximumPriorityFee), Hex.Quantity(version.Transaction.MaximumFee), version.Hash.ToString()))]);
        AtomicFile.Write(PathOf(transaction.ChainId, pending.Latest.From, transaction.Nonce), JsonSerializer.SerializeToUtf8Bytes(entry, Style));
    }

    /// <summary>Forgets a transaction that is done, or that can never be taken.</summary>
    internal void Remove(PendingTransaction pending) =>
        File.Delete(PathOf(pending.Latest.Transaction.ChainId, pending.Latest.From, pending.Nonce));

    /// <summary>The transactions of an account on a chain, by number.</summary>
    /// <exception cref="ChainException">A file is not as it was written; the message names it.</exception>
    internal ImmutableArray<PendingTransaction> Read(ulong chainId, PrivateKey key, ImmutableArray<Abi.ContractError> errors)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        string prefix = $"{chainId}-{key.Address}-";
        return [.. Directory.EnumerateFiles(folder, prefix + "*.json").Select(path => Read(path, chainId, Number(path, prefix), key, errors)).OrderBy(pending => pending.Nonce)];
    }

    private static ulong Number(string path, string prefix) => ulong.TryParse(Path.GetFileNameWithoutExtension(path)[prefix.Length..], out ulong nonce)
        ? nonce
        : throw new ChainException($"{path}: the name does not end in the number of a transaction");

    private static PendingTransaction Read(string path, ulong chainId, ulong nonce, PrivateKey key, ImmutableArray<Abi.ContractError> errors)
    {
        if (!TryParse(path, out Entry? entry) || entry.Forms is not [_, ..] || !Hex.TryDecodeQuantity(entry.Value, out BigInteger value)
            || !Hex.TryDecodeData(entry.Data, out byte[]? data))
        {
            throw Damaged(path);
        }

        Address? to = null;
        if (entry.To is not null)
        {
            to = Address.TryParse(entry.To, out Address account) ? account : throw Damaged(path);
        }

        PendingTransaction? pending = null;
        foreach (Form form in entry.Forms)
        {
            if (!Hex.TryDecodeQuantity(form?.MaximumPriorityFee, out BigInteger priority) || !Hex.TryDecodeQuantity(form?.MaximumFee, out BigInteger fee))
            {
                throw Damaged(path);
            }

            SignedTransaction signed = new FeeMarketTransaction(chainId, nonce, priority, fee, entry.GasLimit, to, value, data).Sign(key);
            if (signed.Hash.ToString() != form!.Hash)
            {
                throw Damaged(path);
            }

            if (pending is null)
            {
                // The number is this transaction's, and its bytes may be anywhere.
                pending = new PendingTransaction(signed, errors, mayReplace: true) { MayHaveArrived = true };
            }
            else
            {
                pending.Add(signed);
            }
        }

        return pending!;
    }

    private static bool TryParse(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        try
        {
            using FileStream stream = File.OpenRead(path);
            entry = stream.Length <= MaximumFileBytes ? JsonSerializer.Deserialize<Entry>(stream, Style) : null;
        }
        catch (JsonException)
        {
            return false;
        }

        return entry is not null;
    }

    private static ChainException Damaged(string path) =>
        new($"{path}: is not a transaction as it was written; look up the account's transactions before you delete the file");

    private string PathOf(ulong chainId, Address from, ulong nonce) => Path.Combine(folder, $"{chainId}-{from}-{nonce}.json");

    private sealed record Entry(ulong GasLimit, string? To, string? Value, string? Data, Form[]? Forms);

    private sealed record Form(string? MaximumPriorityFee, string? MaximumFee, string? Hash);
}
