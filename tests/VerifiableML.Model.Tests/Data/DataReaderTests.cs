using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using VerifiableML.Model.Data;

namespace VerifiableML.Model.Tests.Data;

public sealed class DataReaderTests
{
    // Written by numpy 1.24: np.save(f, np.array([[1.5, -2], [3, 4]], dtype='<f4'))
    private static readonly byte[] Floats =
        [.. Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"), .. Bytes(1.5f, -2f, 3f, 4f)];

    private static readonly byte[] Idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 255, 1, 2, 3];

    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"note": [1, {"a": 2}], "input_data": [[0.5, [-1e-1, 3]], [4, 5, 6]], "z": null}""");

    [Fact]
    public void Npy_of_each_type_is_read()
    {
        NumericArray array = NpyReader.Decode(Floats, "f");
        Assert.Equal([2, 2], array.Shape.ToArray());
        Assert.Equal([1.5f, -2, 3, 4], array.Values);
        (string Type, byte[] Bytes, float[] Values)[] cases =
        [
            ("<f8", BitConverter.GetBytes(-0.25), [-0.25f]), (">f4", [0x3F, 0x80, 0, 0], [1]), ("|i1", [0xFF, 2], [-1, 2]), ("|u1", [0xFF], [255]),
            ("<i2", [0xFE, 0xFF], [-2]), (">i2", [0xFF, 0xFE], [-2]), ("<i4", [1, 0, 0, 0], [1]), ("<i8", [7, 0, 0, 0, 0, 0, 0, 0], [7]), ("|b1", [1, 0], [1, 0]),
        ];
        foreach ((string type, byte[] bytes, float[] values) in cases)
        {
            byte[] file = [.. Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({values.Length},), }}"), .. bytes];
            Assert.Equal(values, NpyReader.Decode(file, "f").Values);
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "Fortran")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "element type '<c8'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "does not fit")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "out of range")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536), }", "does not fit")]
    [InlineData("{'fortran_order': False, 'shape': (1,), }", "'descr'")]
    public void A_bad_npy_header_says_why(string header, string cause)
    {
        byte[] file = [.. Npy(header), .. Bytes(1f)];
        string message = Assert.Throws<DataFormatException>(() => NpyReader.Decode(file, "x.npy")).Message;
        Assert.StartsWith("x.npy: ", message);
        Assert.Contains(cause, message);
    }

    [Fact]
    public void Not_a_number_and_infinity_are_refused_with_their_place()
    {
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
        {
            byte[] file = [.. Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"), .. Bytes(0f, bad)];
            Assert.Contains("element 1", Assert.Throws<DataFormatException>(() => NpyReader.Decode(file, "f")).Message);
        }

        Assert.Throws<DataFormatException>(() => JsonSamplesReader.Decode("[[NaN]]"u8, "f"));
        Assert.Throws<DataFormatException>(() => JsonSamplesReader.Decode("[[1e99]]"u8, "f"));
    }

    [Fact]
    public void Idx_and_json_are_read()
    {
        Assert.Equal([0, 51, 255, 1, 2, 3], IdxReader.Decode(Idx, "f").Values);
        Assert.Equal([2, 1, 3], IdxReader.Decode(Idx, "f").Shape.ToArray());
        NumericArray json = JsonSamplesReader.Decode(Json, "f");
        Assert.Equal([2, 3], json.Shape.ToArray());
        Assert.Equal([0.5f, -0.1f, 3, 4, 5, 6], json.Values);
        Assert.Equal([1, 3], JsonSamplesReader.Decode("[1, 2, 3]"u8, "f").Shape.ToArray());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("{\"input_data\": 3}")]
    [InlineData("{\"input_data\": []}")]
    [InlineData("{\"input_data\": [[]]}")]
    [InlineData("{\"input_data\": [[1],[2,3]]}")]
    [InlineData("{\"input_data\": [[1,\"2\"]]}")]
    [InlineData("{\"input_data\": [[1]]")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]")]
    public void Bad_json_is_refused(string text) =>
        Assert.StartsWith("f.json: ", Assert.Throws<DataFormatException>(() => JsonSamplesReader.Decode(Encoding.UTF8.GetBytes(text), "f.json")).Message);

    [Fact]
    public void Files_are_told_apart_by_their_contents()
    {
        string folder = Directory.CreateTempSubdirectory("vml").FullName;
        string Put(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            return Path.Combine(folder, name);
        }

        ImmutableArray<int> shape = [1, 1, 1, 3];
        SampleSet images = SampleSet.Read(Put("a.gz", Gzip(Idx)), shape, Put("l", [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]));
        Assert.Equal(2, images.Count);
        Assert.Equal(0.2f, images.Sample(0).Span[1], 6);
        Assert.Equal([7, 9], images.Labels.ToArray());
        Assert.Equal(1, images.Take(1).Count);
        Assert.Equal(2, SampleSet.Read(Put("j", Json), shape).Count);
        Assert.Equal(2, SampleSet.Read(Put("n", Floats), [1, 2]).Count);
        SampleSet zip = SampleSet.Read(Put("z", Npz(("x", Floats), ("y", [.. Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }"), 1, 0]))), [1, 2]);
        Assert.Equal([1, 0], zip.Labels.ToArray());
        Assert.Contains("'", Assert.Throws<DataFormatException>(() => SampleSet.Read(Path.Combine(folder, "none"), shape)).Message + "'");
        Assert.Contains("[2, 2]", Assert.Throws<DataFormatException>(() => SampleSet.Read(Path.Combine(folder, "n"), shape)).Message);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void No_changed_or_missing_byte_leads_to_anything_but_a_refusal()
    {
        byte[] zip = Npz(("x", Floats));
        foreach ((byte[] file, Action<byte[]> read) in new (byte[], Action<byte[]>)[]
        {
            (Floats, bytes => NpyReader.Decode(bytes, "f")), (Idx, bytes => IdxReader.Decode(bytes, "f")),
            (Json, bytes => JsonSamplesReader.Decode(bytes, "f")), (zip, bytes => NpzReader.Decode(bytes, "f")),
        })
        {
            for (int i = 0; i < file.Length; i++)
            {
                Try(read, file[..i]);
                for (int bit = 0; bit < 8; bit++)
                {
                    byte[] changed = [.. file];
                    changed[i] ^= (byte)(1 << bit);
                    Try(read, changed);
                }
            }
        }
    }

    [Fact]
    public void A_device_that_never_ends_is_no_data_file()
    {
        if (File.Exists("/dev/zero"))
        {
            Assert.Throws<DataFormatException>(() => SampleSet.Read("/dev/zero", [1, 2]));
        }
    }

    private static void Try(Action<byte[]> read, byte[] bytes)
    {
        try
        {
            read(bytes);
        }
        catch (DataFormatException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    private static byte[] Npy(string header)
    {
        byte[] text = Encoding.ASCII.GetBytes(header.PadRight(117) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text];
    }

    private static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static byte[] Npz(params (string Name, byte[] Bytes)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in arrays)
            {
                using Stream entry = archive.CreateEntry(name + ".npy").Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
