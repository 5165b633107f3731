using System.Collections.Immutable;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Groth16.Zkey;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Reads and writes <c>wrap.zkey</c> and <c>wrap.key</c>, which always belong together.</summary>
internal static class WrapKeyFiles
{
    /// <summary>Writes both.</summary>
    public static WrapVerificationKey Write(ModelFolder folder, ImmutableArray<byte> circuitDigest, Groth16ProvingKey key, SetupTrust trust)
    {
        ZkeyFile.Write(folder.WrapProvingKey, key);
        return WriteVerificationKey(folder, circuitDigest, key, trust);
    }

    /// <summary>Writes the <c>wrap.key</c> that belongs to a proving key.</summary>
    public static WrapVerificationKey WriteVerificationKey(
        ModelFolder folder, ImmutableArray<byte> circuitDigest, Groth16ProvingKey key, SetupTrust trust)
    {
        // A beacon is known to everyone, so it makes no δ unknown.
        int parties = key.Contributions.Count(contribution => contribution.Beacon is null);
        var verification = new WrapVerificationKey(circuitDigest, key.Verification, trust, parties);
        WrapVerificationKeyFormat.Write(folder.WrapVerificationKey, verification);
        return verification;
    }

    /// <summary>Reads <c>wrap.key</c>.</summary>
    /// <exception cref="MisuseException">There is none.</exception>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static WrapVerificationKey ReadVerificationKey(ModelFolder folder)
    {
        RequireFile(folder, folder.WrapVerificationKey);
        return ReadVerificationKey(folder.WrapVerificationKey);
    }

    /// <summary>Reads a <c>wrap.key</c> from anywhere.</summary>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static WrapVerificationKey ReadVerificationKey(string path) =>
        WrapVerificationKeyFormat.TryRead(path, out WrapVerificationKey? key, out FileError? error) ? key : throw error.ToException();

    /// <summary>Reads <c>wrap.zkey</c>.</summary>
    /// <exception cref="MisuseException">There is none.</exception>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static Groth16ProvingKey ReadProvingKey(ModelFolder folder)
    {
        RequireFile(folder, folder.WrapProvingKey);
        return ReadProvingKey(folder.WrapProvingKey, ZkeyCheck.Curve);
    }

    /// <summary>Reads a <c>.zkey</c> file from anywhere.</summary>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static Groth16ProvingKey ReadProvingKey(string path, ZkeyCheck check) =>
        ZkeyFile.TryRead(path, check, out Groth16ProvingKey? key, out FileError? error) ? key : throw error.ToException();

    /// <summary>The folder's <c>wrap.key</c>, if both files are there and it is of <paramref name="circuit"/>.</summary>
    public static WrapVerificationKey? FindFor(ModelFolder folder, Circuit circuit)
    {
        return File.Exists(folder.WrapProvingKey)
            && WrapVerificationKeyFormat.TryRead(folder.WrapVerificationKey, out WrapVerificationKey? key, out _)
            && key.CircuitDigest.AsSpan().SequenceEqual(circuit.Digest.AsSpan())
            ? key : null;
    }

    private static void RequireFile(ModelFolder folder, string path)
    {
        if (!File.Exists(path))
        {
            throw new MisuseException($"{path}: no such file: 'vml keygen {folder.Root} --wrap' makes it");
        }
    }
}
