using VerifiableML.Circuits.Compilation;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover.Tests;
using static VerifiableML.Prover.Tests.TinyModel;

namespace VerifiableML.Circuits.Tests.Compilation;

/// <summary>Architectures that no honest model has: refused with a reason, whoever wrote them.</summary>
public sealed class HostileCircuitTests
{
    private static readonly QuantizedModel Honest =
        new TinyModel(new TensorShape(3, 3, 2)).Convolution(3, Window(2, 3), Window(2, 3)).Pool(Window(2, 2), Window(2, 2))
            .Sum(new TensorShape(1, 1, 3), Curve.Clamp, 2, true, new WeightedTerm(2, 3, Identity(new TensorShape(1, 1, 3)))).Dense(2).Model();

    public static TheoryData<string> Names => Draw.CaseNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_circuit_survives_its_encoding(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        byte[] bytes = CircuitEncoding.Encode(circuit.Architecture, circuit.Options);
        Assert.True(CircuitEncoding.TryDecode(bytes, out Circuit? decoded, out string problem), problem);
        Assert.Equal(circuit.Digest.AsSpan(), decoded!.Digest.AsSpan());
        Assert.Equal(circuit.Layout, decoded.Layout);
        Assert.Equal(circuit.Columns.AsSpan(), decoded.Columns.AsSpan());
    }

    [Fact]
    public void Truncated_lengthened_and_changed_encodings_never_throw_and_never_keep_their_digest()
    {
        byte[] bytes = CircuitEncoding.Encode(Architecture.Of(Honest), new CircuitOptions());
        byte[] digest = [.. CircuitCompiler.Compile(Honest, new CircuitOptions()).Digest];
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(CircuitEncoding.TryDecode(bytes.AsSpan(0, length), out _, out _));
        }

