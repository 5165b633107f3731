using System.Numerics;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Algebra.Tests.Groups;

public unsafe class CommonScalarMultiplicationTests
{
    public static TheoryData<BigInteger> Scalars =>
    [
        BigInteger.Zero, BigInteger.One, -BigInteger.One, 2, -2, 3, 7, 8, 9, 15, 16, 17, ulong.MaxValue, BigInteger.One << 127, SplitScalar.Lambda,
        -SplitScalar.Lambda, SplitScalar.Lambda + 1, SplitScalar.Lambda - 1, Fr.Modulus / 2, BigInteger.Parse("1234567890123456789012345678901234567890123456789"),
    ];

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Multiples_equal_single_multiplications(BigInteger integer)
    {
        Fr scalar = Fr.FromBigInteger(integer);
        G1[] points = [.. GroupSamples.Points(17), G1.Infinity, G1.Generator, G1.Infinity, G1.Generator, -G1.Generator];
        G2[] twist = [.. GroupSamples.TwistPoints(9), G2.Infinity, G2.Generator, -G2.Generator];
        G1[] expected = points.Select(p => p.Multiply(scalar)).ToArray();
        G2[] expectedTwist = twist.Select(p => p.Multiply(scalar)).ToArray();
        Assert.Equal(expected, CommonScalarMultiplication.Compute(new G1Bases(points), scalar).ToArray());
        Assert.Equal(expected, CommonScalarMultiplication.Compute(new G1Bases(points, ScalarBatchAdder<Fq>.Instance), scalar).ToArray());
        Assert.Equal(expectedTwist, CommonScalarMultiplication.Compute(new G2Bases(twist), scalar).ToArray());
        Assert.Equal(expectedTwist, CommonScalarMultiplication.Compute(new G2Bases(twist, ScalarBatchAdder<Fq2>.Instance), scalar).ToArray());
    }

    [Fact]
    public void Sequences_longer_than_a_list_are_multiplied_throughout()
    {
        const int length = (2 * MultiplicationList.Capacity) + 77;
        Fr scalar = GroupSamples.Scalars(1)[0];
        G1[] points = GroupSamples.Points(length);
        G1[] multiples = CommonScalarMultiplication.Compute(new G1Bases(points), scalar).ToArray();
        Assert.Equal(length, multiples.Length);
        for (int i = 0; i < length; i += 7)
        {
            Assert.Equal(points[i].Multiply(scalar), multiples[i]);
        }

        Assert.Equal(0, CommonScalarMultiplication.Compute(new G1Bases([]), scalar).Count);
    }

    [Fact]
    public void Each_multiplication_of_a_list_has_a_scalar_of_its_own()
    {
        BatchAdder<Fq> adder = BatchAdders.G1;
        G1[] points = [.. GroupSamples.Points(300), .. Enumerable.Repeat(G1.Generator, 300)];
        Fr[] scalars =
        [
            .. GroupSamples.Scalars(300), Fr.Zero, Fr.One, -Fr.One,
            .. Enumerable.Range(0, 297).Select(i => i < 40 ? Fr.FromInt64(i - 20) : Fr.FromBigInteger((BigInteger.One << (i - 40)) - 1)),
        ];
        PointBuffer buffer = adder.NewBuffer(points.Length);
        MultiplicationList list = MultiplicationList.Rent(adder);
        for (int i = 0; i < points.Length; i++)
        {
            // In place, and every third point negated by its reference.
            adder.Pack(points[i].X, points[i].Y, buffer.At(i));
            list.Add(PointReference.To(buffer.At(i)) | (i % 3 == 0 ? 1u : 0u), SplitScalar.Of(scalars[i]), buffer.At(i));
        }

        list.Flush();
        MultiplicationList.Return(list);
        for (int i = 0; i < points.Length; i++)
        {
            G1 expected = points[i].Multiply(i % 3 == 0 ? -scalars[i] : scalars[i]);
            Assert.Equal((expected.X, expected.Y), adder.Unpack(buffer.At(i)));
        }
    }
}
