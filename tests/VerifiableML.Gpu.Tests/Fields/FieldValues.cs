using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Gpu.Tests.Fields;

/// <summary>Values at which carries and borrows go wrong first, and random ones.</summary>
internal static class FieldValues
{
    /// <summary>Numbers below a modulus of 254 bits, as stored: words of all ones and zeros, neighbours of the modulus, random ones.</summary>
    public static BigInteger[] Stored(BigInteger modulus, int random)
    {
        var generator = new Random(7);
        List<BigInteger> values = [0, 1, 2, modulus - 1, modulus - 2, modulus >> 1, (modulus >> 1) + 1, BigInteger.Pow(2, 256) % modulus];
        for (int word = 0; word < 8; word++)
        {
            values.Add((BigInteger)uint.MaxValue << (32 * word));
            values.Add(BigInteger.One << (32 * word));
            values.Add((BigInteger.One << (32 * (word + 1))) - 1);
        }

        byte[] bytes = new byte[32];
        for (int i = 0; i < random; i++)
        {
            generator.NextBytes(bytes);
            values.Add(new BigInteger(bytes, isUnsigned: true));
        }

        return [.. values.Select(value => value % modulus).Distinct()];
    }

    public static uint[] Words(BigInteger value) => [.. Enumerable.Range(0, 8).Select(i => (uint)((value >> (32 * i)) & uint.MaxValue))];

    public static BigInteger Number(IEnumerable<uint> words) => words.Reverse().Aggregate(BigInteger.Zero, (number, word) => (number << 32) | word);

    /// <summary>The element whose stored form is a number, for the fields that the host has.</summary>
    public static Fr StoredFr(BigInteger stored) => Fr.FromBigInteger(stored * Inverse256(Fr.Modulus));

    /// <inheritdoc cref="StoredFr"/>
    public static Fq StoredFq(BigInteger stored) => Fq.FromBigInteger(stored * Inverse256(Fq.Modulus));

    /// <summary>2^−256 modulo a prime.</summary>
    public static BigInteger Inverse256(BigInteger modulus) => BigInteger.ModPow(BigInteger.Pow(2, 256), modulus - 2, modulus);
}
