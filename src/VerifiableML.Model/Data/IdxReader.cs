using System.Buffers.Binary;
using System.Collections.Immutable;

namespace VerifiableML.Model.Data;

/// <summary>
/// Reads the IDX format of the MNIST database: two zero bytes, element type, number of axes, big-endian extents, elements. Plain or gzip.
/// </summary>
public static class IdxReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">The file is malformed, beyond the limits, or holds NaN or infinity.</exception>
    public static NumericArray Read(string path) => Decode(BoundedInput.Read(path), path);

    /// <summary>Reads the bytes of a file that errors name <paramref name="file"/>.</summary>
    /// <exception cref="DataFormatException">The file is malformed, beyond the limits, or holds NaN or infinity.</exception>
    public static NumericArray Decode(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[3] is 0 or > DataLimits.Axes || bytes.Length < 4 + (4 * bytes[3]))
        {
            throw DataFormatException.At(file, "header", "not an IDX file");
        }

        int start = 4 + (4 * bytes[3]);
        var extents = new int[bytes[3]];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = BinaryPrimitives.ReadInt32BigEndian(bytes[(4 + (4 * axis))..]);
        }

        ImmutableArray<int> shape = [.. extents];
        int size = bytes[2] switch
        {
            0x08 or 0x09 => 1,
            0x0B => 2,
            0x0C or 0x0D => 4,
            0x0E => 8,
            _ => throw DataFormatException.At(file, "header", $"element type 0x{bytes[2]:X2} is unknown"),
        };
        int count = DataLimits.CountOf(shape);
        if (count < 0 || (long)count * size != bytes.Length - start)
        {
            throw DataFormatException.At(file, "elements", $"shape [{string.Join(", ", shape)}] does not fit the {bytes.Length - start} bytes that follow");
        }

        return new NumericArray(shape, Elements(bytes[start..], count, size, bytes[2], file));
    }

    private static float[] Elements(ReadOnlySpan<byte> bytes, int count, int size, byte type, string file)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                0x08 => element[0],
                0x09 => (sbyte)element[0],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(element),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(element),
                0x0D => BinaryPrimitives.ReadSingleBigEndian(element),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(element),
            };
            if (!float.IsFinite(values[i]))
            {
                throw DataFormatException.At(file, $"element {i}", "NaN, infinite or beyond 32-bit floats");
            }
        }

        return values;
    }
}
