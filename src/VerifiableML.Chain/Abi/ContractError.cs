using System.Collections.Immutable;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Abi;

/// <summary>An error that a contract declares, <c>error Name(type name, …)</c>.</summary>
public sealed class ContractError
{
    private readonly ImmutableArray<(string Type, string Name)> _parameters;

    /// <summary>From a declaration such as <c>InputLength(uint256 expected, uint256 actual)</c>.</summary>
    /// <exception cref="FormatException">Not such a declaration.</exception>
    public ContractError(string declaration)
    {
        int open = declaration.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !declaration.EndsWith(')'))
        {
            throw new FormatException($"no declaration of an error: {declaration}");
        }

        Name = declaration[..open];
        _parameters =
        [
            .. declaration[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(parameter => parameter.Split(' '))
                .Select(words => (words[0], words.Length > 1 ? words[^1] : string.Empty)),
        ];
        Signature = $"{Name}({string.Join(',', _parameters.Select(parameter => parameter.Type))})";
        Selector = [.. AbiArguments.Selector(Signature)];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Name and types, as the selector is made from.</summary>
    public string Signature { get; }

    /// <summary>Four bytes.</summary>
    public ImmutableArray<byte> Selector { get; }

    /// <summary>Name and values of what a contract reverted with behind the selector; values that are not there are shown as question marks.</summary>
    internal string Describe(ReadOnlySpan<byte> arguments)
    {
        var reader = new AbiReader(arguments);
        string[] values = new string[_parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (string type, string name) = _parameters[i];
            values[i] = (name.Length == 0 ? string.Empty : name + ": ") + (Value(reader, type, i) ?? "?");
        }

        return $"{Name}({string.Join(", ", values)})";
    }

    private static string? Value(AbiReader reader, string type, int index) => type switch
    {
        "address" => reader.TryAddress(index, out Address address) ? address.ToString() : null,
        "bool" => reader.TryBoolean(index, out bool value) ? (value ? "true" : "false") : null,
        "string" => reader.TryText(index, out string? text) ? $"\"{PlainText.Of(text)}\"" : null,
        "bytes" => reader.TryBytes(index, out byte[]? bytes) ? PlainText.Of(Hex.Data(bytes)) : null,
        _ when type.StartsWith("uint", StringComparison.Ordinal) => reader.TryNumber(index, out System.Numerics.BigInteger number) ? number.ToString() : null,
        _ when type.StartsWith("int", StringComparison.Ordinal) => reader.TrySigned(index, out System.Numerics.BigInteger number) ? number.ToString() : null,
        _ => reader.TryWord(index, out Bytes32 word) ? word.ToString() : null,
    };
}
