using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>The versions of operators that a file was written for.</summary>
internal static class OperatorSets
{
    /// <summary>First version of the standard operators that is understood: before it, broadcasting was written differently.</summary>
    public const int Least = 7;

    /// <summary>Last version of the standard operators that is understood.</summary>
    public const int Most = 25;

    /// <summary>The version of each domain; the standard one is the empty text.</summary>
    /// <exception cref="ModelFormatException">No version, two versions, or one that is not understood.</exception>
    public static IReadOnlyDictionary<string, int> Of(ModelMessage model, string file)
    {
        Dictionary<string, int> versions = [];
        foreach (OperatorSetMessage import in model.OpsetImport)
        {
            string domain = NodeDecoder.Domain(import.Domain);
            long most = domain.Length == 0 ? Most : int.MaxValue;
            long least = domain.Length == 0 ? Least : 1;
            if (import.Version < least || import.Version > most)
            {
                throw Error($"version {import.Version} of domain '{domain}' is not supported; {least} to {most} are");
            }

            if (!versions.TryAdd(domain, (int)import.Version))
            {
                throw Error($"domain '{domain}' is imported twice");
            }
        }

        return versions.Count > 0 ? versions : throw Error("none is imported, so the file's operators have no meaning");

        ModelFormatException Error(string cause) => ModelFormatException.At(file, "operator set", cause);
    }
}
