using VerifiableML.Algebra;
using VerifiableML.Cli.Commands;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>
/// A folder with keys from a phase one that is of no known ceremony, to which nobody has contributed yet. Making a key from points in place of secrets
/// takes many seconds, so that this is done once.
/// </summary>
public sealed class CeremonyFixture : IDisposable
{
    public CeremonyFixture()
    {
        Directory.CreateDirectory(Folder.Root);
        QuantizedModel model = SyntheticModels.Mlp(2, 2);
        QuantizedModelFile.Write(Folder.Model, model);
        File.WriteAllText(Samples, $"{{\"input_data\": [[{string.Join(',', Enumerable.Range(0, 2).Select(i => i * model.Input.Scale))}]]}}");

        // Secrets that no other setup has; their origin must come out as unknown.
        PtauWriter.WriteInsecure(Ptau, new PhaseOneSecrets(Fr.FromUInt64(7919), Fr.FromUInt64(104729), Fr.FromUInt64(1299709)), Power);
        WrapFolderFixture.Expect("setup", Folder.Root, "--ptau", Ptau, "--wrap");
        WrapFolderFixture.Expect("keygen", Folder.Root, "--wrap", "--ptau", Ptau);
        WrapFolderFixture.Expect("prove", Folder.Root, "--input", Samples);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("vml-ceremony-").FullName;

    public string Ptau => Path.Combine(Root, "powers.ptau");

    public string Samples => Path.Combine(Root, "samples.json");

    internal ModelFolder Folder => new(Path.Combine(Root, "model.vml"));

    /// <summary>What a wrap circuit of 2^15 rows takes.</summary>
    private static int Power => 16;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A copy that a test may change.</summary>
    internal ModelFolder Copy()
    {
        string copy = Path.Combine(Root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(Folder.Root))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return new ModelFolder(copy);
    }
}
