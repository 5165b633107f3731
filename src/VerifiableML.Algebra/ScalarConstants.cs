namespace VerifiableML.Algebra;

/// <summary>Constants of any scalar type.</summary>
public static class ScalarConstants
{
    /// <summary>The integer <paramref name="value"/>.</summary>
    public static T Integer<T>(long value)
        where T : struct, IScalar<T> => T.FromConstant(Fr.FromInt64(value));

    /// <summary>The power of two <c>2^exponent</c>.</summary>
    public static T PowerOfTwo<T>(int exponent)
        where T : struct, IScalar<T> => T.FromConstant(Fr.FromBigInteger(System.Numerics.BigInteger.One << exponent));
}
