using System.Numerics;

namespace VerifiableML.Algebra;

/// <content>Square roots, for the decoding of compressed points.</content>
public readonly partial struct Fq
{
    // p ≡ 3 (mod 4), so a^((p+1)/4) is a root of every square a.
    private static readonly BigInteger RootExponent = (Modulus + 1) / 4;

    /// <summary>
    /// True where the integer is above (p − 1)/2, that is, above that of the additive inverse: the sign that compressed points carry.
    /// </summary>
    /// <remarks>Twice the integer passes p exactly then, and what is left of it after subtracting the odd p is odd.</remarks>
    public bool IsUpperHalf => (Double().ToIntegerLimbs().L0 & 1) != 0;

    /// <summary>One of the two square roots, whichever; false (and zero) where there is none.</summary>
    public bool TrySquareRoot(out Fq root)
    {
        root = Pow(RootExponent);
        if (root.Square() == this)
        {
            return true;
        }

        root = default;
        return false;
    }
}
