using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Abi;

/// <summary>Why a contract reverted, as far as it said.</summary>
/// <param name="Name">Name of the error; <c>Error</c> and <c>Panic</c> are Solidity's own. Empty where there was no data, or none of a known error.</param>
/// <param name="Description">One line to show.</param>
/// <param name="Data">What the contract reverted with.</param>
public sealed record RevertReason(string Name, string Description, ReadOnlyMemory<byte> Data)
{
    private static readonly ContractError Text = new("Error(string)");
    private static readonly ContractError Panic = new("Panic(uint256)");

    /// <summary>Names a revert. Never throws, whatever the contract reverted with.</summary>
    /// <param name="data">What came.</param>
    /// <param name="errors">Errors of the contracts that were called.</param>
    public static RevertReason Read(ReadOnlyMemory<byte> data, ImmutableArray<ContractError> errors)
    {
        if (data.IsEmpty)
        {
            return new RevertReason(string.Empty, "reverted without a reason", data);
        }

        if (data.Length >= 4)
        {
            ReadOnlySpan<byte> arguments = data.Span[4..];
            if (data.Span.StartsWith(Text.Selector.AsSpan()))
            {
                return new RevertReason(Text.Name, new AbiReader(arguments).TryText(0, out string? text) ? PlainText.Of(text) : Text.Describe(arguments), data);
            }

            if (data.Span.StartsWith(Panic.Selector.AsSpan()))
            {
                return new RevertReason(Panic.Name, $"panic {PanicText(arguments)}", data);
            }

            foreach (ContractError error in errors)
            {
                if (data.Span.StartsWith(error.Selector.AsSpan()))
                {
                    return new RevertReason(error.Name, error.Describe(arguments), data);
                }
            }
        }

        return new RevertReason(string.Empty, $"reverted with an unknown error {Hex.Data(data.Span[..Math.Min(4, data.Length)])}", data);
    }

    /// <summary>The description.</summary>
    public override string ToString() => Description;

    /// <summary>Codes by the Solidity documentation, "Panic via assert and Error via require".</summary>
    private static string PanicText(ReadOnlySpan<byte> arguments)
    {
        if (!new AbiReader(arguments).TryNumber(0, out BigInteger code))
        {
            return "without a code";
        }

        string meaning = code <= byte.MaxValue
            ? (int)code switch
            {
                0x01 => " (assertion)",
                0x11 => " (arithmetic overflow)",
                0x12 => " (division by zero)",
                0x32 => " (index out of bounds)",
                0x41 => " (too much memory)",
                _ => string.Empty,
            }
            : string.Empty;
        return "0x" + code.ToString("x2", CultureInfo.InvariantCulture) + meaning;
    }
}
