using System.Security.Cryptography;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Quantized;

public sealed class QuantizedModelFileTests
{
    private static readonly QuantizedModel Model = SyntheticModels.Mlp(12, 8, 4);

    [Fact]
    public void A_model_survives_the_file_and_has_one_encoding()
    {
        byte[] bytes = QuantizedModelFile.Encode(SyntheticModels.Lenet5());
        Assert.True(QuantizedModelFile.TryDecode(bytes, out QuantizedModel? model, out string? error), error);
        Assert.Equal(bytes, QuantizedModelFile.Encode(model));
        Assert.Equal("lenet5", model.Name);
        Assert.Equal(
            ((ConvolutionNode)SyntheticModels.Lenet5().Nodes[0]).Weights, ((ConvolutionNode)model.Nodes[0]).Weights);
    }

    [Fact]
    public void Writing_replaces_the_file_and_leaves_no_other()
    {
        string folder = Directory.CreateTempSubdirectory("vml").FullName;
        string path = Path.Combine(folder, "model.vmlm");
        File.WriteAllText(path, "old");
        QuantizedModelFile.Write(path, Model);
        Assert.True(QuantizedModelFile.TryRead(path, out _, out _));
        Assert.Single(Directory.GetFiles(folder));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void A_missing_file_is_an_error_line()
    {
        Assert.False(QuantizedModelFile.TryRead("/nonexistent/model.vmlm", out _, out string? error));
        Assert.StartsWith("/nonexistent/model.vmlm: ", error);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = QuantizedModelFile.Encode(Model);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(QuantizedModelFile.TryDecode(bytes.AsMemory(0, length), out _, out string? error));
            Assert.NotEmpty(error);
            if (length != bytes.Length - SHA256.HashSizeInBytes)
            {
                Assert.False(QuantizedModelFile.TryDecode(WithDigest(bytes.AsSpan(0, length)), out _, out _));
            }
        }

        Assert.False(QuantizedModelFile.TryDecode(bytes.Append((byte)0).ToArray(), out _, out _));
    }

    [Fact]
    public void No_flipped_bit_throws_even_under_a_right_digest()
    {
        byte[] bytes = QuantizedModelFile.Encode(Model);
        for (int bit = 0; bit < (bytes.Length - 32) * 8; bit++)
        {
            byte[] changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(QuantizedModelFile.TryDecode(changed, out _, out _));
            if (QuantizedModelFile.TryDecode(WithDigest(changed.AsSpan(0, changed.Length - 32)), out QuantizedModel? model, out string? error))
            {
                Assert.True(QuantizedModelValidator.TryValidate(model, out _));
            }
            else
            {
                Assert.NotEmpty(error);
                Assert.DoesNotContain('\n', error);
            }
        }
    }

    private static byte[] WithDigest(ReadOnlySpan<byte> bytes)
    {
        byte[] framed = bytes.ToArray();
        if (framed.Length >= 20)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(framed.AsSpan(12), framed.Length - 20);
        }

        return [.. framed, .. SHA256.HashData(framed)];
    }
}
