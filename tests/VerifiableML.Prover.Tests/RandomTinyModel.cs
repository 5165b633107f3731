using VerifiableML.Circuits;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Tests;

/// <summary>Models of a few random layers in random geometry, batches and modes, from a seed.</summary>
internal static class RandomTinyModel
{
    public static (QuantizedModel Model, CircuitOptions Options) Create(int seed)
    {
        var random = new Random(seed);
        var model = new TinyModel(
            new TensorShape(random.Next(1, 6), random.Next(1, 6), random.Next(1, 4)), -random.Next(0, 20), random.Next(0, 20), seed);
        int nodes = random.Next(1, 5);
        for (int i = 0; i < nodes; i++)
        {
            AddNode(model, random);
        }

        var options = new CircuitOptions(random.Next(1, 5), (Visibility)random.Next(3), (Visibility)random.Next(3))
        {
            MaximumWitnessRows = 1 << random.Next(8),
            MaximumWeightRows = 1 << random.Next(8),
        };
        return (model.Model(), options);
    }

    private static void AddNode(TinyModel model, Random random)
    {
        TensorShape shape = model.Tensor(model.Last).Shape;
        Curve curve = random.Next(2) == 0 ? Curve.Clamp : random.Next(2) == 0 ? Curve.Sigmoid : Curve.Relu;
        switch (random.Next(6))
        {
            case 0:
                model.Pool(Window(shape.Rows, random, pool: true), Window(shape.Columns, random, pool: true));
                break;
            case 1:
                model.Product(model.Last, model.Last, curve, 4);
                break;
            case 2:
                model.Convolution(
                    0, Window(shape.Rows, random), Window(shape.Columns, random), curve, multiplier: shape.Channels == 1 ? 1 : 1 << random.Next(3));
                break;
            case 3:
                AddSum(model, shape, curve, random);
                break;
            default:
                model.Convolution(random.Next(1, 6), Window(shape.Rows, random), Window(shape.Columns, random), curve, bias: random.Next(2) == 0);
                break;
        }
    }

    private static void AddSum(TinyModel model, TensorShape input, Curve curve, Random random)
    {
        var output = new TensorShape(random.Next(1, 5), random.Next(1, 5), random.Next(1, 5));
        var terms = new WeightedTerm[random.Next(1, 4)];
        for (int j = 0; j < terms.Length; j++)
        {
            CellMap map = random.Next(2) == 0
                ? new GatherMap([.. Enumerable.Range(0, output.Cells).Select(_ => random.Next(input.Cells + 1) - 1)])
                : new SeparableMap(Axis(input.Rows, output.Rows, random), Axis(input.Columns, output.Columns, random), Axis(input.Channels, output.Channels, random));
            terms[j] = new WeightedTerm(model.Last, random.Next(-9, 10), map);
        }

        model.Sum(output, curve, 4, random.Next(2) == 0, terms);
    }

    private static AxisMap Axis(int input, int output, Random random) => input == output && random.Next(2) == 0
        ? AxisMap.Identity(input)
        : TinyModel.Axis(input, output, [.. Enumerable.Range(0, output).Select(o => (o, random.Next(input), random.Next(-2, 3)))]);

    private static AxisWindow Window(int size, Random random, bool pool = false)
    {
        int kernel = random.Next(1, Math.Min(4, size) + 1);
        int padding = pool ? (kernel - 1) / 2 : kernel;
        int dilation = !pool && (kernel - 1) * 2 < size && random.Next(3) == 0 ? 2 : 1;
        return TinyModel.Window(kernel, size, random.Next(1, 4), dilation, random.Next(padding + 1), random.Next(padding + 1));
    }
}
