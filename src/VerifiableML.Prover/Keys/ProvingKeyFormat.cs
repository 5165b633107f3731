using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Prover.Keys;

/// <summary>
/// The bytes of a proving key: the verification key, the quantized model with its data, and the powers of tau (64 bytes each, as in EIP-196). It
/// holds the weights: whoever may not see those may not see this file.
/// </summary>
public static class ProvingKeyFormat
{
    private static readonly ContainerSchema Schema = new(ContainerKind.ProvingKey, 2,
    [
        new SectionSchema("VKEY", "the verification key", 1, 1 << 25),
        new SectionSchema("MODL", "the quantized model", 1, 1 << 30),
        new SectionSchema("POWR", "powers of tau", G1.ByteLength, G1.ByteLength << 22),
        new SectionSchema("BLND", "the random entries of the committed data", 0, Fr.ByteLength << 10),
    ]);

    /// <summary>Writes the key to a file, atomically.</summary>
    public static void Write(string path, ProvingKey key)
    {
        var powers = new byte[key.Powers.Count * G1.ByteLength];
        G1[] points = key.Powers.ToArray();
        for (int i = 0; i < points.Length; i++)
        {
            points[i].Encode(powers.AsSpan(i * G1.ByteLength, G1.ByteLength));
        }

        var blinding = new byte[key.Blinding.Length * Fr.ByteLength];
        for (int i = 0; i < key.Blinding.Length; i++)
        {
            key.Blinding[i].Encode(blinding.AsSpan(i * Fr.ByteLength, Fr.ByteLength));
        }

        Container.Write(path, Schema, VerificationKeyFormat.Encode(key.Verification), QuantizedModelFile.Encode(key.Model), powers, blinding);
    }

    /// <summary>Reads the key in a file.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out ProvingKey? key, [NotNullWhen(false)] out FileError? error)
    {
        key = null;
        if (!Container.TryRead(path, Schema, out Container? container, out error)
            || !VerificationKeyFormat.TryDecode(path, container[0], out VerificationKey? verification, out error))
        {
            return false;
        }

        if (!QuantizedModelFile.TryDecode(container[1], out QuantizedModel? model, out string? problem))
        {
            error = new FileError(path, "the quantized model", problem);
            return false;
        }

        if (!SameCircuit(model, verification.Circuit))
        {
            error = new FileError(path, "the quantized model", "it is not a model of the verification key's circuit");
            return false;
        }

        if (!TryDecodePowers(container[2], verification.Circuit.Layout.RequiredPowers, out G1Bases? powers))
        {
            error = new FileError(path, "powers of tau", "they are not as many points of the curve as the circuit takes");
            return false;
        }

        int rows = verification.Circuit.Options.IsHiding ? 1 << verification.Circuit.Layout.WeightRowBits : 0;
        if (!TryDecodeBlinding(container[3].Span, rows, out ImmutableArray<Fr> blinding))
        {
            error = new FileError(path, "the random entries of the committed data", $"they are not {rows} scalars below the field's modulus");
            return false;
        }

        key = new ProvingKey(verification, model, powers, blinding);
        return true;
    }

    private static bool SameCircuit(QuantizedModel model, Circuit circuit)
    {
        try
        {
            return CircuitCompiler.Compile(model, circuit.Options).Digest.AsSpan().SequenceEqual(circuit.Digest.AsSpan());
        }
        catch (CircuitException)
        {
            return false;
        }
    }

    private static bool TryDecodeBlinding(ReadOnlySpan<byte> bytes, int count, out ImmutableArray<Fr> blinding)
    {
        blinding = [];
        if (bytes.Length != count * Fr.ByteLength)
        {
            return false;
        }

        var scalars = new Fr[count];
        for (int i = 0; i < count; i++)
        {
            if (!Fr.TryDecode(bytes.Slice(i * Fr.ByteLength, Fr.ByteLength), out scalars[i]))
            {
                return false;
            }
        }

        blinding = [.. scalars];
        return true;
    }

    private static bool TryDecodePowers(ReadOnlyMemory<byte> bytes, int count, [NotNullWhen(true)] out G1Bases? powers)
    {
        powers = null;
        if (bytes.Length != (long)count * G1.ByteLength)
        {
            return false;
        }

        var points = new G1[count];
        bool valid = true;
        Parallel.For(0, count, i =>
        {
            if (!G1.TryDecode(bytes.Span.Slice(i * G1.ByteLength, G1.ByteLength), out points[i]))
            {
                Volatile.Write(ref valid, false);
            }
        });
        powers = valid ? new G1Bases(points) : null;
        return valid;
    }
}
