using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>
/// One node of the quantized model to be, still in real numbers: geometry is final (channels last), scales are not chosen. Layer <c>i</c> makes
/// value <c>i + 1</c>.
/// </summary>
internal abstract class LoweredLayer(string name, TensorShape shape)
{
    /// <summary>Name of the node in the source model.</summary>
    public string Name { get; } = name;

    /// <summary>Shape of the output.</summary>
    public TensorShape Shape { get; } = shape;

    /// <summary>The values that the layer reads.</summary>
    public abstract IEnumerable<int> Inputs { get; }
}

/// <summary>A layer that sums, and then applies a function.</summary>
internal abstract class LinearLayer(string name, TensorShape shape, string preTensor) : LoweredLayer(name, shape)
{
    /// <summary>The tensor of the source model that holds what the layer sums, before <see cref="Function"/>: what calibration looks at.</summary>
    public string PreTensor { get; set; } = preTensor;

    /// <summary>What <see cref="PreTensor"/> has more than the layer sums, element by element, or null where they are the same.</summary>
    public double[]? PreTensorExcess { get; set; }

    /// <summary>One number for each output channel.</summary>
    public double[] Bias { get; set; } = new double[shape.Channels];

    /// <summary>The function applied to the sums, or null.</summary>
    public ActivationFunction? Function { get; set; }

    /// <summary>The output's integers where the source model prescribes them, or null.</summary>
    public OutputGrid? Grid { get; set; }

    /// <summary>True while nothing is applied to the sums.</summary>
    public bool IsOpen => Function is null && Grid is null;
}

/// <summary>A convolution, see <see cref="ConvolutionNode"/>.</summary>
internal sealed class ConvolutionLayer(
    string name, TensorShape shape, string preTensor, int input, AxisWindow rows, AxisWindow columns, int groups, double[] weights)
    : LinearLayer(name, shape, preTensor)
{
    /// <summary>The value that is read.</summary>
    public int Input => input;

    /// <summary>Window on the vertical axis.</summary>
    public AxisWindow Rows => rows;

    /// <summary>Window on the horizontal axis.</summary>
    public AxisWindow Columns => columns;

    /// <summary>1, or the number of input channels.</summary>
    public int Groups => groups;

    /// <summary><c>[o][ky][kx][c]</c>.</summary>
    public double[] Weights => weights;

    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => [input];
}

/// <summary>A summand of a <see cref="SumLayer"/>.</summary>
internal sealed record LoweredTerm(int Input, double Coefficient, CellMap Map);

/// <summary>A weighted sum, see <see cref="WeightedSumNode"/>.</summary>
internal sealed class SumLayer(string name, TensorShape shape, string preTensor, IEnumerable<LoweredTerm> terms, bool rearranges = false)
    : LinearLayer(name, shape, preTensor)
{
    /// <summary>The summands.</summary>
    public List<LoweredTerm> Terms { get; } = [.. terms];

    /// <summary>True where each output cell is one input cell or zero, so that equal scales need no requantization.</summary>
    public bool Rearranges { get; } = rearranges;

    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => Terms.Select(term => term.Input);
}

/// <summary>A maximum over windows.</summary>
internal sealed class PoolLayer(string name, TensorShape shape, int input, bool ownsInput, AxisWindow rows, AxisWindow columns)
    : LoweredLayer(name, shape)
{
    /// <summary>The value that is read.</summary>
    public int Input => input;

    /// <summary>True where nothing else reads the input.</summary>
    public bool OwnsInput => ownsInput;

    /// <summary>Window on the vertical axis.</summary>
    public AxisWindow Rows => rows;

    /// <summary>Window on the horizontal axis.</summary>
    public AxisWindow Columns => columns;

    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => [input];
}

/// <summary>A product of two activations.</summary>
internal sealed class ProductLayer(string name, TensorShape shape, string preTensor, int left, int right)
    : LinearLayer(name, shape, preTensor)
{
    /// <summary>One factor.</summary>
    public int Left => left;

    /// <summary>The other.</summary>
    public int Right => right;

    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => [left, right];
}
