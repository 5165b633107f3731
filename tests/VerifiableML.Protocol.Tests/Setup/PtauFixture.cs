namespace VerifiableML.Protocol.Tests.Setup;

/// <summary>
/// A small file made by snarkjs (<c>Fixtures/make-power8.sh</c>): power 8, one contribution. Its layout is that of every such file:
/// prefix, header (1), powers in G1 (2), powers in G2 (3), then the rest.
/// </summary>
internal static class PtauFixture
{
    public const int Power = 8;
    public const int Count = (2 << Power) - 1;

    /// <summary>Offset of the first section's table entry; of its contents.</summary>
    public const int HeaderEntry = 12;
    public const int Header = HeaderEntry + 12;

    /// <summary>Offset of the table entry of the powers in G1; of the points.</summary>
    public const int TauG1Entry = Header + 44;
    public const int TauG1 = TauG1Entry + 12;

    /// <summary>Offset of the table entry of the powers in G2; of the points.</summary>
    public const int TauG2Entry = TauG1 + (Count * 64);
    public const int TauG2 = TauG2Entry + 12;

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Setup", "Fixtures", "power8.ptau");

    public static byte[] Bytes() => File.ReadAllBytes(Path);
}
