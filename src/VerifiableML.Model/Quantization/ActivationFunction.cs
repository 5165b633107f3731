using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>
/// The function that a node applies between its accumulator and its output, as the quantizer sees it: a name, and the table for given scales.
/// </summary>
internal abstract record ActivationFunction
{
    /// <summary>Greatest absolute value of an activation.</summary>
    public const int Greatest = 127;

    /// <summary>Greatest number of values in the centre of a table.</summary>
    public const int CentreSize = 1024;

    /// <summary>Name of the function, for people.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The scales and the table.
    /// </summary>
    /// <param name="clip">Real absolute value at which outputs saturate, from calibration. Functions of bounded range need none.</param>
    /// <param name="coarsening">1, or a power of two by which the step of <c>q</c> has to grow so that the worst case fits the domain.</param>
    public abstract ActivationPlan Plan(double clip, int coarsening);

    /// <summary>The real function, for clipping what calibration saw.</summary>
    public abstract double Apply(double value);

    /// <summary>A table of <paramref name="function"/> over <paramref name="first"/>..<paramref name="last"/>.</summary>
    protected static ImmutableArray<int> Tabulate(int first, int last, Func<int, double> function)
    {
        var values = new int[last - first + 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (int)Math.Clamp(Math.Round(function(first + i), MidpointRounding.AwayFromZero), -Greatest, Greatest);
        }

        return [.. values];
    }
}

/// <summary>Scales and table of one node.</summary>
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

/// <summary><c>min(max(x, Low), High)</c>; with infinite limits the identity that only saturates, with a low limit of 0 ReLU.</summary>
internal sealed record ClipFunction(double Low, double High) : ActivationFunction
{
    /// <summary>No function but saturation.</summary>
    public static ClipFunction Identity { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Rectified linear unit.</summary>
    public static ClipFunction Relu { get; } = new(0, double.PositiveInfinity);

    /// <inheritdoc/>
    public override string Name => double.IsInfinity(High) && Low == 0 ? "relu" : double.IsInfinity(High) && double.IsInfinity(Low) ? "clamp" : "clip";

    /// <inheritdoc/>
    public override ActivationPlan Plan(double clip, int coarsening)
    {
        double scale = clip * coarsening / Greatest;
        int first = (int)Math.Clamp(Math.Round(Low / scale), -Greatest, Greatest);
        int last = (int)Math.Clamp(Math.Round(High / scale), first, Greatest);
        return new ActivationPlan(Name, scale, scale, first, Tabulate(first, last, q => q));
    }

    /// <inheritdoc/>
    public override double Apply(double value) => Math.Min(Math.Max(value, Low), High);
}

/// <summary><c>x</c> above zero, <c>Slope · x</c> below.</summary>
internal sealed record LeakyReluFunction(double Slope) : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => "leaky-relu";

    /// <inheritdoc/>
    public override ActivationPlan Plan(double clip, int coarsening)
    {
        double scale = clip * coarsening / Greatest;
        // Below this the function has reached −127, or the centre is full and the function is held constant.
        int first = Slope == 0 ? 0 : -(int)Math.Min(CentreSize - Greatest - 1, Math.Ceiling(Greatest / Math.Abs(Slope)));
        return new ActivationPlan(Name, scale, scale, first, Tabulate(first, Greatest, q => Apply(q)));
    }

    /// <inheritdoc/>
    public override double Apply(double value) => value >= 0 ? value : value * Slope;
}

/// <summary>
/// A function with bounded range that is constant, to the precision of its output, outside <c>−Reach..Reach</c>. Its scales do not depend on
/// calibration, so that all nodes of a model share one table.
/// </summary>
internal sealed record SaturatingFunction : ActivationFunction
{
    private const int HalfCentre = (CentreSize / 2) - 1;

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
    public override ActivationPlan Plan(double clip, int coarsening)
    {
        double step = _reach * coarsening / HalfCentre;
        int last = Math.Max(1, HalfCentre / coarsening);
        return new ActivationPlan(Name, step, 1.0 / Greatest, -last, Tabulate(-last, last, q => Greatest * _function(q * step)));
    }

    /// <inheritdoc/>
    public override double Apply(double value) => _function(value);
}
