using System.Buffers.Binary;
using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;

namespace VerifiableML.Chain.Encoding;

/// <summary>
/// What a contract needs of a model, as 32-byte words that are stored as the code of an account: circuit digest, hash of the metadata, model commitment,
/// setup, layout, [τ]₂, α, β, δ, the points of the signals, the commitments to the weights. Points are uncompressed, as in EIP-196 and EIP-197.
/// </summary>
public static class KeyBlob
{
    /// <summary>Version of the layout word.</summary>
    public const byte Version = 1;

    /// <summary>Words before the commitments to the weights.</summary>
    public const int HeaderWords = 25;

    /// <summary>Most rows of either matrix that a contract folds.</summary>
    public const int MaximumRowBits = 5;

    private const int WordLength = 32;
    private const int LayoutWord = 4;

    /// <summary>Why the keys cannot be registered on a chain, in one line, or null.</summary>
    public static string? Problem(VerificationKey key, WrapVerificationKey wrap)
    {
        Circuit circuit = key.Circuit;
        if (!wrap.CircuitDigest.AsSpan().SequenceEqual(circuit.Digest.AsSpan()))
        {
            return "the wrap key is of another circuit";
        }

        if (!circuit.Options.IsHiding || circuit.Options.BatchSize != 1)
        {
            return "a chain takes models that were compiled for wrapping, with a batch of one";
        }

        if (circuit.Layout.WitnessRowBits > MaximumRowBits || circuit.Layout.WeightRowBits > MaximumRowBits)
        {
            return $"a chain folds at most {1 << MaximumRowBits} rows; the circuit has 2^{circuit.Layout.WitnessRowBits} and 2^{circuit.Layout.WeightRowBits}";
        }

        return wrap.Groth16.PublicCount != WrapSignals<Fr>.PublicCount
            ? $"the Groth16 key has {wrap.Groth16.PublicCount} signals, {WrapSignals<Fr>.PublicCount} expected"
            : wrap.Groth16.FindFault();
    }

    /// <summary>The words of a model.</summary>
    /// <param name="key">The model's verification key.</param>
    /// <param name="wrap">The key of its circuit's wrap.</param>
    /// <exception cref="ArgumentException">See <see cref="Problem"/>.</exception>
    public static byte[] Encode(VerificationKey key, WrapVerificationKey wrap)
    {
        if (Problem(key, wrap) is { } problem)
        {
            throw new ArgumentException(problem, nameof(key));
        }

        var words = new PointWriter((HeaderWords + (2 * key.WeightRows.Length)) * WordLength);
        words.Append(key.Circuit.Digest.AsSpan());
        words.Append(Keccak256.Hash(Metadata(key)));
        words.Append(key.ModelCommitment());
        words.Append(key.Setup.Id.AsSpan());
        words.Append(Layout(key.Circuit, key.Setup.IsInsecure || wrap.IsInsecure));
        words.Append(key.Setup.Tau);
        words.Append(wrap.Groth16.Alpha);
        words.Append(wrap.Groth16.Beta);
        words.Append(wrap.Groth16.Delta);
        foreach (G1 point in wrap.Groth16.Inputs)
        {
            words.Append(point);
        }

        foreach (G1 row in key.WeightRows)
        {
            words.Append(row);
        }

        return words.ToArray();
    }

    /// <summary>Names and scales, of which the blob holds the hash.</summary>
    public static byte[] Metadata(VerificationKey key) => VerificationKeyFormat.EncodeMetadata(key);

    /// <summary>Whether a blob says that anyone could forge proofs under it.</summary>
    public static bool IsInsecure(ReadOnlySpan<byte> blob) => blob[(LayoutWord * WordLength) + 20] != 0;

    private static byte[] Layout(Circuit circuit, bool isInsecure)
    {
        int output = circuit.Architecture.OutputValue;
        var word = new byte[WordLength];
        word[0] = Version;
        word[1] = (byte)circuit.Layout.WitnessRows;
        word[2] = (byte)circuit.Layout.WitnessRowBits;
        word[3] = (byte)circuit.Layout.WeightRowBits;
        word[4] = (byte)circuit.Options.Input;
        word[5] = (byte)circuit.Options.Output;
        word[6] = (byte)PublicValues.Width(circuit, 0);
        word[7] = (byte)PublicValues.Width(circuit, output);
        BinaryPrimitives.WriteInt32BigEndian(word.AsSpan(8), circuit.Architecture.Input.Shape.Cells);
        BinaryPrimitives.WriteInt32BigEndian(word.AsSpan(12), circuit.Architecture.Output.Shape.Cells);
        (word[16], word[17]) = Rows(circuit, circuit.Options.Input, circuit.ValueColumns[0]);
        (word[18], word[19]) = Rows(circuit, circuit.Options.Output, circuit.ValueColumns[output]);
        word[20] = isInsecure ? (byte)1 : (byte)0;
        return word;
    }

    private static (byte First, byte Count) Rows(Circuit circuit, Visibility visibility, Column column)
    {
        (int first, int count) = visibility == Visibility.Committed ? circuit.RowsOf(column) : (0, 0);
        return ((byte)first, (byte)count);
    }
}
