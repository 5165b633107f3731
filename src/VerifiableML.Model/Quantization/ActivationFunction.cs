using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>The integers that outputs may take: real values are <c>integer · Scale</c>.</summary>
/// <param name="Scale">Real value of one step.</param>
/// <param name="Minimum">Least integer.</param>
/// <param name="Maximum">Greatest integer.</param>
/// <param name="ZeroPoint">What an imported model adds to the integers; ours are centred, so that it only matters for telling grids apart.</param>
internal sealed record OutputGrid(double Scale, int Minimum, int Maximum, int ZeroPoint = 0)
{
    /// <summary>Greatest absolute value of an int8 activation.</summary>
    public const int Greatest = 127;

    /// <summary>Symmetric int8 with real values up to <paramref name="clip"/>.</summary>
    public static OutputGrid UpTo(double clip) => new(clip / Greatest, -Greatest, Greatest);
}

/// <summary>Quotient scale, output scale and table of one node.</summary>
/// <param name="Name">Name of the function.</param>
/// <param name="QuotientScale">Real value of one step of <c>q</c>.</param>
/// <param name="OutputScale">Real value of one step of the output.</param>
/// <param name="First">The <c>q</c> of the first table value.</param>
/// <param name="Values">The table's centre.</param>
internal sealed record ActivationPlan(string Name, double QuotientScale, double OutputScale, int First, ImmutableArray<int> Values)
{
    /// <summary>The table over a domain of <paramref name="domainBits"/>.</summary>
    public ActivationTable Table(int domainBits) => new(Name, domainBits, First, Values);
}

/// <summary>A rising function that a node applies between its accumulator and its output, as the quantizer sees it.</summary>
internal abstract record ActivationFunction
{
    /// <summary>Greatest number of values in the centre of a table.</summary>
    public const int CentreSize = 1024;

    /// <summary>Name of the function, for people.</summary>
    public abstract string Name { get; }

    /// <summary>The grid that suits the function whatever calibration says, or null where calibration has to choose.</summary>
    public virtual OutputGrid? NaturalGrid => null;

    /// <summary>The real function.</summary>
    public abstract double Apply(double value);

    /// <summary>The step of <c>q</c> to aim at.</summary>
    public abstract double QuotientScale(OutputGrid grid);

    /// <summary>The real interval outside of which the quantized function is constant.</summary>
    protected abstract (double Low, double High) ActiveRange(OutputGrid grid);

    /// <summary>The table for an output grid and a step of <c>q</c>.</summary>
    public ActivationPlan Plan(OutputGrid grid, double quotientScale)
    {
        // A hair's breadth keeps bounds that are multiples of the step from being pushed beyond it by rounding.
        const double Hair = 1e-9;
        (double low, double high) = ActiveRange(grid);
        int last = (int)Math.Clamp(Math.Ceiling((high / quotientScale) - Hair), -CentreSize, CentreSize - 1);
        int first = (int)Math.Clamp(Math.Floor((low / quotientScale) + Hair), last - CentreSize + 1, last);
        var values = new int[last - first + 1];
        for (int i = 0; i < values.Length; i++)
        {
            double value = Math.Round(Apply((first + i) * quotientScale) / grid.Scale, MidpointRounding.AwayFromZero);
            values[i] = (int)Math.Clamp(value, grid.Minimum, grid.Maximum);
        }

        return new ActivationPlan(Name, quotientScale, grid.Scale, first, [.. values]);
    }
}

/// <summary><c>min(max(x, Low), High)</c>; with infinite limits the identity that only saturates, with a low limit of 0 ReLU.</summary>
internal sealed record ClipFunction(double Low, double High) : ActivationFunction
{
    /// <summary>No function but saturation.</summary>
    public static ClipFunction Identity { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Rectified linear unit.</summary>
    public static ClipFunction Relu { get; } = new(0, double.PositiveInfinity);

    /// <inheritdoc/>
    public override string Name => (double.IsInfinity(Low), double.IsInfinity(High)) switch
    {
        (true, true) => "clamp",
        (false, true) when Low == 0 => "relu",
        _ => "clip",
    };

    /// <summary>This function, then <paramref name="next"/>.</summary>
    public ClipFunction Then(ClipFunction next) => new(next.Apply(Low), next.Apply(High));

    /// <inheritdoc/>
    public override double Apply(double value) => Math.Min(Math.Max(value, Low), High);

    /// <inheritdoc/>
    public override double QuotientScale(OutputGrid grid) => grid.Scale;

    /// <inheritdoc/>
    protected override (double Low, double High) ActiveRange(OutputGrid grid)
    {
        double low = Math.Clamp(Low, grid.Minimum * grid.Scale, grid.Maximum * grid.Scale);
        return (low, Math.Clamp(High, low, grid.Maximum * grid.Scale));
    }
}

/// <summary><c>x</c> above zero, <c>Slope · x</c> below, with a slope of at least 0.</summary>
internal sealed record LeakyReluFunction(double Slope) : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => "leaky-relu";

    /// <inheritdoc/>
    public override double Apply(double value) => value >= 0 ? value : value * Slope;

    /// <inheritdoc/>
    public override double QuotientScale(OutputGrid grid) => grid.Scale;

    /// <inheritdoc/>
    protected override (double Low, double High) ActiveRange(OutputGrid grid) =>
        (Slope == 0 ? 0 : grid.Minimum * grid.Scale / Slope, grid.Maximum * grid.Scale);
}

/// <summary>
/// A function with bounded range that is constant, to the precision of its output, outside <c>−Reach..Reach</c>. Its scales do not depend on
/// calibration, so that all nodes of a model share one table.
/// </summary>
internal sealed record SaturatingFunction : ActivationFunction
{
    private readonly double _reach;
    private readonly Func<double, double> _function;

    private SaturatingFunction(string name, double reach, Func<double, double> function)
    {
        (Name, _reach, _function) = (name, reach, function);
    }

    /// <summary><c>1 / (1 + e^−x)</c>.</summary>
    public static SaturatingFunction Sigmoid { get; } = new("sigmoid", 6, x => 1 / (1 + Math.Exp(-x)));

    /// <summary><c>tanh x</c>.</summary>
    public static SaturatingFunction Tanh { get; } = new("tanh", 3.5, Math.Tanh);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override OutputGrid NaturalGrid => OutputGrid.UpTo(1);

    /// <inheritdoc/>
    public override double Apply(double value) => _function(value);

    /// <inheritdoc/>
    public override double QuotientScale(OutputGrid grid) => _reach / ((CentreSize / 2) - 1);

    /// <inheritdoc/>
    protected override (double Low, double High) ActiveRange(OutputGrid grid) => (-_reach, _reach);
}
