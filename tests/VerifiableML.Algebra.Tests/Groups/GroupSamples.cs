using System.Numerics;

namespace VerifiableML.Algebra.Tests.Groups;

/// <summary>Reproducible points and scalars, and the definition that the fast sums are held against.</summary>
internal static class GroupSamples
{
    /// <summary>Points that are multiples of the generator by an arithmetic progression, all different.</summary>
    public static G1[] Points(int count, int seed = 1)
    {
        var random = new Random(seed);
        var step = G1.Generator.Multiply(Scalar(random));
        var points = new G1Jacobian[count];
        G1Jacobian point = G1.Generator.Multiply(Scalar(random)).ToJacobian();
        for (int i = 0; i < count; i++)
        {
            points[i] = point;
            point = point.AddAffine(step.X, step.Y);
        }

        return G1.FromJacobian(points);
    }

    /// <summary>The same in G2.</summary>
    public static G2[] TwistPoints(int count, int seed = 1)
    {
        var random = new Random(seed);
        var step = G2.Generator.Multiply(Scalar(random));
        var points = new G2Jacobian[count];
        G2Jacobian point = G2.Generator.Multiply(Scalar(random)).ToJacobian();
        for (int i = 0; i < count; i++)
        {
            points[i] = point;
            point = point.AddAffine(step.X, step.Y);
        }

        return G2.FromJacobian(points);
    }

    public static Fr Scalar(Random random)
    {
        Span<byte> bytes = stackalloc byte[40];
        random.NextBytes(bytes);
        return Fr.FromWideBytes(bytes);
    }

    public static Fr[] Scalars(int count, int seed = 2)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Scalar(random)).ToArray();
    }

    /// <summary>Σ s_i·P_i, one multiplication after the other.</summary>
    public static G1 Naive(ReadOnlySpan<G1> points, ReadOnlySpan<Fr> scalars)
    {
        G1Jacobian sum = G1Jacobian.Infinity;
        for (int i = 0; i < scalars.Length; i++)
        {
            sum += points[i].ToJacobian().Multiply(scalars[i]);
        }

        return G1.FromJacobian(sum);
    }

    public static G2 Naive(ReadOnlySpan<G2> points, ReadOnlySpan<Fr> scalars)
    {
        G2Jacobian sum = G2Jacobian.Infinity;
        for (int i = 0; i < scalars.Length; i++)
        {
            sum += points[i].ToJacobian().Multiply(scalars[i]);
        }

        return G2.FromJacobian(sum);
    }

    public static G1 Naive(ReadOnlySpan<G1> points, ReadOnlySpan<long> scalars) =>
        Naive(points, scalars.ToArray().Select(s => Fr.FromBigInteger(new BigInteger(s))).ToArray());
}
