using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Tests.Groth16;

/// <summary>Secrets that everyone knows, the same in the exponent, and keys with a δ.</summary>
internal static class TestSetup
{
    public static PhaseOneSecrets Secrets { get; } =
        new(RandomSystem.Draw(new Random(71)), RandomSystem.Draw(new Random(72)), RandomSystem.Draw(new Random(73)));

    public static Fr Delta { get; } = RandomSystem.Draw(new Random(74));

    /// <summary>A key of the system to which one party, who is known to know δ, has contributed.</summary>
    public static Groth16ProvingKey Key(ConstraintSystem system) => WithDelta(Groth16KeyGenerator.Generate(system, Secrets), Delta);

    /// <summary>What a contribution does to a key.</summary>
    public static Groth16ProvingKey WithDelta(Groth16ProvingKey key, Fr delta)
    {
        Fr inverse = delta.Inverse();
        return key with
        {
            Verification = key.Verification with { Delta = key.Verification.Delta.Multiply(delta) },
            Delta = key.Delta.Multiply(delta),
            PointsC = Scale(key.PointsC, inverse),
            PointsH = Scale(key.PointsH, inverse),
        };
    }

    private static G1Bases Scale(G1Bases points, Fr factor) => CommonScalarMultiplication.Compute(points, factor);

    /// <summary>The secrets hidden in points, each computed by itself.</summary>
    public sealed class Hidden(PhaseOneSecrets secrets) : PhaseOnePoints
    {
        public override int MaximumDomainBits => 6;

        public override SetupOrigin Origin => SetupOrigin.Unknown;

        public override G1 AlphaG1 => secrets.AlphaG1;

        public override G1 BetaG1 => secrets.BetaG1;

        public override G2 BetaG2 => secrets.BetaG2;

        public override LagrangePoints GetLagrangePoints(int domainBits)
        {
            Fr[] values = new EvaluationDomain(domainBits).EvaluateLagrange(secrets.Tau);
            Fr[] doubled = new EvaluationDomain(domainBits + 1).EvaluateLagrange(secrets.Tau);
            return new LagrangePoints(
                InG1(values, Fr.One),
                new G2Bases(Array.ConvertAll(values, value => G2.Generator.Multiply(value))),
                InG1(values, secrets.Alpha),
                InG1(values, secrets.Beta),
                InG1([.. doubled.Where((_, i) => i % 2 == 1)], Fr.One));
        }

        public override ReadOnlyMemory<byte> EncodeVanishingPowers(int domainBits) => secrets.EncodeVanishingPowers(domainBits);

        private static G1Bases InG1(Fr[] values, Fr factor) => new([.. values.Select(value => G1.Generator.Multiply(value * factor))]);
    }
}
