using VerifiableML.Algebra.Groups;

namespace VerifiableML.Algebra.Tests.Groups;

public unsafe class BatchAdderTests
{
    [Fact]
    public void Scalar_additions_equal_the_group_law() => CheckAgainstGroupLaw(ScalarBatchAdder.Instance);

    [Fact]
    public void Vectorised_additions_equal_the_group_law()
    {
        if (VectorBatchAdder.IsSupported)
        {
            CheckAgainstGroupLaw(VectorBatchAdder.Instance);
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
            MultiScalarMultiplication.ComputeSmall(new G1Bases(points, ScalarBatchAdder.Instance), scalars),
            MultiScalarMultiplication.ComputeSmall(new G1Bases(points, VectorBatchAdder.Instance), scalars));
    }

    /// <summary>Batches of every length around the vectors' width, with every special case in every lane, in place and not.</summary>
    private static void CheckAgainstGroupLaw(BatchAdder adder)
    {
        G1[] points = [.. GroupSamples.Points(40), G1.Infinity, G1.Infinity, G1.Generator, -G1.Generator];
        var random = new Random(7);
        foreach (int count in new[] { 1, 2, 7, 8, 9, 16, 23, 200, AdditionList.Capacity })
        {
            int kinds = count == 200 ? 3 : points.Length; // few different points: nearly every lane is special
            var operands = new PointBuffer(2 * count);
            var results = new PointBuffer(count);
            var expected = new G1[count];
            var list = new AdditionList(adder);
            bool inPlace = count % 2 == 0;
            for (int i = 0; i < count; i++)
            {
                G1 left = points[points.Length - 1 - random.Next(kinds)], right = points[points.Length - 1 - random.Next(kinds)];
                uint leftSign = (uint)random.Next(2), rightSign = (uint)random.Next(2);
                adder.Pack(left, operands.At(2 * i));
                adder.Pack(right, operands.At((2 * i) + 1));
                expected[i] = (leftSign == 0 ? left : -left) + (rightSign == 0 ? right : -right);
                list.Add(
                    PointReference.To(operands.Pointer, (uint)(4 * i) | leftSign),
                    PointReference.To(operands.Pointer, (uint)((4 * i) + 2) | rightSign),
                    inPlace ? operands.At(2 * i) : results.At(i));
            }

            list.Flush();
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(expected[i], adder.Unpack(inPlace ? operands.At(2 * i) : results.At(i)));
            }

            GC.KeepAlive(operands);
            GC.KeepAlive(results);
        }
    }
}
