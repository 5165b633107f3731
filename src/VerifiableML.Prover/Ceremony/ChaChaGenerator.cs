using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using VerifiableML.Algebra;

namespace VerifiableML.Prover.Ceremony;

/// <summary>
/// Field elements and points drawn from a seed in the way of ffjavascript, which phase two makes part of its proofs: the key stream of ChaCha20 with
/// nonce zero, read as 32-bit words. Disposal overwrites the seed in the cipher's state.
/// </summary>
internal sealed class ChaChaGenerator : IDisposable
{
    /// <summary>Length in bytes of a seed.</summary>
    public const int SeedLength = 32;

    private const int NonceLength = 8;
    private const int BlockLength = 64;

    // 254 bits: both primes are just below 2^254.
    private const byte TopByteMask = 0x3f;

    private readonly ChaChaEngine _cipher = new(20);
    private readonly byte[] _block = new byte[BlockLength];
    private int _used = BlockLength;

    /// <summary>Starts from a seed of <see cref="SeedLength"/> bytes, which are eight big-endian words; the cipher wants little-endian ones.</summary>
    public ChaChaGenerator(ReadOnlySpan<byte> seed)
    {
        var key = new byte[SeedLength];
        for (int i = 0; i < SeedLength; i += sizeof(uint))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(key.AsSpan(i), BinaryPrimitives.ReadUInt32BigEndian(seed[i..]));
        }

        Initialize(key);
        Array.Clear(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Initialize(new byte[SeedLength]);
        Array.Clear(_block);
    }

    /// <summary>A scalar. What is drawn is its Montgomery form.</summary>
    public Fr NextScalar()
    {
        Span<byte> bytes = stackalloc byte[Fr.ByteLength];
        Fr scalar;
        do
        {
            Draw(bytes);
        }
        while (!Fr.TryDecodeMontgomery(bytes, out scalar));

        bytes.Clear();
        return scalar;
    }

    /// <summary>A point of G1: an abscissa and the choice of a root, drawn until there is one.</summary>
    public G1 NextG1()
    {
        while (true)
        {
            Fq x = NextCoordinate();
            bool greatest = NextBool();
            if (((x.Square() * x) + Fq.FromUInt64(3)).TrySquareRoot(out Fq y))
            {
                return G1.FromJacobian(new JacobianPoint<Fq>(x, y.IsUpperHalf == greatest ? y : -y, Fq.One));
            }
        }
    }

    /// <summary>A point of G2: drawn likewise on the twist, then multiplied by the cofactor.</summary>
    public G2 NextG2()
    {
        while (true)
        {
            var x = new Fq2(NextCoordinate(), NextCoordinate());
            bool greatest = NextBool();
            if (((x.Square() * x) + TwistCofactor.CurveConstant).TrySquareRoot(out Fq2 y))
            {
                return TwistCofactor.Clear(new JacobianPoint<Fq2>(x, y.IsUpperHalf == greatest ? y : -y, Fq2.One));
            }
        }
    }

    private Fq NextCoordinate()
    {
        Span<byte> bytes = stackalloc byte[Fq.ByteLength];
        while (true)
        {
            Draw(bytes);
            if (Fq.TryDecodeMontgomery(bytes, out Fq element))
            {
                return element;
            }
        }
    }

    private bool NextBool() => (NextWord() & 1) == 1;

    // 64-bit limbs from the lowest on, each of two words of which the higher one comes first.
    private void Draw(Span<byte> littleEndian)
    {
        for (int i = 0; i < littleEndian.Length; i += sizeof(ulong))
        {
            ulong high = NextWord();
            BinaryPrimitives.WriteUInt64LittleEndian(littleEndian[i..], (high << 32) | NextWord());
        }

        littleEndian[^1] &= TopByteMask;
    }

    private uint NextWord()
    {
        if (_used == BlockLength)
        {
            _cipher.ProcessBytes(new byte[BlockLength], 0, BlockLength, _block, 0);
            _used = 0;
        }

        _used += sizeof(uint);
        return BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_used - sizeof(uint)));
    }

    private void Initialize(byte[] key) => _cipher.Init(true, new ParametersWithIV(new KeyParameter(key), new byte[NonceLength]));
}
