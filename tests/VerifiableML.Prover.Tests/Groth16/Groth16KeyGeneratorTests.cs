using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Tests.Groth16;

public sealed class Groth16KeyGeneratorTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 2)]
    [InlineData(40, 3)]
    public void Known_and_hidden_secrets_give_the_same_key(int constraints, int publicCount)
    {
        ConstraintSystem system = RandomSystem.Create(seed: 5, constraints, publicCount).System;
        Groth16ProvingKey known = Groth16KeyGenerator.Generate(system, TestSetup.Secrets);
        Groth16ProvingKey hidden = Groth16KeyGenerator.Generate(system, new TestSetup.Hidden(TestSetup.Secrets));
        Assert.Equal(known.Verification, hidden.Verification);
        Assert.Equal((known.Beta, known.Delta, known.DomainBits), (hidden.Beta, hidden.Delta, hidden.DomainBits));
        Assert.Equal(known.PointsA.ToArray(), hidden.PointsA.ToArray());
        Assert.Equal(known.PointsB1.ToArray(), hidden.PointsB1.ToArray());
        Assert.Equal(known.PointsB2.ToArray(), hidden.PointsB2.ToArray());
        Assert.Equal(known.PointsC.ToArray(), hidden.PointsC.ToArray());
        Assert.Equal(known.PointsH.ToArray(), hidden.PointsH.ToArray());
    }

    [Fact]
    public void The_points_of_a_wire_are_its_columns_at_tau()
    {
        ConstraintSystem system = RandomSystem.Create(seed: 6, constraints: 11, publicCount: 2).System;
        Groth16ProvingKey key = Groth16KeyGenerator.Generate(system, TestSetup.Secrets);
        Fr[] lagrange = new EvaluationDomain(key.DomainBits).EvaluateLagrange(TestSetup.Secrets.Tau);
        for (int wire = 0; wire < system.WireCount; wire++)
        {
            var unit = new Fr[system.WireCount];
            unit[wire] = Fr.One;
            Fr a = At(system.A, unit) + (wire <= system.PublicCount ? lagrange[system.ConstraintCount + wire] : Fr.Zero);
            Fr b = At(system.B, unit);
            Fr mixed = (TestSetup.Secrets.Beta * a) + (TestSetup.Secrets.Alpha * b) + At(system.C, unit);
            G1 inputOrC = wire <= system.PublicCount ? key.Verification.Inputs[wire] : key.PointsC[wire - system.PublicCount - 1];
            Assert.Equal(G1.Generator.Multiply(a), key.PointsA[wire]);
            Assert.Equal(G1.Generator.Multiply(b), key.PointsB1[wire]);
            Assert.Equal(G2.Generator.Multiply(b), key.PointsB2[wire]);
            Assert.Equal(G1.Generator.Multiply(mixed), inputOrC);
        }

        Fr At(SparseMatrix matrix, Fr[] wires) =>
            Enumerable.Range(0, matrix.Rows).Aggregate(Fr.Zero, (sum, row) => sum + (matrix.Evaluate(row, wires) * lagrange[row]));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(3, 0, 2)]
    [InlineData(4, 0, 3)]
    [InlineData(12, 3, 4)]
    [InlineData(13, 3, 5)]
    public void The_domain_holds_constraints_and_public_rows(int constraints, int publicCount, int bits) =>
        Assert.Equal(bits, Groth16KeyGenerator.DomainBits(RandomSystem.Create(seed: 0, constraints, publicCount).System));

    [Fact]
    public void A_circuit_that_is_too_large_for_the_setup_is_an_error()
    {
        ConstraintSystem system = RandomSystem.Create(seed: 0, constraints: 64, publicCount: 1).System;
        Assert.Throws<ArgumentException>(() => Groth16KeyGenerator.Generate(system, new TestSetup.Hidden(TestSetup.Secrets)));
    }

    [Fact]
    public void Degenerate_secrets_are_refused()
    {
        Fr two = Fr.FromUInt64(2);
        Assert.Throws<ArgumentException>(() => new PhaseOneSecrets(Fr.Zero, two, two));
        Assert.Throws<ArgumentException>(() => new PhaseOneSecrets(two, Fr.Zero, two));
        Assert.Throws<ArgumentException>(() => new PhaseOneSecrets(two, two, Fr.Zero));
        Assert.Throws<ArgumentException>(() => new PhaseOneSecrets(EvaluationDomain.RootOfUnity(9), two, two));
    }
}
