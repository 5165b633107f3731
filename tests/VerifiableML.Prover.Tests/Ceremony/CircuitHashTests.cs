using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Tests.Groth16;

namespace VerifiableML.Prover.Tests.Ceremony;

/// <summary>
/// Hashes of a circuit of 2^15 rows as <c>snarkjs zkey new</c> (0.7.6) printed them. From 2^15 rows on snarkjs hashes one point more than it means to,
/// and where the file ends before that point, what stands behind it.
/// </summary>
public sealed class CircuitHashTests : IDisposable
{
    private const int DomainBits = 15;
    private const string WithMorePowers =
        "73628e7542a3cfff2602d65693e2c82206fd2fcfd4134de6b7badb153cf3c7ca" + "71086a84e1f22af80a32a7160accac29faacc51556e3e43c3e7e5c63e5c09c80";
    private const string WithAsManyPowersAsRows =
        "517dd0ade925bb8338161025ca12d969dd5a84d830412fd118a5c120ee890e5a" + "d69b61b8a2bfd5762e0f89bf140d95388d46976a565e759e1c8c804f74e6ddb2";

    private static readonly PhaseOneSecrets Secrets = new(Fr.FromWideBytes("t"u8), Fr.FromWideBytes("a"u8), Fr.FromWideBytes("b"u8));
    private static readonly RandomSystem Sample = RandomSystem.Create(seed: 1, constraints: 17000, publicCount: 3);
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-hash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Secrets_hash_as_a_file_with_more_powers_than_rows() =>
        Assert.Equal(WithMorePowers, Hash(Secrets));

    [Fact]
    public void A_file_with_as_many_powers_as_rows_hashes_as_snarkjs_reads_it()
    {
        string path = Path.Combine(_folder, "setup.ptau");
        PtauWriter.WriteInsecure(path, Secrets, DomainBits);
        Assert.True(PtauPhaseOne.TryRead(path, DomainBits, out PtauPhaseOne? phaseOne, out FileError? error), error?.ToString());
        Assert.Equal(WithAsManyPowersAsRows, Hash(phaseOne));
    }

    private static string Hash(PhaseOne phaseOne)
    {
        Groth16ProvingKey key = PhaseTwoCeremony.Start(Sample.System, phaseOne);
        Assert.Equal(DomainBits, key.DomainBits);
        return Convert.ToHexStringLower(key.ConstraintSystemHash.AsSpan());
    }
}
