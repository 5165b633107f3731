using System.Collections.Immutable;
using System.Diagnostics;
using VerifiableML.Model.Data;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Cli.Tests.Zoo;

public sealed class ZooTests
{
    [Theory]
    [MemberData(nameof(ZooModel.Names), MemberType = typeof(ZooModel))]
    public void Float_execution_gives_what_onnxruntime_gives(string name)
    {
        ZooModel model = ZooModel.Named(name);
        OnnxGraph graph;
        try
        {
            graph = OnnxReader.Read(model.Path);
        }
        catch (ModelFormatException) when (!model.Required)
        {
            return;
        }

        float[] expected = model.ReadExpected();
        float[] actual = new FloatExecutor(graph).Run(model.ReadSamples()).Data;

        Assert.Equal(expected.Length, actual.Length);
        float scale = Math.Max(1, model.LargestOutput);
        float tolerance = 1e-4f * scale;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{name}[{i}]: {actual[i]}, onnxruntime gives {expected[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(ZooModel.Names), MemberType = typeof(ZooModel))]
    public void Samples_are_read_as_numpy_and_ezkl_write_them(string name)
    {
        ZooModel model = ZooModel.Named(name);
        ImmutableArray<int> shape = [1, .. model.InputShape];
        float[] expected = model.ReadSamples();

        SampleSet archive = SampleSet.Read(model.SamplesPath, shape);

        Assert.Equal(model.Samples, archive.Count);
        Assert.Equal(expected, archive.Values);
        if (File.Exists(model.EzklPath))
        {
            Assert.Equal(archive.Take(1).Values, SampleSet.Read(model.EzklPath, shape).Values);
        }
    }

    [Theory]
    [MemberData(nameof(HostileFile.Names), MemberType = typeof(HostileFile))]
    public void Hostile_files_are_refused_quickly_with_their_reason(string name)
    {
        HostileFile file = HostileFile.Named(name);
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();

        ModelFormatException? refusal = null;
        try
        {
            OnnxReader.Read(file.Path);
        }
        catch (ModelFormatException exception)
        {
            refusal = exception;
        }

        Assert.True(refusal is not null || file.MayPass, $"{name} was read although {file.Why}");
        if (refusal is not null)
        {
            file.AssertExplains(refusal.Message);
            Assert.Contains(name + ".onnx", refusal.Message, StringComparison.Ordinal);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256L << 20);
    }
}
