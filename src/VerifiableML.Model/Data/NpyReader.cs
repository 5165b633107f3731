using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace VerifiableML.Model.Data;

/// <summary>
/// Reads NumPy's <c>.npy</c> format (NEP 1), versions 1 to 3: magic, version, length of the header, header, elements. Element types f4, f8, i1, u1, i2,
/// i4, i8 and b1 in either byte order, in C order.
/// </summary>
public static partial class NpyReader
{
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">The file is malformed, beyond the limits, or holds NaN or infinity.</exception>
    public static NumericArray Read(string path) => Decode(BoundedInput.Read(path), path);

    /// <summary>Reads the bytes of a file that errors name <paramref name="file"/>.</summary>
    /// <exception cref="DataFormatException">The file is malformed, beyond the limits, or holds NaN or infinity.</exception>
    public static NumericArray Decode(ReadOnlySpan<byte> bytes, string file)
    {
        (string header, int start) = Header(bytes, file);
        (char order, string type) = ElementType(header, file);
        if (Value(FortranOrder(), header, file, "fortran_order") != "False")
        {
            throw DataFormatException.At(file, "header", "Fortran order is not supported; save a C-ordered array (numpy.ascontiguousarray)");
        }

        ImmutableArray<int> shape = Shape(header, file);
        int count = DataLimits.CountOf(shape);
        int size = type[1] - '0';
        if (count < 0 || (long)count * size != bytes.Length - start)
        {
            throw DataFormatException.At(
                file, "elements", $"shape [{string.Join(", ", shape)}] of type {type} does not fit the {bytes.Length - start} bytes that follow the header");
        }

        return new NumericArray(shape, Elements(bytes[start..], count, type, order == '>', file));
    }

    private static (string Header, int End) Header(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 10 || !bytes.StartsWith(Magic))
        {
            throw DataFormatException.At(file, "start", "not a .npy file");
        }

        int version = bytes[6];
        if (version is < 1 or > 3 || bytes[7] != 0 || bytes.Length < 12)
        {
            throw DataFormatException.At(file, "version", $"{version}.{bytes[7]} is not supported");
        }

        int start = version == 1 ? 10 : 12;
        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length > LongestHeader || length > bytes.Length - start)
        {
            throw DataFormatException.At(file, "header", $"its length of {length} bytes is more than the file has, or than {LongestHeader}");
        }

        return (Encoding.UTF8.GetString(bytes.Slice(start, (int)length)), start + (int)length);
    }

    private static (char Order, string Type) ElementType(string header, string file)
    {
        string descriptor = Value(Descriptor(), header, file, "descr");
        string type = descriptor[1..];
        return type is "f4" or "f8" or "i1" or "u1" or "i2" or "i4" or "i8" or "b1"
            ? (descriptor[0], type)
            : throw DataFormatException.At(file, "header", $"element type '{descriptor}' is not supported");
    }

    private static ImmutableArray<int> Shape(string header, string file)
    {
        string[] extents = Value(ShapeTuple(), header, file, "shape").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. extents.Select(extent => int.TryParse(extent, out int value)
            ? value
            : throw DataFormatException.At(file, "header", $"extent '{extent}' of the shape is out of range"))];
    }

    private static string Value(Regex pattern, string header, string file, string key) =>
        pattern.Match(header) is { Success: true } match
            ? match.Groups[1].Value
            : throw DataFormatException.At(file, "header", $"'{key}' is missing or malformed");

    private static float[] Elements(ReadOnlySpan<byte> bytes, int count, string type, bool bigEndian, string file)
    {
        var values = new float[count];
        int size = type[1] - '0';
        Span<byte> element = stackalloc byte[8];
        for (int i = 0; i < count; i++)
        {
            Span<byte> little = element[..size];
            bytes.Slice(i * size, size).CopyTo(little);
            if (bigEndian)
            {
                little.Reverse();
            }

            double value = type switch
            {
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(little),
                "f8" => BinaryPrimitives.ReadDoubleLittleEndian(little),
                "i1" => (sbyte)little[0],
                "i2" => BinaryPrimitives.ReadInt16LittleEndian(little),
                "i4" => BinaryPrimitives.ReadInt32LittleEndian(little),
                "i8" => BinaryPrimitives.ReadInt64LittleEndian(little),
                _ => little[0],
            };
            values[i] = (float)value;
            if (!float.IsFinite(values[i]))
            {
                throw DataFormatException.At(file, $"element {i}", "NaN, infinite or beyond 32-bit floats");
            }
        }

        return values;
    }

    [GeneratedRegex("""'descr'\s*:\s*'([<>|=][a-z][0-9])'""")]
    private static partial Regex Descriptor();

    [GeneratedRegex("""'fortran_order'\s*:\s*(True|False)""")]
    private static partial Regex FortranOrder();

    [GeneratedRegex("""'shape'\s*:\s*\(([0-9,\s]*)\)""")]
    private static partial Regex ShapeTuple();
}