        Assert.False(CircuitEncoding.TryDecode([.. bytes, 0], out _, out _));
        for (int i = 0; i < bytes.Length; i++)
        {
            // Low bits only: large extents are honest, only slow.
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            if (CircuitEncoding.TryDecode(changed, out Circuit? other, out _))
            {
                Assert.NotEqual(digest, other!.Digest.AsEnumerable());
            }
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0x01010101)]
    public void Extreme_numbers_anywhere_never_throw(int value)
    {
        byte[] bytes = CircuitEncoding.Encode(Architecture.Of(Honest), new CircuitOptions());
        for (int i = 0; i + sizeof(int) <= bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            BitConverter.TryWriteBytes(changed.AsSpan(i), value);
            if (!changed.AsSpan().SequenceEqual(bytes))
            {
                Exception? thrown = Record.Exception(() => CircuitEncoding.TryDecode(changed, out _, out _));
                Assert.True(thrown is null, $"at {i}: {thrown}");
            }
        }
    }

    [Fact]
    public void Weights_are_no_part_of_a_circuit()
    {
        var convolution = (ConvolutionNode)Honest.Nodes[0];
        QuantizedModel other = Honest with
        {
            Name = "another",
            Nodes = Honest.Nodes.SetItem(0, convolution with { Name = "x", Weights = new int[convolution.Weights.Length], Bias = [7, 7, 7] }),
        };
        Assert.Equal(
            CircuitCompiler.Compile(Honest, new CircuitOptions()).Digest.AsEnumerable(),
            CircuitCompiler.Compile(other, new CircuitOptions()).Digest.AsEnumerable());
    }

    [Fact]
    public void Impossible_parts_are_refused()
    {
        var convolution = (ConvolutionNode)Honest.Nodes[0];
        var pool = (MaxPoolNode)Honest.Nodes[1];
        var sum = (WeightedSumNode)Honest.Nodes[2];
        Requantization requantization = convolution.Requantization!;
        QuantizedModel[] models =
        [
            Honest with { Nodes = [] },
            Honest with { OutputValue = 0 },
            Honest with { OutputValue = 5 },
            Honest with { Input = Honest.Input with { Minimum = long.MinValue } },
            Honest with { Input = Honest.Input with { Minimum = 1 } },
            Honest with { Input = Honest.Input with { Maximum = -1 } },
            Honest with { Input = Honest.Input with { Maximum = 1 << 20 } },
            Honest with { Input = Honest.Input with { Shape = new TensorShape(0, 3, 2) } },
            Honest with { Input = Honest.Input with { Shape = new TensorShape(1 << 14, 1 << 14, 1) } },
            With(0, convolution with { Input = 1 }),
            With(0, convolution with { Input = -1 }),
            With(0, convolution with { Groups = 0 }),
            With(0, convolution with { Groups = 3 }),
            With(0, convolution with { Bias = [1] }),
            With(0, convolution with { Rows = convolution.Rows with { InputSize = 4 } }),
            With(0, convolution with { Rows = convolution.Rows with { OutputSize = 4 } }),
            With(0, convolution with { Rows = convolution.Rows with { Kernel = 0 } }),
            With(0, convolution with { Rows = convolution.Rows with { Stride = 0 } }),
            With(0, convolution with { Rows = convolution.Rows with { PadBefore = int.MinValue } }),
            With(0, convolution with { Rows = convolution.Rows with { Kernel = 1 << 16 }, Columns = convolution.Columns with { Kernel = 1 << 16 } }),
            With(0, convolution with { Requantization = requantization with { Shift = 49 } }),
            With(0, convolution with { Requantization = requantization with { Shift = -1 } }),
            With(0, convolution with { Requantization = requantization with { Table = requantization.Table with { DomainBits = 21 } } }),
            With(0, convolution with { Requantization = requantization with { Table = requantization.Table with { DomainBits = 0 } } }),
            With(0, convolution with { Requantization = requantization with { Table = requantization.Table with { Values = [] } } }),
            With(0, convolution with { Output = convolution.Output with { Minimum = long.MinValue, Maximum = long.MaxValue } }),
            With(0, convolution with { Output = convolution.Output with { Maximum = int.MaxValue } }),
            With(1, pool with { Rows = pool.Rows with { Kernel = 1 << 16 }, Columns = pool.Columns with { Kernel = 1 << 16 } }),
            With(1, pool with { Rows = pool.Rows with { PadBefore = 50 } }),
            With(1, pool with { Output = pool.Output with { Shape = new TensorShape(1, 1, 4) } }),
            With(2, sum with { Terms = [] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = new GatherMap([0, 1]) }] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = new GatherMap([0, 1, 3]) }] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = new GatherMap([0, 1, -2]) }] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = Channels(Axis(3, 3, (0, 3, 1))) }] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = Channels(Axis(3, 3, (-1, 0, 1))) }] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = Channels(Axis(3, 3, (0, 0, int.MinValue), (0, 1, int.MinValue))) }] }),
            With(2, sum with { Terms = [sum.Terms[0] with { Map = Channels(new AxisMap(3, 4, [], true)) }] }),
        ];
        for (int i = 0; i < models.Length; i++)
        {
            QuantizedModel model = models[i];
            Exception? thrown = Record.Exception(() => CircuitCompiler.Compile(model, new CircuitOptions()));
            Assert.True(thrown is CircuitException, $"model {i}: {thrown?.ToString() ?? "was compiled"}");
        }
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        CircuitOptions[] options =
        [
            new(0), new(-1), new(4097), new() { MaximumWitnessRows = 0 }, new() { MaximumWeightRows = 0 }, new() { MaximumWeightRows = 1025 },
            new() { MaximumWitnessRows = int.MinValue },
        ];
        Assert.All(options, option => Assert.Throws<CircuitException>(() => CircuitCompiler.Compile(Honest, option)));
    }

    private static SeparableMap Channels(AxisMap map) => new(AxisMap.Identity(1), AxisMap.Identity(1), map);

    private static QuantizedModel With(int node, QuantizedNode changed) => Honest with { Nodes = Honest.Nodes.SetItem(node, changed) };
}
