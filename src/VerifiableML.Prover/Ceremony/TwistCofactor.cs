using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Prover.Ceremony;

/// <summary>The curve that has G2 in it has 2p − r times as many points as G2; this multiple of any of them is in G2.</summary>
internal static class TwistCofactor
{
    private static readonly BigInteger Cofactor = (2 * Fq.Modulus) - Fr.Modulus;

    /// <summary>b of the twist y² = x³ + b: 3/(9 + u).</summary>
    public static Fq2 CurveConstant { get; } =
        new Fq2(Fq.FromUInt64(3), Fq.Zero) * new Fq2(Fq.FromUInt64(9), Fq.One).Inverse();

    /// <summary>The multiple of a point of the twist that lies in G2; double-and-add, as it is done twice a contribution.</summary>
    public static G2 Clear(JacobianPoint<Fq2> point)
    {
        JacobianPoint<Fq2> sum = JacobianPoint<Fq2>.Infinity;
        for (int bit = (int)Cofactor.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Double();
            if (!((Cofactor >> bit) & BigInteger.One).IsZero)
            {
                sum += point;
            }
        }

        return G2.FromJacobian(sum);
    }
}
