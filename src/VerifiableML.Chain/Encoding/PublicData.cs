using System.Collections.Immutable;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;

namespace VerifiableML.Chain.Encoding;

/// <summary>The input and output of a statement as a contract reads them: packed integers, the hash of a commitment, or nothing.</summary>
public static class PublicData
{
    /// <summary>The bytes of the input.</summary>
    public static byte[] Input(Circuit circuit, PublicStatement statement) =>
        Encode(circuit, circuit.Options.Input, 0, statement.Input, statement.InputCommitment);

    /// <summary>The bytes of the output.</summary>
    public static byte[] Output(Circuit circuit, PublicStatement statement) =>
        Encode(circuit, circuit.Options.Output, circuit.Architecture.OutputValue, statement.Output, statement.OutputCommitment);

    private static byte[] Encode(Circuit circuit, Visibility visibility, int value, int[]? values, ImmutableArray<byte> commitment) => visibility switch
    {
        Visibility.Public => PublicValues.Encode(circuit, value, values ?? throw new ArgumentException("the statement lacks public values")),
        Visibility.Committed => [.. commitment],
        _ => [],
    };
}
