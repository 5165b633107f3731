using System.Numerics;
using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Groth16;

namespace VerifiableML.Contracts.Tests.Vectors;

/// <summary>
/// Byte strings near an honest proof: every word changed in all ways that have a meaning, points replaced by others, lengths changed, bytes changed at random,
/// and some that are honest, since Groth16 proofs can be randomized by anyone.
/// </summary>
internal sealed class ProofMutations(Vector vector, int seed)
{
    private const int WordLength = 32;

    private readonly Random _random = new(seed);
    private readonly byte[] _honest = vector.Calldata;
    private readonly int _rows = vector.Proof.Rows.Length;

    /// <summary>Where B starts.</summary>
    private int Twist => (_rows + 4) * G1.ByteLength;

    /// <summary>All systematic mutations, and random ones until there are <paramref name="count"/>.</summary>
    public List<byte[]> Make(int count)
    {
        List<byte[]> all = [.. Lengths(), .. Words(), .. Points(), .. Twists(), .. Randomized(20)];
        while (all.Count < count)
        {
            all.Add(_random.Next(4) == 0 ? Exchange() : Flip());
        }

        // Some change nothing, such as a point that is replaced by itself.
        all.RemoveAll(bytes => bytes.AsSpan().SequenceEqual(_honest));
        return [_honest, .. all];
    }

    private IEnumerable<byte[]> Lengths() =>
        [[], _honest[..^1], _honest[..^32], [.. _honest, 0], [.. _honest, .. new byte[32]], _honest[64..], [.. new byte[64], .. _honest]];

    /// <summary>Each word as another number: what a decoder that reduces would take for the same, and the edges of its range.</summary>
    private IEnumerable<byte[]> Words()
    {
        for (int at = 0; at < _honest.Length; at += WordLength)
        {
            var value = new BigInteger(_honest.AsSpan(at, WordLength), isUnsigned: true, isBigEndian: true);
            foreach (BigInteger other in (BigInteger[])
            [
                value + Fq.Modulus, value + Fr.Modulus, value + (3 * Fr.Modulus), Fq.Modulus - value, Fr.Modulus - value, value + 1, value - 1,
                0, 1, Fq.Modulus, Fr.Modulus, Fr.Modulus - 1, BigInteger.Pow(2, 256) - 1, value + BigInteger.Pow(2, 255),
            ])
            {
                if (other >= 0 && other < BigInteger.Pow(2, 256))
                {
                    yield return WithWord(at, other);
                }
            }
        }
    }

    /// <summary>Each point of G1 as infinity, its negative, its double, the generator, one with the coordinates exchanged, and the next one.</summary>
    private IEnumerable<byte[]> Points()
    {
        for (int i = 0; i < _rows + 5; i++)
        {
            int at = i < _rows + 4 ? i * G1.ByteLength : Twist + G2.ByteLength;
            Assert.True(G1.TryDecode(_honest.AsSpan(at, G1.ByteLength), out G1 point));
            foreach (G1 other in (G1[])[G1.Infinity, -point, point + point, G1.Generator, point + G1.Generator, vector.Proof.Cross])
            {
                var bytes = new byte[G1.ByteLength];
                other.Encode(bytes);
                yield return With(at, bytes);
            }

            yield return With(at, [.. _honest.AsSpan(at + WordLength, WordLength), .. _honest.AsSpan(at, WordLength)]);
        }
    }

    /// <summary>B as infinity, its negative (alone and with A's), with halves of coordinates exchanged, and outside of the subgroup.</summary>
    private IEnumerable<byte[]> Twists()
    {
        G2 b = vector.Proof.Groth16.B;
        foreach (G2 other in (G2[])[G2.Infinity, -b, b + b, G2.Generator])
        {
            yield return WithTwist(other);
        }

        yield return ProofCalldata.Encode(vector.Proof with { Groth16 = vector.Proof.Groth16 with { A = -vector.Proof.Groth16.A, B = -b } });
        Span<byte> words = _honest.AsSpan(Twist, G2.ByteLength);
        byte[][] exchanged =
        [
            [.. words[32..64], .. words[..32], .. words[96..], .. words[64..96]], [.. words[64..], .. words[..64]],
            [.. words[32..64], .. words[..32], .. words[64..]],
        ];
        foreach (byte[] bytes in exchanged)
        {
            yield return With(Twist, bytes);
        }

        yield return With(Twist, OutsideOfSubgroup());
    }

    /// <summary>A point of the twist whose order does not divide r, as nearly all of its points are.</summary>
    public static byte[] OutsideOfSubgroup()
    {
        Fq2 constant = G2.Generator.Y.Square() - (G2.Generator.X.Square() * G2.Generator.X);
        for (ulong i = 1; ; i++)
        {
            var x = new Fq2(Fq.FromUInt64(i), Fq.One);
            if (((x.Square() * x) + constant).TrySquareRoot(out Fq2 y))
            {
                var bytes = new byte[G2.ByteLength];
                x.C1.Encode(bytes.AsSpan(0, 32));
                x.C0.Encode(bytes.AsSpan(32, 32));
                y.C1.Encode(bytes.AsSpan(64, 32));
                y.C0.Encode(bytes.AsSpan(96, 32));
                return bytes;
            }
        }
    }

    /// <summary><c>(A/k, kB, C)</c> is as honest as <c>(A, B, C)</c>, where A is still the smaller of its two.</summary>
    private IEnumerable<byte[]> Randomized(int count)
    {
        using var generator = RandomNumberGenerator.Create();
        for (int i = 0; i < count; i++)
        {
            Fr k = Fr.Random(generator);
            Groth16Proof proof = vector.Proof.Groth16;
            yield return ProofCalldata.Encode(vector.Proof with { Groth16 = proof with { A = proof.A.Multiply(k.Inverse()), B = proof.B.Multiply(k) } });
        }
    }

    private byte[] Flip()
    {
        byte[] bytes = [.. _honest];
        bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        return bytes;
    }

    /// <summary>Two words exchanged: no longer points, or scalars in another order.</summary>
    private byte[] Exchange()
    {
        int words = _honest.Length / WordLength;
        int first = _random.Next(words) * WordLength;
        int second = _random.Next(words) * WordLength;
        byte[] bytes = With(first, _honest.AsSpan(second, WordLength).ToArray());
        _honest.AsSpan(first, WordLength).CopyTo(bytes.AsSpan(second));
        return bytes;
    }

    private byte[] WithTwist(in G2 point)
    {
        var bytes = new byte[G2.ByteLength];
        point.Encode(bytes);
        return With(Twist, bytes);
    }

    private byte[] WithWord(int at, BigInteger value)
    {
        byte[] digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return With(at, [.. new byte[WordLength - digits.Length], .. digits]);
    }

    private byte[] With(int at, byte[] replacement)
    {
        byte[] bytes = [.. _honest];
        replacement.CopyTo(bytes, at);
        return bytes;
    }
}
