using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization.Sections;
using VerifiableML.Prover.Ceremony;

namespace VerifiableML.Prover.Groth16.Zkey;

/// <summary>Reads the sections of a <c>.zkey</c> file. Every count is held against the file's length before anything of its size is allocated.</summary>
internal static class ZkeyReader
{
    public static Groth16ProvingKey Read(SectionFile file, ZkeyCheck check)
    {
        SectionReader protocol = file.Open(ZkeyLayout.ProtocolSection, "protocol", sizeof(uint));
        if (protocol.ReadUInt32() is uint id and not ZkeyLayout.Groth16Protocol)
        {
            throw protocol.Error($"protocol {id} is not Groth16, which has number {ZkeyLayout.Groth16Protocol}");
        }

        ZkeyHeader header = ReadHeader(file);
        int wires = header.WireCount;
        int publicWires = header.PublicCount + 1;

        // All lengths first: a file that does not fit together is not worth the reading of its points.
        SectionReader inputs = Points(file, ZkeyLayout.InputsSection, "IC", publicWires, G1.ByteLength);
        SectionReader a = Points(file, ZkeyLayout.PointsASection, "A", wires, G1.ByteLength);
        SectionReader b1 = Points(file, ZkeyLayout.PointsB1Section, "B in G1", wires, G1.ByteLength);
        SectionReader b2 = Points(file, ZkeyLayout.PointsB2Section, "B in G2", wires, G2.ByteLength);
        SectionReader c = Points(file, ZkeyLayout.PointsCSection, "C", wires - publicWires, G1.ByteLength);
        SectionReader h = Points(file, ZkeyLayout.PointsHSection, "H", 1 << header.DomainBits, G1.ByteLength);
        (ImmutableArray<byte> hash, ImmutableArray<PhaseTwoContribution> contributions) =
            ContributionSection.Read(file.Open(ZkeyLayout.ContributionsSection, "contributions"));
        (SparseMatrix matrixA, SparseMatrix matrixB) =
            ZkeyCoefficients.Read(file.Open(ZkeyLayout.CoefficientsSection, "coefficients"), wires, 1 << header.DomainBits);
        return new Groth16ProvingKey
        {
            Verification = new Groth16VerificationKey(
                header.AlphaG1, header.BetaG2, G2.Generator, header.DeltaG2, ImmutableArray.Create(inputs.ReadG1Points(publicWires))),
            Beta = header.BetaG1,
            Delta = header.DeltaG1,
            WireCount = wires,
            PublicCount = header.PublicCount,
            DomainBits = header.DomainBits,
            A = matrixA,
            B = matrixB,
            PointsA = new G1Bases(a.ReadG1Points(wires)),
            PointsB1 = new G1Bases(b1.ReadG1Points(wires)),
            PointsB2 = check == ZkeyCheck.Group ? b2.ReadG2Points(wires) : b2.ReadTwistPoints(wires),
            PointsC = new G1Bases(c.ReadG1Points(wires - publicWires)),
            PointsH = new G1Bases(h.ReadG1Points(1 << header.DomainBits)),
            ConstraintSystemHash = hash,
            Contributions = contributions,
        };
    }

    private static SectionReader Points(SectionFile file, uint type, string name, int count, int pointLength) =>
        file.Open(type, $"points {name}", (long)count * pointLength);

    private static ZkeyHeader ReadHeader(SectionFile file)
    {
        SectionReader section = file.Open(ZkeyLayout.HeaderSection, "header", ZkeyLayout.HeaderLength);
        section.RequirePrime(Fq.Modulus);
        section.RequirePrime(Fr.Modulus);
        int wires = section.ReadCount("wires", ZkeyLayout.MostWires);
        int publicWires = section.ReadCount("public wires", ZkeyLayout.MostWires);
        uint domain = section.ReadUInt32();
        if (publicWires >= wires)
        {
            throw section.Error($"{publicWires} public wires of {wires}, one of which is the constant");
        }

        if (!BitOperations.IsPow2(domain) || domain < 2 || domain > 1u << ZkeyLayout.GreatestDomainBits)
        {
            throw section.Error($"a domain of {domain} rows; it must be a power of two from 2 to 2^{ZkeyLayout.GreatestDomainBits}");
        }

        G1 alphaG1 = section.ReadG1("alpha");
        G1 betaG1 = section.ReadG1("beta");
        G2 betaG2 = section.ReadG2("beta");
        G2 gammaG2 = section.ReadG2("gamma");
        G1 deltaG1 = section.ReadG1("delta");
        G2 deltaG2 = section.ReadG2("delta");
        if (alphaG1.IsInfinity || betaG1.IsInfinity || deltaG1.IsInfinity)
        {
            throw section.Error("alpha, beta or delta is the point at infinity");
        }

        if (gammaG2 != G2.Generator)
        {
            throw section.Error("gamma is not the generator of G2");
        }

        RequireSameMultiple(section, "beta", betaG1, betaG2);
        RequireSameMultiple(section, "delta", deltaG1, deltaG2);
        return new ZkeyHeader(wires, publicWires, BitOperations.Log2(domain), alphaG1, betaG1, betaG2, deltaG1, deltaG2);
    }

    private static void RequireSameMultiple(SectionReader section, string name, in G1 inG1, in G2 inG2)
    {
        // e(x·G1, G2) = e(G1, x·G2)
        if (!Pairing.ProductIsOne([(inG1, G2.Generator), (-G1.Generator, inG2)]))
        {
            throw section.Error($"{name} is not the same in G1 and in G2");
        }
    }

    private sealed record ZkeyHeader(
        int WireCount, int PublicCount, int DomainBits, G1 AlphaG1, G1 BetaG1, G2 BetaG2, G1 DeltaG1, G2 DeltaG2);
}
