using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>[τ^i·(τ^n − 1)]₁, the differences of powers that are n apart: what a quotient's coefficients are multiplied with.</summary>
internal static class VanishingPowers
{
    private const int PiecePoints = 1 << 10;

    /// <summary>All differences of <paramref name="powers"/> that are <paramref name="rows"/> apart.</summary>
    public static G1[] Compute(G1[] powers, int rows)
    {
        int count = powers.Length - rows;
        var differences = new G1[count];
        Parallel.For(0, (count + PiecePoints - 1) / PiecePoints, piece =>
        {
            int start = piece * PiecePoints;
            var sums = new JacobianPoint<Fq>[Math.Min(PiecePoints, count - start)];
            for (int i = 0; i < sums.Length; i++)
            {
                G1 lower = -powers[start + i];
                JacobianPoint<Fq> upper = powers[start + i + rows].ToJacobian();
                sums[i] = lower.IsInfinity ? upper : upper.AddAffine(lower.X, lower.Y);
            }

            G1.FromJacobian(sums).CopyTo(differences, start);
        });
        return differences;
    }

    /// <summary>The encodings that <see cref="PhaseOne.EncodeVanishingPowers"/> promises.</summary>
    /// <param name="differences">What <see cref="Compute"/> made.</param>
    /// <param name="powers">The powers that it was made of.</param>
    /// <param name="domainBits">The binary logarithm of the number of rows.</param>
    /// <param name="section">The section that the powers were read from.</param>
    /// <exception cref="InvalidFileException">The file ends where snarkjs would go on reading.</exception>
    public static byte[] Encode(G1[] differences, G1[] powers, int domainBits, SectionReader section)
    {
        int count = PhaseOne.HashedVanishingPowers(domainBits);
        var bytes = new byte[count * G1.ByteLength];
        Parallel.For(0, Math.Min(count, differences.Length), i => differences[i].Encode(bytes.AsSpan(i * G1.ByteLength, G1.ByteLength)));
        if (count > differences.Length)
        {
            Span<byte> following = stackalloc byte[G1.ByteLength];
            section.ReadFollowing(following);
            OverreadPoint.Subtract(following, powers[count - 1]).CopyTo(bytes.AsSpan((count - 1) * G1.ByteLength));
        }

        return bytes;
    }
}
