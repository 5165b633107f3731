namespace VerifiableML.Algebra.Tests.Oracles;

/// <summary>The contents of noble-bn254.json. All numbers are 32 bytes in big-endian hexadecimal, extension fields by coefficients.</summary>
internal sealed record NobleVectors(
    FieldCase[] Fr,
    FieldCase[] Fq,
    ExtensionCase[] Fq2,
    ExtensionCase[] Fq12,
    GroupCase[] G1,
    GroupCase[] G2,
    PairingCase[] Pairing)
{
    public static NobleVectors Load() => OracleFile.Read<NobleVectors>("noble-bn254.json");
}

internal sealed record FieldCase(
    string A, string B, string Sum, string Difference, string Product, string Square, string Inverse, string Power);

internal sealed record ExtensionCase(string[] A, string[] B, string[] Product, string[] Square, string[] Inverse);

internal sealed record GroupCase(string Scalar, string Other, string[] Multiple, string[] Sum, string[] Double);

internal sealed record PairingCase(string Scalar, string Other, string[] Value);
