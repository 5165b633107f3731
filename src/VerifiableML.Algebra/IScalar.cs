namespace VerifiableML.Algebra;

/// <summary>
/// What the verifier needs of a scalar. Over <see cref="Fr"/> it checks proofs; over the variables of a constraint system the same code
/// writes a circuit. So there is no comparison and no division here: a circuit cannot branch.
/// </summary>
/// <typeparam name="TSelf">The scalar type.</typeparam>
public interface IScalar<TSelf>
    where TSelf : struct, IScalar<TSelf>
{
    /// <summary>The neutral element of addition.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The neutral element of multiplication.</summary>
    static abstract TSelf One { get; }

    /// <summary>A constant of the statement, the same for every proof.</summary>
    static abstract TSelf FromConstant(Fr value);

    /// <summary>The sum.</summary>
    static abstract TSelf operator +(in TSelf left, in TSelf right);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(in TSelf left, in TSelf right);

    /// <summary>The additive inverse.</summary>
    static abstract TSelf operator -(in TSelf value);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(in TSelf left, in TSelf right);
}
