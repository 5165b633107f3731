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
    private static readonly ContainerSchema Schema = new(ContainerKind.ProvingKey, 1,
    [
        new SectionSchema("VKEY", "the verification key", 1, 1 << 25),
        new SectionSchema("MODL", "the quantized model", 1, 1 << 30),
        new SectionSchema("POWR", "powers of tau", G1.ByteLength, G1.ByteLength << 22),
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

        Container.Write(path, Schema, VerificationKeyFormat.Encode(key.Verification), QuantizedModelFile.Encode(key.Model), powers);
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

        key = new ProvingKey(verification, model, powers);
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
