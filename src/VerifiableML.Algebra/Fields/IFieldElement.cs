namespace VerifiableML.Algebra;

/// <summary>What generic algorithms (batch inversion, curve arithmetic) need from an element of a field.</summary>
/// <typeparam name="TSelf">The element type itself.</typeparam>
public interface IFieldElement<TSelf> : IEquatable<TSelf>
    where TSelf : struct, IFieldElement<TSelf>
{
    /// <summary>The neutral element of addition; it is the default value of the type.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The neutral element of multiplication.</summary>
    static abstract TSelf One { get; }

    /// <summary>True for the neutral element of addition.</summary>
    bool IsZero { get; }

    /// <summary>The square.</summary>
    TSelf Square();

    /// <summary>Twice the element.</summary>
    TSelf Double();

    /// <summary>The multiplicative inverse; zero for zero.</summary>
    TSelf Inverse();

    /// <summary>The sum.</summary>
    static abstract TSelf operator +(in TSelf left, in TSelf right);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(in TSelf left, in TSelf right);

    /// <summary>The additive inverse.</summary>
    static abstract TSelf operator -(in TSelf value);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(in TSelf left, in TSelf right);
}
