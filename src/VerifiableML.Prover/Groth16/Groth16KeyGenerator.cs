using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Groth16;

/// <summary>Makes the key of a circuit from a phase one, the same key that snarkjs makes of the same constraints and powers.</summary>
public static class Groth16KeyGenerator
{
    /// <summary>
    /// The key with γ = δ = 1: nobody has contributed to it yet, and a verifier refuses it. It has no
    /// <see cref="Groth16ProvingKey.ConstraintSystemHash"/>.
    /// </summary>
    /// <param name="system">The circuit.</param>
    /// <param name="phaseOne">The secrets τ, α, β, as numbers or in the exponent.</param>
    /// <exception cref="ArgumentException">The circuit is too large for the phase one.</exception>
    public static Groth16ProvingKey Generate(ConstraintSystem system, PhaseOne phaseOne)
    {
        int domainBits = DomainBits(system);
        if (domainBits > phaseOne.MaximumDomainBits)
        {
            throw new ArgumentException(
                $"the circuit needs a domain of 2^{domainBits} rows, the setup serves 2^{phaseOne.MaximumDomainBits}", nameof(phaseOne));
        }

        SparseMatrix a = PublicRows.AppendUnitRows(system.A, system.PublicCount + 1);
        SparseMatrix b = PublicRows.AppendEmptyRows(system.B, system.PublicCount + 1);
        SparseMatrix c = PublicRows.AppendEmptyRows(system.C, system.PublicCount + 1);
        KeyPoints points = phaseOne switch
        {
            PhaseOneSecrets secrets => KeyPointsFromSecrets.Compute(secrets, system.WireCount, domainBits, a, b, c),
            PhaseOnePoints source => KeyPointsFromLagrange.Compute(source.GetLagrangePoints(domainBits), system.WireCount, a, b, c),
            _ => throw new ArgumentException("a phase one of an unknown kind", nameof(phaseOne)),
        };
        int inputs = system.PublicCount + 1;
        ImmutableArray<G1> inputPoints = [.. points.Mixed.Slice(0, inputs).ToArray()];
        return new Groth16ProvingKey
        {
            Verification = new Groth16VerificationKey(phaseOne.AlphaG1, phaseOne.BetaG2, G2.Generator, G2.Generator, inputPoints),
            Beta = phaseOne.BetaG1,
            Delta = G1.Generator,
            WireCount = system.WireCount,
            PublicCount = system.PublicCount,
            DomainBits = domainBits,
            A = a,
            B = b,
            PointsA = points.A,
            PointsB1 = points.B1,
            PointsB2 = points.B2,
            PointsC = points.Mixed.Slice(inputs, system.WireCount - inputs),
            PointsH = points.H,
        };
    }

    /// <summary>The least k ≥ 1 for which 2^k rows hold the constraints and a row for the constant and for each public wire.</summary>
    public static int DomainBits(ConstraintSystem system) =>
        Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)(system.ConstraintCount + system.PublicCount)));
}
