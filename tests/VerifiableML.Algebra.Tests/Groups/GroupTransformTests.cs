using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Groups;

public class GroupTransformTests
{
    public static TheoryData<int> LogSizes => [0, 1, 2, 3, 5, 8];

    [Theory]
    [MemberData(nameof(LogSizes))]
    public void Powers_become_the_Lagrange_basis(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        Fr tau = GroupSamples.Scalars(1, seed: 31)[0];
        using FrVector powers = Powers(tau, domain.Size), lagrange = Vector(domain.EvaluateLagrange(tau));
        Assert.Equal(
            FixedBaseMultiplication.Compute(G1.Generator, lagrange.All).ToArray(),
            GroupTransform.Inverse(domain, FixedBaseMultiplication.Compute(G1.Generator, powers.All)).ToArray());
        Assert.Equal(
            FixedBaseMultiplication.Compute(G2.Generator, lagrange.All).ToArray(),
            GroupTransform.Inverse(domain, FixedBaseMultiplication.Compute(G2.Generator, powers.All)).ToArray());
    }

    [Fact]
    public void Transforms_of_several_jobs_a_layer_are_those_of_the_logarithms()
    {
        var domain = new EvaluationDomain(13);
        Fr tau = GroupSamples.Scalars(1, seed: 32)[0];
        using FrVector powers = Powers(tau, domain.Size), lagrange = Vector(domain.EvaluateLagrange(tau));
        G1Bases points = FixedBaseMultiplication.Compute(G1.Generator, powers.All);
        G1[] expected = FixedBaseMultiplication.Compute(G1.Generator, lagrange.All).ToArray();
        Assert.Equal(expected, GroupTransform.Inverse(domain, points).ToArray());
        Assert.Equal(
            expected.Where((_, i) => i % 2 == 1).ToArray(), GroupTransform.InverseOdd(domain, points).ToArray());
    }

    [Theory]
    [MemberData(nameof(LogSizes))]
    public void Arbitrary_points_with_infinity_and_repetitions_are_transformed_as_their_logarithms(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        var random = new Random(logSize);
        Fr[] choices = [Fr.Zero, Fr.One, -Fr.One, Fr.FromUInt64(2), GroupSamples.Scalar(random)];
        Fr[] logarithms = Enumerable.Range(0, domain.Size).Select(_ => choices[random.Next(choices.Length)]).ToArray();
        G1[] points = logarithms.Select(k => G1.Generator.Multiply(k)).ToArray();
        using FrVector values = Vector(logarithms);
        domain.InverseTransform(values.All);
        G1[] expected = FixedBaseMultiplication.Compute(G1.Generator, values.All).ToArray();
        Assert.Equal(expected, GroupTransform.Inverse(domain, new G1Bases(points)).ToArray());
        Assert.Equal(expected, GroupTransform.Inverse(domain, new G1Bases(points, ScalarBatchAdder<Fq>.Instance)).ToArray());
        if (logSize > 0)
        {
            Assert.Equal(
                expected.Where((_, i) => i % 2 == 1).ToArray(), GroupTransform.InverseOdd(domain, new G1Bases(points)).ToArray());
        }
    }

    [Fact]
    public void Other_numbers_of_points_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GroupTransform.Inverse(new EvaluationDomain(2), new G1Bases(new G1[3])));
        Assert.Throws<ArgumentException>(() => GroupTransform.Inverse(new EvaluationDomain(2), new G2Bases(new G2[5])));
        Assert.Throws<ArgumentException>(() => GroupTransform.InverseOdd(new EvaluationDomain(0), new G1Bases(new G1[1])));
    }

    private static FrVector Powers(Fr tau, int count)
    {
        Fr[] powers = new Fr[count];
        Fr power = Fr.One;
        for (int i = 0; i < count; i++, power *= tau)
        {
            powers[i] = power;
        }

        return Vector(powers);
    }

    private static FrVector Vector(Fr[] values)
    {
        FrVector vector = FrVector.Rent(values.Length);
        vector.All.CopyFrom(values);
        return vector;
    }
}
