using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Commitments;

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
        Id = Identity(tauG2, IsInsecure);
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
    /// 32 bytes that name the setup: <c>keccak(domain, whether it is insecure, [τ]G2)</c>, which anyone can compute from a key, on a chain as well. The other points follow
    /// from <c>[τ]G2</c>, and so does a ceremony's name. The number of powers takes no part: a longer string of the same secret is the same setup.
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

    /// <summary>The identity of the setup with this <c>[τ]G2</c>: see <see cref="Id"/>.</summary>
    /// <param name="tauG2"><c>[τ]G2</c>.</param>
    /// <param name="isInsecure">Whether the setup is marked, or known by its point, as made locally.</param>
    public static byte[] Identity(in G2 tauG2, bool isInsecure)
    {
        var mark = new byte[32];
        mark[^1] = isInsecure ? (byte)1 : (byte)0;
        return new ByteTranscript("setup").Append(mark).Append(tauG2).Hash();
    }
}
