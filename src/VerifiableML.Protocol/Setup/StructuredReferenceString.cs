using System.Buffers.Binary;
using System.Text;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Protocol.Setup;

/// <summary>
/// Powers of a secret in the exponent: <c>[τ^i]G1</c> for <c>i &lt; Count</c>, and <c>[τ]G2</c>. Universal: one string serves every model whose
/// rows are not longer than it.
/// </summary>
public sealed class StructuredReferenceString
{
    /// <summary>Greatest number of powers that this program handles.</summary>
    public const int MaximumCount = 1 << 22;

    /// <summary>A string whose points have been checked by the caller, see <see cref="PowersCheck"/>.</summary>
    /// <param name="powers"><c>[τ^i]G1</c>, at least two.</param>
    /// <param name="tauG2"><c>[τ]G2</c>.</param>
    /// <param name="isInsecure">True where the string was generated locally.</param>
    internal StructuredReferenceString(G1Bases powers, in G2 tauG2, bool isInsecure)
    {
        Powers = powers;
        TauG2 = tauG2;
        Origin = isInsecure ? SetupOrigin.InsecureLocal : KnownCeremonies.Recognise(tauG2);
        Id = ComputeId(powers[1], tauG2, Origin);
    }

    /// <summary><c>[τ^i]G1</c>.</summary>
    public G1Bases Powers { get; }

    /// <summary>Number of powers in G1.</summary>
    public int Count => Powers.Count;

    /// <summary><c>[1]G2</c>.</summary>
    public static G2 GeneratorG2 => G2.Generator;

    /// <summary><c>[τ]G2</c>.</summary>
    public G2 TauG2 { get; }

    /// <summary>Where the string comes from.</summary>
    public SetupOrigin Origin { get; }

    /// <summary>True where the string was generated locally, so that its secret may be known.</summary>
    public bool IsInsecure => Origin.Trust == SetupTrust.Insecure;

    /// <summary>
    /// 32 bytes that name the setup: <c>keccak(domain, trust, [τ]G1, [τ]G2, origin's name)</c>. The number of powers takes no part: a longer
    /// string of the same secret is the same setup.
    /// </summary>
    public ReadOnlyMemory<byte> Id { get; }

    /// <summary>The first <paramref name="count"/> powers of the same setup.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public StructuredReferenceString Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return count == Count ? this : new StructuredReferenceString(Powers.Slice(0, count), TauG2, IsInsecure);
    }

    private static byte[] ComputeId(in G1 tauG1, in G2 tauG2, SetupOrigin origin)
    {
        ReadOnlySpan<byte> domain = "VerifiableML/setup/1"u8;
        byte[] name = Encoding.UTF8.GetBytes(origin.Name);
        var bytes = new byte[domain.Length + 1 + G1.ByteLength + G2.ByteLength + sizeof(int) + name.Length];
        Span<byte> rest = bytes;
        domain.CopyTo(rest);
        rest = rest[domain.Length..];
        rest[0] = (byte)origin.Trust;
        tauG1.Encode(rest.Slice(1, G1.ByteLength));
        rest = rest[(1 + G1.ByteLength)..];
        tauG2.Encode(rest[..G2.ByteLength]);
        rest = rest[G2.ByteLength..];
        BinaryPrimitives.WriteInt32BigEndian(rest, name.Length);
        name.CopyTo(rest[sizeof(int)..]);
        return Keccak256.Hash(bytes);
    }
}
