using VerifiableML.Algebra;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Interop.Tests;

/// <summary>Secrets of phase one that everyone knows.</summary>
internal static class Secrets
{
    public static PhaseOneSecrets Known { get; } =
        new(Fr.FromWideBytes("interop tau"u8), Fr.FromWideBytes("interop alpha"u8), Fr.FromWideBytes("interop beta"u8));
}
