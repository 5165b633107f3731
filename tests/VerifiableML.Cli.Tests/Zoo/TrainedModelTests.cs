using System.IO.Compression;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Cli.Tests.Zoo;

/// <summary>The trained models in models/ on the sample of real digits, against the counts that onnxruntime gives (models/README.md).</summary>
public sealed class TrainedModelTests
{
    private const int Pixels = 28 * 28;

    [Theory]
    [InlineData("lenet5", 256)]
    [InlineData("mlp", 254)]
    [InlineData("lenet5-qdq", 256)]
    [InlineData("lenet5-qlinear", 256)]
    public void Float_execution_reads_as_many_digits_as_onnxruntime(string name, int expected)
    {
        byte[] labels = ReadIdx("mnist-test-labels-idx1-ubyte.gz", headerBytes: 8);
        float[] images = Array.ConvertAll(ReadIdx("mnist-test-images-idx3-ubyte.gz", headerBytes: 16), pixel => pixel / 255f);
        Assert.Equal(labels.Length * Pixels, images.Length);

        float[] logits = new FloatExecutor(OnnxReader.Read(ModelPath(name + ".onnx"))).Run(images).Data;

        int right = labels.Where((label, i) => label == Largest(logits.AsSpan(10 * i, 10))).Count();
        Assert.Equal(expected, right);
    }

    private static int Largest(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }

    private static byte[] ReadIdx(string name, int headerBytes)
    {
        using GZipStream stream = new(File.OpenRead(ModelPath(name)), CompressionMode.Decompress);
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        return memory.ToArray()[headerBytes..];
    }

    private static string ModelPath(string name) => ZooFiles.Path("..", "..", "..", "models", name);
}
