using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// A scalar of which only the wires are known: a linear combination. Sums and constant multiples cost nothing; the product of two variables is a
/// constraint. Code over <see cref="IScalar{TSelf}"/> that runs on these writes a constraint system.
/// </summary>
public readonly struct CircuitVariable : IScalar<CircuitVariable>
{
    private readonly LinearCombination? _combination;

    /// <summary>Null for constants, which belong to every system.</summary>
    private readonly ConstraintSystemBuilder? _builder;

    internal CircuitVariable(LinearCombination combination, ConstraintSystemBuilder? builder)
    {
        _combination = combination;
        _builder = builder;
    }

    /// <inheritdoc/>
    public static CircuitVariable Zero => default;

    /// <inheritdoc/>
    public static CircuitVariable One => FromConstant(Fr.One);

    /// <summary>The combination.</summary>
    internal LinearCombination Combination => _combination ?? LinearCombination.Zero;

    /// <inheritdoc/>
    public static CircuitVariable FromConstant(Fr value) => new(LinearCombination.OfConstant(value), null);

    /// <inheritdoc/>
    public static CircuitVariable operator +(in CircuitVariable left, in CircuitVariable right) => Add(left, right, Fr.One);

    /// <inheritdoc/>
    public static CircuitVariable operator -(in CircuitVariable left, in CircuitVariable right) => Add(left, right, -Fr.One);

    /// <inheritdoc/>
    public static CircuitVariable operator -(in CircuitVariable value) => new(value.Combination.Scale(-Fr.One), value._builder);

    /// <inheritdoc/>
    public static CircuitVariable operator *(in CircuitVariable left, in CircuitVariable right)
    {
        ConstraintSystemBuilder? builder = left._builder ?? right._builder;
        return left.Combination.IsConstant ? new(right.Combination.Scale(left.Combination.Constant), builder)
            : right.Combination.IsConstant ? new(left.Combination.Scale(right.Combination.Constant), builder)
            : builder!.Multiply(left.Combination, right.Combination);
    }

    private static CircuitVariable Add(in CircuitVariable left, in CircuitVariable right, in Fr factor)
    {
        ConstraintSystemBuilder? builder = left._builder ?? right._builder;
        LinearCombination sum = LinearCombination.Add(left.Combination, right.Combination, factor);
        return builder is null ? new(sum, null) : builder.Shorten(sum);
    }
}
