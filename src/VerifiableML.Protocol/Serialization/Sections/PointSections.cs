using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Protocol.Serialization.Sections;

/// <summary>Long sequences of points in a section: read in pieces, each piece checked by all cores.</summary>
public static class PointSections
{
    private const int PiecePoints = 1 << 12;

    private delegate bool Decoder<TPoint>(ReadOnlySpan<byte> bytes, out TPoint point);

    /// <summary>Reads points of G1 from where the section stands.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or one of them is no such point.</exception>
    public static G1[] ReadG1Points(this SectionReader section, int count) => Read<G1>(section, count, G1.ByteLength, G1.TryDecodeMontgomery, "the group G1");

    /// <summary>Reads points of G2 from where the section stands; that they lie in the subgroup is checked.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or one of them is no such point.</exception>
    public static G2Bases ReadG2Points(this SectionReader section, int count)
    {
        G2Bases points = section.ReadTwistPoints(count);
        int outside = SubgroupCheck.FindOutside(points);
        return outside < 0 ? points : throw section.Error($"point {outside} is not a point of the group G2");
    }

    /// <summary>Reads points of the curve that has G2 in it from where the section stands; whether they lie in G2 is not checked.</summary>
    /// <exception cref="InvalidFileException">The section ends before, or one of them is no such point.</exception>
    public static G2Bases ReadTwistPoints(this SectionReader section, int count) =>
        new(Read<G2>(section, count, G2.ByteLength, G2.TryDecodeMontgomeryOnTwist, "the group G2"));

    /// <summary>Writes a section of nothing but points.</summary>
    public static void WriteSection(this SectionWriter writer, uint type, G1Bases points) =>
        Write(writer, type, points.Count, G1.ByteLength, (i, bytes) => points[i].EncodeMontgomery(bytes));

    /// <summary>Writes a section of nothing but points.</summary>
    public static void WriteSection(this SectionWriter writer, uint type, G2Bases points) =>
        Write(writer, type, points.Count, G2.ByteLength, (i, bytes) => points[i].EncodeMontgomery(bytes));

    private static void Write(SectionWriter writer, uint type, int count, int pointLength, Action<int, Span<byte>> encode)
    {
        writer.Begin(type, (long)count * pointLength);
        var bytes = new byte[Math.Min(count, PiecePoints) * pointLength];
        for (int start = 0; start < count; start += PiecePoints)
        {
            int piece = Math.Min(PiecePoints, count - start);
            Parallel.For(0, piece, i => encode(start + i, bytes.AsSpan(i * pointLength, pointLength)));
            writer.Write(bytes.AsSpan(0, piece * pointLength));
        }
    }

    private static TPoint[] Read<TPoint>(SectionReader section, int count, int pointLength, Decoder<TPoint> decode, string group)
    {
        if (section.Remaining < (long)count * pointLength)
        {
            throw section.Error($"{section.Remaining} bytes are left for {count} points of {pointLength} bytes");
        }

        var points = new TPoint[count];
        var bytes = new byte[Math.Min(count, PiecePoints) * pointLength];
        for (int start = 0; start < count; start += PiecePoints)
        {
            int piece = Math.Min(PiecePoints, count - start);
            section.Read(bytes.AsSpan(0, piece * pointLength));
            var good = new bool[piece];
            Parallel.For(0, piece, i => good[i] = decode(bytes.AsSpan(i * pointLength, pointLength), out points[start + i]));
            int bad = Array.IndexOf(good, false);
            if (bad >= 0)
            {
                throw section.Error($"point {start + bad} is not a point of {group}");
            }
        }

        return points;
    }
}
