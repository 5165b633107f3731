using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Contracts;

/// <summary>
/// Creation code of the contracts in <c>contracts/</c>, as the compiler made it. It lies in git beside its sources, so that nobody needs a compiler to deploy; a
/// test holds it equal to what the sources compile to.
/// </summary>
public static class ContractCode
{
    /// <summary>The verifier of wrapped proofs; no arguments.</summary>
    public const string InferenceVerifier = "InferenceVerifier";

    /// <summary>The registry of models; no arguments.</summary>
    public const string ModelRegistry = "ModelRegistry";

    /// <summary>A consumer that keeps verified outputs; see <see cref="InferenceInboxClient.EncodeCreation"/>.</summary>
    public const string InferenceInbox = "InferenceInbox";

    /// <summary>Lends on a proven risk; see <see cref="LendingGuardClient.EncodeCreation"/>.</summary>
    public const string LendingGuard = "LendingGuard";

    /// <summary>A feed with one reporter; see <see cref="FeatureFeedClient.EncodeCreation"/>.</summary>
    public const string FeatureFeed = "FeatureFeed";

    /// <summary>A token of local chains; see <see cref="AssetClient.EncodeDemoCoinCreation"/>.</summary>
    public const string DemoCoin = "DemoCoin";

    private const string Extension = ".hex";

    /// <summary>All contracts of which there is code.</summary>
    public static IEnumerable<string> Names =>
        typeof(ContractCode).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name => name[..^Extension.Length]);

    /// <summary>The creation code of a contract, without arguments.</summary>
    /// <exception cref="ArgumentException">There is no such contract.</exception>
    public static byte[] Of(string contract)
    {
        using Stream stream = typeof(ContractCode).Assembly.GetManifestResourceStream(contract + Extension)
            ?? throw new ArgumentException($"there is no code of a contract {contract}", nameof(contract));
        using var reader = new StreamReader(stream);
        return Hex.TryDecodeData(reader.ReadToEnd().TrimEnd(), out byte[]? code) ? code : throw new InvalidOperationException($"the code of {contract} is damaged");
    }
}
