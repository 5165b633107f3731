using System.Diagnostics.CodeAnalysis;

namespace VerifiableML.Algebra.Vectors;

/// <summary>The checks of arguments that all kernels share.</summary>
internal static class Require
{
    public static void SameLength(int expected, int actual)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"Slices of {expected} and {actual} elements do not match.");
        }
    }

    /// <summary>The length of one half.</summary>
    public static int Halves(FrSlice values)
    {
        if ((values.Length & 1) != 0)
        {
            throw new ArgumentException($"A slice of {values.Length} elements has no halves.");
        }

        return values.Length / 2;
    }

    public static void PowerOfTwo(int variables, int length)
    {
        if (variables > 30 || length != 1 << variables)
        {
            throw new ArgumentException($"{variables} variables need 2^{variables} elements, not {length}.");
        }
    }

    [DoesNotReturn]
    public static void ThrowIndex(int index, int length) =>
        throw new ArgumentOutOfRangeException(nameof(index), $"Index {index} is not below the length {length}.");
}
