using System.Runtime.CompilerServices;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Tests.Groth16;

/// <summary>Points outside of their groups, which no public constructor makes.</summary>
internal static class StrayPoints
{
    public static G1 OffCurve { get; } = Make(Fq.One, Fq.One);

    public static G2 OffTwist { get; } = Make(Fq2.One, Fq2.One);

    /// <summary>A point of the twist whose order does not divide r: a random one is, but for one in 2^254.</summary>
    public static G2 OutsideSubgroup { get; } = FindOnTwist();

    private static G2 FindOnTwist()
    {
        Fq2 b = new Fq2(Fq.FromUInt64(3), Fq.Zero) * new Fq2(Fq.FromUInt64(9), Fq.One).Inverse();
        for (ulong i = 1; ; i++)
        {
            var x = new Fq2(Fq.FromUInt64(i), Fq.One);
            if (((x.Square() * x) + b).TrySquareRoot(out Fq2 y))
            {
                return Make(x, y);
            }
        }
    }

    private static G1 Make(Fq x, Fq y)
    {
        Fq[] coordinates = [x, y];
        return Unsafe.As<Fq, G1>(ref coordinates[0]);
    }

    private static G2 Make(Fq2 x, Fq2 y)
    {
        Fq2[] coordinates = [x, y];
        return Unsafe.As<Fq2, G2>(ref coordinates[0]);
    }
}
