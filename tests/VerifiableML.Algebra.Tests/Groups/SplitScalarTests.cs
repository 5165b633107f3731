using System.Numerics;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Algebra.Tests.Groups;

public unsafe class SplitScalarTests
{
    [Fact]
    public void Lambda_is_a_cube_root_of_unity()
    {
        Assert.NotEqual(BigInteger.One, SplitScalar.Lambda);
        Assert.Equal(BigInteger.One, BigInteger.ModPow(SplitScalar.Lambda, 3, Fr.Modulus));
    }

    [Fact]
    public void The_halves_are_short_and_make_up_the_scalar()
    {
        Fr lambda = Fr.FromBigInteger(SplitScalar.Lambda), half = Fr.FromUInt64(2).Inverse();
        Fr[] scalars =
        [
            .. GroupSamples.Scalars(2000), Fr.Zero, Fr.One, -Fr.One, lambda, -lambda, lambda - Fr.One, half, -half, lambda * half,
            .. Enumerable.Range(0, 254).Select(i => Fr.FromBigInteger(BigInteger.One << i)),
        ];
        foreach (Fr scalar in scalars)
        {
            SplitScalar split = SplitScalar.Of(scalar);
            Assert.True(split.First >> SplitScalar.HalfBits == 0 && split.Second >> SplitScalar.HalfBits == 0);
            Fr first = Fr.FromBigInteger(split.First), second = Fr.FromBigInteger(split.Second);
            Assert.Equal(scalar, (split.FirstIsNegative ? -first : first) + (lambda * (split.SecondIsNegative ? -second : second)));
        }
    }

    [Fact]
    public void Small_scalars_stay_small()
    {
        Assert.Equal(new SplitScalar(77, false, 0, false), SplitScalar.Of(Fr.FromUInt64(77)));
        Assert.Equal(new SplitScalar(77, true, 0, false), SplitScalar.Of(Fr.FromInt64(-77)));
    }

    [Fact]
    public void The_endomorphism_multiplies_by_lambda()
    {
        Fr lambda = Fr.FromBigInteger(SplitScalar.Lambda);
        G1 p = GroupSamples.Points(1)[0];
        G2 q = GroupSamples.TwistPoints(1)[0];
        (Fq x, Fq y) = Image(ScalarBatchAdder<Fq>.Instance, p.X, p.Y);
        Assert.Equal(p.Multiply(lambda), new G1(x, y));
        (x, y) = Image(BatchAdders.G1, p.X, p.Y);
        Assert.Equal(p.Multiply(lambda), new G1(x, y));
        (Fq2 u, Fq2 v) = Image(ScalarBatchAdder<Fq2>.Instance, q.X, q.Y);
        Assert.Equal(q.Multiply(lambda), new G2(u, v));
        (u, v) = Image(BatchAdders.G2, q.X, q.Y);
        Assert.Equal(q.Multiply(lambda), new G2(u, v));
    }

    private static (TField X, TField Y) Image<TField>(BatchAdder<TField> adder, TField x, TField y)
        where TField : unmanaged, IFieldElement<TField>
    {
        PointBuffer buffer = adder.NewBuffer(2);
        adder.Pack(x, y, buffer.At(0));
        Endomorphism.Apply(buffer.At(0), buffer.At(1), adder.Words);
        return adder.Unpack(buffer.At(1));
    }
}
