using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Groups;

public class G2MultiScalarMultiplicationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(33)]
    public void Sums_equal_single_multiplications(int count)
    {
        G2[] points = [.. GroupSamples.Scalars(count, seed: 21).Select(s => G2.Generator.Multiply(s)), G2.Generator];
        Fr[] scalars = GroupSamples.Scalars(count, seed: 22);
        Fr[] special = [-Fr.One, Fr.One, Fr.Zero];
        special.AsSpan(0, Math.Min(special.Length, count)).CopyTo(scalars);
        if (count > 5)
        {
            points[3] = G2.Infinity;
            (points[5], scalars[5]) = (points[4], -scalars[4]);
        }

        G2 expected = G2.Infinity;
        for (int i = 0; i < count; i++)
        {
            expected += points[i].Multiply(scalars[i]);
        }

        using FrVector vector = FrVector.Rent(count);
        vector.All.CopyFrom(scalars);
        Assert.Equal(expected, G2MultiScalarMultiplication.Compute(points, vector.All));
    }

    [Fact]
    public void More_scalars_than_points_are_refused()
    {
        using FrVector scalars = FrVector.Rent(2, cleared: true);
        Assert.Throws<ArgumentException>(() => G2MultiScalarMultiplication.Compute(new G2[1], scalars.All));
    }
}
