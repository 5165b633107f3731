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

    /// <summary>The length of the outermost of three axes, of which the middle one is summed over.</summary>
    public static int Axes(FrSlice source, int middle, int inner, FrSlice destination)
    {
        int outer = inner > 0 ? destination.Length / inner : 0;
        SameLength(outer * inner, destination.Length);
        SameLength(checked(outer * middle * inner), source.Length);
        return outer;
    }

    public static void PowerOfTwo(int variables, int length)
    {
        if (variables > 30 || length != 1 << variables)
        {
            throw new ArgumentException($"{variables} variables need 2^{variables} elements, not {length}.");
        }
    }

    /// <summary>All indices lie in a table of this length.</summary>
    public static void Indices(ReadOnlySpan<int> index, int length)
    {
        if (index.ContainsAnyExceptInRange(0, length - 1))
        {
            ThrowIndex(index[index.IndexOfAnyExceptInRange(0, length - 1)], length);
        }
    }

    [DoesNotReturn]
    public static void ThrowIndex(int index, int length) =>
        throw new ArgumentOutOfRangeException(nameof(index), $"Index {index} is not below the length {length}.");
}
