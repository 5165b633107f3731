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
    /// <exception cref="InvalidFileException">The file is so small that snarkjs would hash what it finds behind the powers.</exception>
    public static byte[] Encode(G1[] differences, int domainBits, SectionReader source)
    {
        int count = PhaseOne.HashedVanishingPowers(domainBits);
        if (count > differences.Length)
        {
            throw source.Error($"a domain of 2^{domainBits} rows needs a file of power {domainBits + 1} at least");
        }

        var bytes = new byte[count * G1.ByteLength];
        Parallel.For(0, count, i => differences[i].Encode(bytes.AsSpan(i * G1.ByteLength, G1.ByteLength)));
        return bytes;
    }
}
