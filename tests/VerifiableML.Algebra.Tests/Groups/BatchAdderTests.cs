using VerifiableML.Algebra.Groups;

namespace VerifiableML.Algebra.Tests.Groups;

public unsafe class BatchAdderTests
{
    private static (Fq X, Fq Y)[] PointsOfG1 =>
        [.. new[] { G1.Infinity, G1.Infinity, G1.Generator, -G1.Generator }.Concat(GroupSamples.Points(40)).Select(p => (p.X, p.Y))];

    private static (Fq2 X, Fq2 Y)[] PointsOfG2 =>
        [.. new[] { G2.Infinity, G2.Infinity, G2.Generator, -G2.Generator }.Concat(GroupSamples.TwistPoints(40)).Select(p => (p.X, p.Y))];

    [Fact]
    public void Scalar_additions_equal_the_group_law()
    {
        CheckAdditions(ScalarBatchAdder<Fq>.Instance, PointsOfG1);
        CheckAdditions(ScalarBatchAdder<Fq2>.Instance, PointsOfG2);
    }

    [Fact]
    public void Vectorised_additions_equal_the_group_law()
    {
        if (VectorBatchAdder.IsSupported)
        {
            CheckAdditions(VectorBatchAdder.Instance, PointsOfG1);
            CheckAdditions(VectorTwistAdder.Instance, PointsOfG2);
        }
    }

    [Fact]
    public void Scalar_doublings_equal_the_group_law()
    {
        CheckDoublings(ScalarBatchAdder<Fq>.Instance, PointsOfG1[2..]);
        CheckDoublings(ScalarBatchAdder<Fq2>.Instance, PointsOfG2[2..]);
    }

    [Fact]
    public void Vectorised_doublings_equal_the_group_law()
    {
        if (VectorBatchAdder.IsSupported)
        {
            CheckDoublings(VectorBatchAdder.Instance, PointsOfG1[2..]);
            CheckDoublings(VectorTwistAdder.Instance, PointsOfG2[2..]);
        }
    }

    [Fact]
    public void Both_implementations_give_the_same_multiplications()
    {
        if (!VectorBatchAdder.IsSupported)
        {
            return;
        }

        const int length = 3000;
        G1[] points = GroupSamples.Points(length);
        for (int i = 0; i < length; i += 7)
        {
            points[i] = i % 2 == 0 ? points[0] : G1.Infinity;
        }

        var random = new Random(3);
        int[] scalars = Enumerable.Range(0, length).Select(_ => random.Next(-40_000, 40_000)).ToArray();
        Assert.Equal(
            MultiScalarMultiplication.ComputeSmall(new G1Bases(points, ScalarBatchAdder<Fq>.Instance), scalars),
            MultiScalarMultiplication.ComputeSmall(new G1Bases(points, VectorBatchAdder.Instance), scalars));
    }

    /// <summary>
    /// Batches of every length around the vectors' width, with every special case in every lane, in place and not. The first points are
    /// those that make special cases.
    /// </summary>
    private static void CheckAdditions<TField>(BatchAdder<TField> adder, (TField X, TField Y)[] points)
        where TField : unmanaged, IFieldElement<TField>
    {
        var random = new Random(7);
        foreach (int count in new[] { 1, 2, 7, 8, 9, 16, 23, 200, AdditionList.Capacity })
        {
            int kinds = count == 200 ? 3 : points.Length; // few different points: nearly every lane is special
            PointBuffer operands = adder.NewBuffer(2 * count), results = adder.NewBuffer(count);
            var expected = new JacobianPoint<TField>[count];
            var list = new AdditionList(adder);
            bool inPlace = count % 2 == 0;
            for (int i = 0; i < count; i++)
            {
                (TField X, TField Y) left = points[random.Next(kinds)], right = points[random.Next(kinds)];
                uint leftSign = (uint)random.Next(2), rightSign = (uint)random.Next(2);
                adder.Pack(left.X, left.Y, operands.At(2 * i));
                adder.Pack(right.X, right.Y, operands.At((2 * i) + 1));
                expected[i] = Signed(left, leftSign) + Signed(right, rightSign);
                list.Add(
                    PointReference.To(operands.Pointer, (uint)(4 * i) | leftSign, adder.Words),
                    PointReference.To(operands.Pointer, (uint)((4 * i) + 2) | rightSign, adder.Words),
                    inPlace ? operands.At(2 * i) : results.At(i));
            }

            list.Flush();
            for (int i = 0; i < count; i++)
            {
                AssertSame(expected[i], adder.Unpack(inPlace ? operands.At(2 * i) : results.At(i)));
            }

            GC.KeepAlive(operands);
            GC.KeepAlive(results);
        }
    }

    private static void CheckDoublings<TField>(BatchAdder<TField> adder, (TField X, TField Y)[] points)
        where TField : unmanaged, IFieldElement<TField>
    {
        foreach (int count in new[] { 1, 7, 8, 9, 40, AdditionList.Capacity })
        {
            PointBuffer operands = adder.NewBuffer(count), results = adder.NewBuffer(count);
            nuint[] sources = new nuint[count + BatchAdder.Padding], destinations = new nuint[count + BatchAdder.Padding];
            for (int i = 0; i < count; i++)
            {
                adder.Pack(points[i % points.Length].X, points[i % points.Length].Y, operands.At(i));
                sources[i] = (nuint)operands.At(i);
                destinations[i] = (nuint)(count % 2 == 0 ? operands : results).At(i);
            }

            nuint[] places = [.. destinations];
            fixed (nuint* from = sources, to = destinations)
            {
                adder.Double(from, to, count);
            }

            for (int i = 0; i < count; i++)
            {
                AssertSame(Signed(points[i % points.Length], 0).Double(), adder.Unpack((ulong*)places[i]));
            }

            GC.KeepAlive(operands);
            GC.KeepAlive(results);
        }
    }

    private static JacobianPoint<TField> Signed<TField>(in (TField X, TField Y) point, uint sign)
        where TField : unmanaged, IFieldElement<TField> =>
        point.X.IsZero && point.Y.IsZero
            ? JacobianPoint<TField>.Infinity
            : new JacobianPoint<TField>(point.X, sign == 0 ? point.Y : -point.Y, TField.One);

    private static void AssertSame<TField>(in JacobianPoint<TField> expected, (TField X, TField Y) actual)
        where TField : unmanaged, IFieldElement<TField> => Assert.Equal(expected.ToAffine(), actual);
}
