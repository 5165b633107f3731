using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Setup;

/// <summary>How thoroughly a stored reference string is checked.</summary>
public enum SrsCheck
{
    /// <summary>
    /// Everything but the ratio of the powers. Enough to make proofs: a prover with wrong powers makes proofs that are rejected, which harms
    /// nobody else. Takes a few milliseconds.
    /// </summary>
    Points,

    /// <summary>
    /// The ratio as well (<see cref="PowersCheck"/>). Needed wherever commitments made with the powers are then trusted, that is, when keys are
    /// made: with powers chosen by someone else a commitment could mean another polynomial than the one that went in.
    /// </summary>
    Powers,
}

/// <summary>
/// Our own file for a reference string: a <see cref="Container"/> of kind <c>S</c> with the sections
/// <c>HEAD</c> (flags and number of powers, 32 bits each, little-endian; flag 1: insecure), <c>TAU2</c> ([τ]G2, EIP-197),
/// <c>PWRS</c> ([τ^i]G1, EIP-196, 64 bytes each) and <c>HASH</c> (SHA-256 of the three). The hash finds damage, not malice: every point is
/// still checked to be on the curve, and the origin is never believed but recognised by [τ]G2.
/// </summary>
public static class SrsFile
{
    private const int InsecureFlag = 1;
    private const int Head = 0;
    private const int TauG2 = 1;
    private const int Powers = 2;
    private const int Hash = 3;
    private const int PointsPerTask = 1 << 10;

    /// <summary>The layout.</summary>
    public static ContainerSchema Schema { get; } = new(ContainerKind.StructuredReferenceString, 1,
    [
        new("HEAD", "flags and number of powers", 8, 8),
        new("TAU2", "[τ]G2", G2.ByteLength, G2.ByteLength),
        new("PWRS", "powers in G1", 2 * G1.ByteLength, StructuredReferenceString.MaximumCount * G1.ByteLength),
        new("HASH", "SHA-256", SHA256.HashSizeInBytes, SHA256.HashSizeInBytes),
    ]);

    /// <summary>Writes <paramref name="srs"/> to a file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, StructuredReferenceString srs)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, srs.IsInsecure ? InsecureFlag : 0);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), srs.Count);
        var tauG2 = new byte[G2.ByteLength];
        srs.TauG2.Encode(tauG2);
        var powers = new byte[srs.Count * G1.ByteLength];
        Parallel.For(0, Tasks(srs.Count), task =>
        {
            for (int i = task * PointsPerTask; i < Math.Min(srs.Count, (task + 1) * PointsPerTask); i++)
            {
                srs.Powers[i].Encode(powers.AsSpan(i * G1.ByteLength, G1.ByteLength));
            }
        });
        Container.Write(path, Schema, head, tauG2, powers, ComputeHash(head, tauG2, powers));
    }

    /// <summary>Reads a reference string.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">How thoroughly to check it.</param>
    /// <param name="srs">The string.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(
        string path, SrsCheck check, [NotNullWhen(true)] out StructuredReferenceString? srs, [NotNullWhen(false)] out FileError? error)
    {
        srs = null;
        if (!Container.TryRead(path, Schema, out Container? container, out error))
        {
            return false;
        }

        (string Place, string Cause)? fault = Decode(container, check, out srs);
        error = fault is (string place, string cause) ? new FileError(path, place, cause) : null;
        return error is null;
    }

    private static (string Place, string Cause)? Decode(Container container, SrsCheck check, out StructuredReferenceString? srs)
    {
        srs = null;
        ReadOnlySpan<byte> head = container[Head].Span;
        int flags = BinaryPrimitives.ReadInt32LittleEndian(head);
        int count = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        if ((flags & ~InsecureFlag) != 0)
        {
            return ("section HEAD", $"unknown flags {flags:x8}");
        }

        if (count < 2 || container[Powers].Length != (long)count * G1.ByteLength)
        {
            return ("section HEAD", $"{count} powers were announced, {container[Powers].Length} bytes of points follow");
        }

        if (!container[Hash].Span.SequenceEqual(ComputeHash(container[Head], container[TauG2], container[Powers])))
        {
            return ("section HASH", "the contents do not have this hash: the file is damaged");
        }

        if (!G2.TryDecode(container[TauG2].Span, out G2 tauG2) || tauG2.IsInfinity)
        {
            return ("section TAU2", "not a point of the group G2");
        }

        var points = new G1[count];
        if (FirstBadPoint(container[Powers], points) is int bad)
        {
            return ("section PWRS", $"point {bad} is not a point of the group G1");
        }

        if (points[0] != G1.Generator)
        {
            return ("section PWRS", "the first point is not the generator");
        }

        var powers = new G1Bases(points);
        if (check == SrsCheck.Powers && PowersCheck.FindFault(powers, tauG2) is string fault)
        {
            return ("section PWRS", fault);
        }

        srs = new StructuredReferenceString(powers, tauG2, (flags & InsecureFlag) != 0);
        return null;
    }

    private static int? FirstBadPoint(ReadOnlyMemory<byte> bytes, G1[] points)
    {
        int bad = int.MaxValue;
        Parallel.For(0, Tasks(points.Length), task =>
        {
            for (int i = task * PointsPerTask; i < Math.Min(points.Length, (task + 1) * PointsPerTask); i++)
            {
                if (!G1.TryDecode(bytes.Span.Slice(i * G1.ByteLength, G1.ByteLength), out points[i]) || points[i].IsInfinity)
                {
                    InterlockedMinimum(ref bad, i);
                    return;
                }
            }
        });
        return bad == int.MaxValue ? null : bad;
    }

    private static void InterlockedMinimum(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value < seen)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private static int Tasks(int count) => (count + PointsPerTask - 1) / PointsPerTask;

    private static byte[] ComputeHash(params ReadOnlySpan<ReadOnlyMemory<byte>> sections)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> section in sections)
        {
            hash.AppendData(section.Span);
        }

        return hash.GetHashAndReset();
    }
}
