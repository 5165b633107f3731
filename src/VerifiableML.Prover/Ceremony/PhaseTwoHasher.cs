using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Digests;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Prover.Ceremony;

/// <summary>BLAKE2b-512 over points in the encodings of EIP-196 and EIP-197 and over 32-bit numbers, as snarkjs feeds it.</summary>
internal sealed class PhaseTwoHasher
{
    private const int PiecePoints = 1 << 12;
    private readonly Blake2bDigest _digest;

    public PhaseTwoHasher()
        : this(new Blake2bDigest(PhaseTwoContribution.HashLength * 8))
    {
    }

    private PhaseTwoHasher(Blake2bDigest digest) => _digest = digest;

    /// <summary>A hasher that has taken in the same.</summary>
    public PhaseTwoHasher Copy() => new(new Blake2bDigest(_digest));

    public PhaseTwoHasher Add(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        _digest.BlockUpdate(copy, 0, copy.Length);
        Array.Clear(copy); // it may be what a secret is drawn from
        return this;
    }

    public PhaseTwoHasher Add(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Add(bytes);
    }

    public PhaseTwoHasher Add(in G1 point)
    {
        Span<byte> bytes = stackalloc byte[G1.ByteLength];
        point.Encode(bytes);
        return Add(bytes);
    }

    public PhaseTwoHasher Add(in G2 point)
    {
        Span<byte> bytes = stackalloc byte[G2.ByteLength];
        point.Encode(bytes);
        return Add(bytes);
    }

    /// <summary>All that a contribution consists of, but for its name.</summary>
    public PhaseTwoHasher Add(PhaseTwoContribution contribution) =>
        Add(contribution.DeltaAfter).Add(contribution.Base).Add(contribution.BaseTimesSecret).Add(contribution.ChallengeTimesSecret)
            .Add(contribution.Transcript.AsSpan());

    /// <summary>A number of points and the points.</summary>
    public PhaseTwoHasher Add(G1Bases points) => AddPieces(points.Count, G1.ByteLength, (i, bytes) => points[i].Encode(bytes));

    /// <summary>A number of points and the points.</summary>
    public PhaseTwoHasher Add(G2Bases points) => AddPieces(points.Count, G2.ByteLength, (i, bytes) => points[i].Encode(bytes));

    public byte[] Finish()
    {
        var hash = new byte[PhaseTwoContribution.HashLength];
        _digest.DoFinal(hash, 0);
        return hash;
    }

    private PhaseTwoHasher AddPieces(int count, int pointLength, Action<int, Span<byte>> encode)
    {
        Add(count);
        for (int start = 0; start < count; start += PiecePoints)
        {
            var bytes = new byte[Math.Min(PiecePoints, count - start) * pointLength];
            Parallel.For(0, bytes.Length / pointLength, i => encode(start + i, bytes.AsSpan(i * pointLength, pointLength)));
            _digest.BlockUpdate(bytes, 0, bytes.Length);
        }

        return this;
    }
}
