using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Chain.Encoding;

/// <summary>Values of a model as a contract sees them.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Scale">Real value of one integer step.</param>
/// <param name="Visibility">Whether contracts get the integers, a hash or nothing.</param>
/// <param name="Count">Number of integers.</param>
/// <param name="Width">Bytes of each.</param>
public sealed record RegisteredTensor(string Name, double Scale, Visibility Visibility, int Count, int Width)
{
    /// <summary>Reads packed integers, big-endian in two's complement; the inverse of <see cref="PublicData"/>.</summary>
    public bool TryUnpack(ReadOnlySpan<byte> packed, [NotNullWhen(true)] out int[]? integers)
    {
        integers = null;
        if (Visibility != Visibility.Public || packed.Length != Count * Width)
        {
            return false;
        }

        integers = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<byte> value = packed.Slice(i * Width, Width);
            integers[i] = Width switch
            {
                1 => (sbyte)value[0],
                2 => BinaryPrimitives.ReadInt16BigEndian(value),
                _ => BinaryPrimitives.ReadInt32BigEndian(value),
            };
        }

        return true;
    }
}

/// <summary>What anyone can learn of a model from its key and metadata on a chain, which anyone may have made up: <see cref="TryDecode"/> checks them.</summary>
/// <param name="Name">The name in the model file.</param>
/// <param name="Commitment">Its identity, 32 bytes.</param>
/// <param name="Input">The input.</param>
/// <param name="Output">The output.</param>
/// <param name="PostProcessing">What users compute from the output.</param>
/// <param name="IsInsecure">Whether the key's owner says that anyone can forge proofs.</param>
public sealed record RegisteredModel(
    string Name, Bytes32 Commitment, RegisteredTensor Input, RegisteredTensor Output, PostProcessing PostProcessing, bool IsInsecure)
{
    private const int WordLength = 32;
    private const int CommitmentWord = 2;
    private const int LayoutWord = 4;
    private const int MaximumCount = 1 << 24;

    /// <summary>Reads a key (<see cref="KeyBlob.Encode"/>) and its metadata (<see cref="KeyBlob.Metadata"/>).</summary>
    public static bool TryDecode(ReadOnlySpan<byte> key, ReadOnlyMemory<byte> metadata, [NotNullWhen(true)] out RegisteredModel? model)
    {
        model = null;
        if (key.Length < KeyBlob.HeaderWords * WordLength)
        {
            return false;
        }

        ReadOnlySpan<byte> layout = key.Slice(LayoutWord * WordLength, WordLength);
        if (layout[0] != KeyBlob.Version || !ModelMetadata.TryDecode(metadata, out ModelMetadata? read)
            || !TryRead(layout, 0, read.Input, out RegisteredTensor? input) || !TryRead(layout, 1, read.Output, out RegisteredTensor? output))
        {
            return false;
        }

        model = new RegisteredModel(
            read.Name, new Bytes32(key.Slice(CommitmentWord * WordLength, WordLength)), input, output, read.PostProcessing, KeyBlob.IsInsecure(key));
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> layout, int which, TensorMetadata metadata, [NotNullWhen(true)] out RegisteredTensor? tensor)
    {
        tensor = new RegisteredTensor(
            metadata.Name, metadata.Scale, (Visibility)layout[4 + which], BinaryPrimitives.ReadInt32BigEndian(layout[(8 + (4 * which))..]), layout[6 + which]);
        return Enum.IsDefined(tensor.Visibility) && tensor.Width is 1 or 2 or 4 && tensor.Count is > 0 and <= MaximumCount;
    }
}
