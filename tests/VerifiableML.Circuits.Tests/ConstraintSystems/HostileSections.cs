using System.Buffers.Binary;

namespace VerifiableML.Circuits.Tests.ConstraintSystems;

/// <summary>Ways to damage a file that consists of sections; shared by the tests of all its readers.</summary>
internal static class HostileSections
{
    private const int PrefixLength = 12;
    private const int EntryLength = 12;

    /// <summary>Type, start and length of the contents of every section.</summary>
    public static IEnumerable<(uint Type, int Start, int Length)> Sections(byte[] file)
    {
        for (int offset = PrefixLength; offset < file.Length;)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(offset));
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(offset + 4));
            yield return (type, offset + EntryLength, length);
            offset += EntryLength + length;
        }
    }

    /// <summary>Where the contents of a section start.</summary>
    public static int Start(byte[] file, uint type) => Sections(file).Single(section => section.Type == type).Start;

    /// <summary>The file, cut off at and around the bounds of every section.</summary>
    public static IEnumerable<byte[]> Truncations(byte[] file)
    {
        int[] bounds = [0, 4, 8, PrefixLength, .. Sections(file).SelectMany(section => new[] { section.Start, section.Start + section.Length })];
        return bounds.SelectMany(bound => new[] { bound - EntryLength, bound - 1, bound, bound + 1 })
            .Where(length => length >= 0 && length < file.Length).Distinct().Select(length => file[..length]);
    }

    /// <summary>The file with other announced lengths of a section, everything else unchanged.</summary>
    public static IEnumerable<byte[]> Lengths(byte[] file) =>
        from section in Sections(file)
        from length in new[] { 0UL, (ulong)section.Length - 1, (ulong)section.Length + 1, 1UL << 40, 1UL << 63, ulong.MaxValue }
        where length != (ulong)section.Length
        select Changed(file, copy => BinaryPrimitives.WriteUInt64LittleEndian(copy.AsSpan(section.Start - 8), length));

    /// <summary>The file with a section that is there again, not there at all, or a byte shorter or longer with its length adjusted.</summary>
    public static IEnumerable<byte[]> Resized(byte[] file)
    {
        foreach ((uint type, int start, int length) in Sections(file))
        {
            byte[] before = file[..(start - EntryLength)];
            byte[] whole = file[(start - EntryLength)..(start + length)];
            byte[] after = file[(start + length)..];
            yield return WithCount([.. before, .. whole, .. whole, .. after], +1);
            yield return WithCount([.. before, .. after], -1);
            if (length > 0)
            {
                yield return [.. before, .. Header(type, length - 1), .. whole[EntryLength..^1], .. after];
            }

            yield return [.. before, .. Header(type, length + 1), .. whole[EntryLength..], 0, .. after];
        }
    }

    /// <summary>The file with every bit of some bytes flipped, one at a time.</summary>
    public static IEnumerable<byte[]> BitFlips(byte[] file, int start, int length) =>
        from bit in Enumerable.Range(start * 8, length * 8)
        select Changed(file, copy => copy[bit / 8] ^= (byte)(1 << (bit % 8)));

    /// <summary>A changed copy.</summary>
    public static byte[] Changed(byte[] file, Action<byte[]> change)
    {
        byte[] copy = [.. file];
        change(copy);
        return copy;
    }

    /// <summary>A copy with 32 bits at an offset set.</summary>
    public static byte[] With(byte[] file, int offset, uint value) =>
        Changed(file, copy => BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(offset), value));

    private static byte[] WithCount(byte[] file, int change) =>
        With(file, 8, (uint)(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8)) + change));

    private static byte[] Header(uint type, long length)
    {
        var bytes = new byte[EntryLength];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, type);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), length);
        return bytes;
    }
}
