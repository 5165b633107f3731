using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Groth16;

/// <summary>
/// The value of the pairing as snarkjs has it. Its final exponentiation follows Fuentes-Castañeda, Knapp and Rodríguez-Henríquez
/// ("Faster hashing to G2", SAC 2011), whose exponent is 2x(6x² + 3x + 1) times the smallest possible one, x being the curve's parameter: another
/// pairing, equal to one for the same products. The tower of fields is the same, so coefficients correspond one to one.
/// </summary>
internal static class SnarkjsPairing
{
    private static readonly BigInteger Parameter = 4965661367192848881;

    private static readonly BigInteger Power = 2 * Parameter * ((6 * Parameter * Parameter) + (3 * Parameter) + 1);

    /// <summary>e(p, q)^(2x(6x² + 3x + 1)).</summary>
    public static Fq12 Compute(in G1 p, in G2 q)
    {
        Fq12 value = Pairing.Compute(p, q);
        Fq12 power = Fq12.One;
        for (int bit = (int)Power.GetBitLength() - 1; bit >= 0; bit--)
        {
            power = power.Square();
            if (!(Power >> bit).IsEven)
            {
                power *= value;
            }
        }

        return power;
    }
}
