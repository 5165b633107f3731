using System.Numerics;

namespace VerifiableML.Algebra.Tests.Hashing;

/// <summary>
/// The 80-bit Grain shift register in self-shrinking mode that Poseidon draws its constants from (eprint 2019/458, appendix F), for prime
/// fields and the S-box x^d.
/// </summary>
internal sealed class GrainGenerator
{
    private readonly int _fieldBits;
    private readonly Queue<int> _register = new();

    public GrainGenerator(int fieldBits, int width, int fullRounds, int partialRounds)
    {
        _fieldBits = fieldBits;
        Load(1, 2);
        Load(0, 4);
        Load(fieldBits, 12);
        Load(width, 12);
        Load(fullRounds, 10);
        Load(partialRounds, 10);
        Load((1 << 30) - 1, 30);
        for (int i = 0; i < 160; i++)
        {
            Shift();
        }
    }

    /// <summary>The next integer below <paramref name="modulus"/>; larger draws are dropped.</summary>
    public BigInteger NextBelow(BigInteger modulus)
    {
        while (true)
        {
            BigInteger value = BigInteger.Zero;
            for (int i = 0; i < _fieldBits; i++)
            {
                value = (value << 1) | NextBit();
            }

            if (value < modulus)
            {
                return value;
            }
        }
    }

    private int NextBit()
    {
        while (true)
        {
            int select = Shift();
            int bit = Shift();
            if (select == 1)
            {
                return bit;
            }
        }
    }

    private int Shift()
    {
        int[] b = [.. _register];
        int next = b[62] ^ b[51] ^ b[38] ^ b[23] ^ b[13] ^ b[0];
        _register.Dequeue();
        _register.Enqueue(next);
        return next;
    }

    private void Load(int value, int bits)
    {
        for (int i = bits - 1; i >= 0; i--)
        {
            _register.Enqueue((value >> i) & 1);
        }
    }
}
