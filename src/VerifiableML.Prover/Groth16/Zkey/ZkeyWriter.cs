using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Prover.Groth16.Zkey;

/// <summary>Writes the sections of a <c>.zkey</c> file in the order of their numbers.</summary>
internal static class ZkeyWriter
{
    public static void Write(SectionWriter writer, Groth16ProvingKey key)
    {
        writer.Begin(ZkeyLayout.ProtocolSection, sizeof(uint));
        writer.Write(ZkeyLayout.Groth16Protocol);
        WriteHeader(writer, key);
        Groth16VerificationKey verification = key.Verification;
        writer.Begin(ZkeyLayout.InputsSection, (long)verification.Inputs.Length * G1.ByteLength);
        foreach (G1 input in verification.Inputs)
        {
            writer.Write(input);
        }

        ZkeyCoefficients.Write(writer, key.A, key.B);
        writer.WriteSection(ZkeyLayout.PointsASection, key.PointsA);
        writer.WriteSection(ZkeyLayout.PointsB1Section, key.PointsB1);
        writer.WriteSection(ZkeyLayout.PointsB2Section, key.PointsB2);
        writer.WriteSection(ZkeyLayout.PointsCSection, key.PointsC);
        writer.WriteSection(ZkeyLayout.PointsHSection, key.PointsH);
        ContributionSection.Write(writer, key.ConstraintSystemHash, key.Contributions);
    }

    private static void WriteHeader(SectionWriter writer, Groth16ProvingKey key)
    {
        writer.Begin(ZkeyLayout.HeaderSection, ZkeyLayout.HeaderLength);
        writer.WritePrime(Fq.Modulus);
        writer.WritePrime(Fr.Modulus);
        writer.Write((uint)key.WireCount);
        writer.Write((uint)key.PublicCount);
        writer.Write(1u << key.DomainBits);
        writer.Write(key.Verification.Alpha);
        writer.Write(key.Beta);
        writer.Write(key.Verification.Beta);
        writer.Write(key.Verification.Gamma);
        writer.Write(key.Delta);
        writer.Write(key.Verification.Delta);
    }
}
