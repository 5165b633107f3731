namespace VerifiableML.Protocol.Serialization.Sections;

/// <summary>
/// A file format of the circom tools: a magic of four letters, a version and the number of sections, 32 bits each; then the sections, each with
/// a 32-bit type and a 64-bit length in front. All integers are little-endian.
/// </summary>
/// <param name="Magic">The four letters, which are the usual ending of the file's name as well.</param>
/// <param name="Version">The only version that is read and written.</param>
public sealed record SectionFormat(string Magic, uint Version)
{
    /// <summary>Powers of tau.</summary>
    public static SectionFormat PowersOfTau { get; } = new("ptau", 1);

    /// <summary>A rank-one constraint system.</summary>
    public static SectionFormat ConstraintSystem { get; } = new("r1cs", 1);

    /// <summary>A witness.</summary>
    public static SectionFormat Witness { get; } = new("wtns", 2);

    /// <summary>A proving key.</summary>
    public static SectionFormat ProvingKey { get; } = new("zkey", 1);

    /// <summary>Magic, version, number of sections.</summary>
    internal const int PrefixLength = 12;

    /// <summary>Type and length in front of each section.</summary>
    internal const int SectionHeaderLength = 12;

    /// <summary>No format has more than fifteen; a few more may come.</summary>
    internal const int MostSections = 64;
}
