using VerifiableML.Algebra.Groups;

namespace VerifiableML.Algebra.Tests.Groups;

public class SparseSumsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(20, 30, 5)]
    [InlineData(100, 7, 12)]
    [InlineData(300, 400, 4)]
    public void Columns_equal_the_sums_of_their_terms(int rows, int columns, int termsOfRow)
    {
        var random = new Random(rows);
        Fr[] coefficients =
        [
            Fr.One, -Fr.One, Fr.Zero, .. GroupSamples.Scalars(4), Fr.FromUInt64(2), Fr.FromInt64(-2), Fr.FromUInt64(1UL << 40), Fr.One,
            Fr.FromUInt64(2).Inverse(), -Fr.FromUInt64(2).Inverse(),
        ];
        int[] starts = new int[rows + 1];
        List<int> columnOf = [], indices = [];
        for (int row = 0; row < rows; row++)
        {
            // Column 0 gets a term of nearly every row, as the constant wire does; columns may repeat within a row.
            int terms = row % 5 == 4 ? 0 : random.Next(termsOfRow + 1);
            for (int t = 0; t < terms; t++)
            {
                columnOf.Add(t == 0 ? 0 : random.Next(columns));
                indices.Add(random.Next(2) == 0 ? random.Next(2) : random.Next(coefficients.Length));
            }

            starts[row + 1] = columnOf.Count;
        }

        G1[] points = GroupSamples.Points(rows + 3);
        G2[] twist = GroupSamples.TwistPoints(rows);
        for (int i = 5; i < rows; i += 9)
        {
            points[i] = i % 2 == 0 ? points[i - 1] : G1.Infinity;
            twist[i] = i % 2 == 0 ? -twist[i - 1] : G2.Infinity;
        }

        Check(points, twist, starts, [.. columnOf], [.. indices], coefficients, columns);
    }

    [Fact]
    public void Terms_that_do_not_exist_are_refused()
    {
        var points = new G1Bases(GroupSamples.Points(2));
        Fr[] coefficients = [Fr.One];
        Assert.Throws<ArgumentException>(() => SparseSums.Compute(points, new SparseRows([0, 1], [3], [0], coefficients), 3));
        Assert.Throws<ArgumentException>(() => SparseSums.Compute(points, new SparseRows([0, 1], [0], [1], coefficients), 3));
        Assert.Throws<ArgumentException>(() => SparseSums.Compute(points, new SparseRows([0, 0, 0, 0], [], [], coefficients), 3));
        Assert.Throws<ArgumentException>(() => new SparseRows([0, 2], [0], [0], []).Rows);
        Assert.Throws<ArgumentException>(() => new SparseRows([], [], [], []).Rows);
    }

    private static void Check(G1[] points, G2[] twist, int[] starts, int[] columnOf, int[] indices, Fr[] coefficients, int columns)
    {
        var expected = new G1Jacobian[columns];
        var expectedTwist = new G2Jacobian[columns];
        Array.Fill(expected, G1Jacobian.Infinity);
        Array.Fill(expectedTwist, G2Jacobian.Infinity);
        for (int row = 0; row < starts.Length - 1; row++)
        {
            for (int term = starts[row]; term < starts[row + 1]; term++)
            {
                expected[columnOf[term]] += points[row].ToJacobian().Multiply(coefficients[indices[term]]);
                expectedTwist[columnOf[term]] += twist[row].ToJacobian().Multiply(coefficients[indices[term]]);
            }
        }

        var matrix = new SparseRows(starts, columnOf, indices, coefficients);
        G1[] sums = G1.FromJacobian(expected);
        Assert.Equal(sums, SparseSums.Compute(new G1Bases(points), matrix, columns).ToArray());
        Assert.Equal(sums, SparseSums.Compute(new G1Bases(points, ScalarBatchAdder<Fq>.Instance), matrix, columns).ToArray());
        Assert.Equal(G2.FromJacobian(expectedTwist), SparseSums.Compute(new G2Bases(twist), matrix, columns).ToArray());
    }
}
