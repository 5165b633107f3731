using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>Multilinear extensions of the vector of powers <c>base^i</c>, whole or cut off.</summary>
internal static class Powers
{
    /// <summary><c>Σ_i base^i eq(point, i)</c>: a product over the bits of i, <c>Π_j (1 − t_j + t_j base^(2^j))</c>.</summary>
    public static T All<T>(EvaluationPoint<T> point, T powerBase)
        where T : struct, IScalar<T>
    {
        T product = T.One;
        for (int j = point.Count - 1; j >= 0; j--)
        {
            product *= T.One + (point[j] * (powerBase - T.One));
            powerBase *= powerBase;
        }

        return product;
    }

    /// <summary><c>base^exponent</c> for an exponent of at least one, by squaring.</summary>
    public static T Of<T>(T powerBase, int exponent)
        where T : struct, IScalar<T>
    {
        T power = powerBase;
        for (int bit = System.Numerics.BitOperations.Log2((uint)exponent) - 1; bit >= 0; bit--)
        {
            power *= power;
            if (((exponent >> bit) & 1) != 0)
            {
                power *= powerBase;
            }
        }

        return power;
    }

    /// <summary><c>Σ_{i &lt; bound} base^i eq(point, i)</c>, from the lowest bit up.</summary>
    /// <remarks>
    /// With the bits below j done, <c>below</c> is the sum cut off at the bound's low bits and <c>all</c> the whole sum. A bit of the bound that is set
    /// puts the whole lower half in and cuts the upper half; one that is not set leaves only the lower half.
    /// </remarks>
    public static T Below<T>(EvaluationPoint<T> point, T powerBase, long bound)
        where T : struct, IScalar<T>
    {
        if (bound >= 1L << point.Count)
        {
            return All(point, powerBase);
        }

        T below = T.Zero;
        T all = T.One;
        for (int j = point.Count - 1, bit = 0; j >= 0; j--, bit++)
        {
            T low = T.One - point[j];
            T high = point[j] * powerBase;
            below = ((bound >> bit) & 1) != 0 ? (low * all) + (high * below) : low * below;
            all *= low + high;
            powerBase *= powerBase;
        }

        return below;
    }
}
