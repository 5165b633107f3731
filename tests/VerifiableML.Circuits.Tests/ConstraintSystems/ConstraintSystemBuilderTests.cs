using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Circuits.Tests.ConstraintSystems;

/// <summary>Code over scalars, run over circuit variables, yields wires with the values that it computes over field elements.</summary>
public sealed class ConstraintSystemBuilderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_expressions_have_the_same_value(int seed)
    {
        Fr[] values = [.. Enumerable.Range(0, 6).Select(i => Draw.Scalar((seed * 100) + i))];
        var builder = new ConstraintSystemBuilder(1);
        CircuitVariable[] inputs = [.. values.Select(_ => builder.Input())];
        builder.RequireZero(Expression(inputs, seed) - builder.Public(0));
        CompiledConstraints compiled = builder.Build();
        Fr expected = Expression(values, seed);
        Assert.True(compiled.TrySolve([expected], values, out Fr[]? wires, out int violated));
        Assert.Equal(-1, violated);
        Assert.Equal(-1, compiled.System.FindViolation(wires));
        Assert.False(compiled.TrySolve([expected + Fr.One], values, out _, out violated));
        Assert.Equal(compiled.System.ConstraintCount - 1, violated);
    }

    [Fact]
    public void What_is_equal_is_computed_once()
    {
        var builder = new ConstraintSystemBuilder(0);
        CircuitVariable x = builder.Input();
        CircuitVariable y = builder.Input();
        CircuitVariable product = x * y;
        CircuitVariable again = y * x;
        builder.RequireZero((product - again) * CircuitVariable.One);
        _ = (x + y) * (x - y);
        _ = (y + x) * (x - y);
        Assert.Equal(2, builder.Build().System.ConstraintCount);
    }

    [Fact]
    public void Constants_cost_nothing()
    {
        var builder = new ConstraintSystemBuilder(0);
        CircuitVariable x = builder.Input();
        CircuitVariable three = CircuitVariable.FromConstant(Fr.FromInt64(3));
        CircuitVariable sum = (three * x) + (x * three) - (CircuitVariable.FromConstant(Fr.FromInt64(6)) * x);
        builder.RequireZero(sum);
        builder.RequireZero((three * three) - CircuitVariable.FromConstant(Fr.FromInt64(9)));
        Assert.Equal(0, builder.Build().System.ConstraintCount);
        Assert.Throws<InvalidOperationException>(() => builder.RequireZero(three));
    }

    [Fact]
    public void An_inverse_is_that_of_a_value_other_than_zero()
    {
        var builder = new ConstraintSystemBuilder(1);
        CircuitVariable x = builder.Input();
        builder.RequireZero(builder.RequireInverse(x) - builder.Public(0));
        CompiledConstraints compiled = builder.Build();
        Fr value = Draw.Scalar(5);
        Assert.True(compiled.TrySolve([value.Inverse()], [value], out _, out _));
        Assert.False(compiled.TrySolve([value], [value], out _, out _));
        Assert.False(compiled.TrySolve([Fr.Zero], [Fr.Zero], out _, out int violated));
        Assert.Equal(0, violated);
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        var builder = new ConstraintSystemBuilder(0) { Part = "first" };
        CircuitVariable x = builder.Input();
        x *= x;
        builder.Part = "second";
        x *= x;
        x *= x;
        CompiledConstraints compiled = builder.Build();
        Assert.Equal([("second", 2), ("first", 1)], compiled.Parts.ToArray());
    }

    /// <summary>Sums longer than a combination may be, products of sums, and constants.</summary>
    private static T Expression<T>(T[] inputs, int seed)
        where T : struct, IScalar<T>
    {
        var random = new Random(seed);
        List<T> values = [.. inputs, T.One, T.FromConstant(Fr.FromInt64(-7))];
        for (int i = 0; i < 120; i++)
        {
            T left = values[random.Next(values.Count)];
            T right = values[random.Next(values.Count)];
            values.Add(random.Next(4) switch { 0 => left * right, 1 => left + right, 2 => left - right, _ => -left });
        }

        T sum = T.Zero;
        foreach (T value in values)
        {
            sum = sum + sum + value;
        }

        return sum;
    }
}
