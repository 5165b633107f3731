using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>
/// Turns a real linear map into integers so that requantization is a pure shift: with real weights <c>w</c>, input scale <c>s</c> and quotient
/// scale <c>t</c>, the integer weight is <c>round(w · s / t · 2^shift)</c>. One shift for the node, the largest that keeps weights in 16 bits.
/// </summary>
/// <param name="options">Headroom and limits.</param>
internal sealed class LinearQuantizer(QuantizerOptions options)
{
    private const int WeightBits = 15;
    private const int LogitBits = 31;

    // Wide weights carry a multiplier to about the precision of the 32-bit floats that other runtimes multiply with.
    private const int WideWeightBits = 24;
    private const int WideMaximumShift = 36;

    /// <summary>Builds a node from the integer weights and biases that <c>scale → integers</c> gives, and a requantization and bound.</summary>
    /// <param name="multiplier">Integer steps of the accumulator for one real unit times input step.</param>
    /// <param name="requantization">What is applied, or null.</param>
    /// <param name="bound">Bound on accumulators.</param>
    /// <param name="outputScale">Scale of the output.</param>
    /// <param name="minimum">Least output.</param>
    /// <param name="maximum">Greatest output.</param>
    internal delegate AccumulatingNode Build(
        double multiplier, Requantization? requantization, long bound, double outputScale, long minimum, long maximum);

    /// <summary>
    /// Chooses shift, domain and bound. <paramref name="build"/> is called with candidates, and the range of what it returns is measured.
    /// </summary>
    /// <param name="build">Builds the node.</param>
    /// <param name="largestWeight">Greatest absolute value of a real weight times its input's scale.</param>
    /// <param name="function">Function after the accumulator.</param>
    /// <param name="grid">The output's integers.</param>
    /// <param name="wide">True for imported models, whose multipliers must hold to the last bit: wider weights, a larger shift.</param>
    /// <param name="tensor">The tensor of a value.</param>
    public AccumulatingNode WithTable(
        Build build, double largestWeight, ActivationFunction function, OutputGrid grid, bool wide, Func<int, QuantizedTensor> tensor)
    {
        double finest = function.QuotientScale(grid);
        for (double coarsening = 1; coarsening <= 1 << 24; coarsening *= 2)
        {
            ActivationPlan plan = function.Plan(grid, finest * coarsening);
            int shift = LargestShift(largestWeight / plan.QuotientScale, wide);
            if (shift >= 0 && TryBuild(build, plan, shift, tensor) is { } node)
            {
                return node;
            }
        }

        throw new QuantizationException($"no scale brings the worst case of a '{function.Name}' layer into {QuantizedModelLimits.DomainBits} bits");
    }

    /// <summary>
    /// A product of two activations: its accumulator has no weight that could absorb a multiplier, so the step of <c>q</c> is the accumulator's
    /// times a power of two, and the table brings it to the output's.
    /// </summary>
    public AccumulatingNode Product(
        Build build, double accumulatorScale, ActivationFunction function, OutputGrid grid, Func<int, QuantizedTensor> tensor)
    {
        // Four steps of q to one of the output leave the table room for the whole range.
        double wanted = Math.Min(function.QuotientScale(grid), grid.Scale / 2);
        int finest = Math.Clamp((int)Math.Floor(Math.Log2(wanted / accumulatorScale)), 0, QuantizedModelLimits.Shift);
        for (int shift = finest; shift <= QuantizedModelLimits.Shift; shift++)
        {
            ActivationPlan plan = function.Plan(grid, Math.ScaleB(accumulatorScale, shift));
            if (TryBuild(build, plan, shift, tensor) is { } node)
            {
                return node;
            }
        }

        throw new QuantizationException($"no shift brings a product into {QuantizedModelLimits.DomainBits} bits");
    }

    private AccumulatingNode? TryBuild(Build build, ActivationPlan plan, int shift, Func<int, QuantizedTensor> tensor)
    {
        // Rounding many weights takes time: the node is built once, and its bounds are put in when they are known.
        AccumulatingNode node = build(
            Math.ScaleB(1 / plan.QuotientScale, shift),
            new Requantization(shift, plan.Table(QuantizedModelLimits.DomainBits)),
            0,
            plan.OutputScale,
            plan.Values.Min(),
            plan.Values.Max());
        AccumulatorRange range = AccumulatorRange.Of(node, tensor);
        int needed = Math.Max(DomainBits(range, shift), CentreBits(plan));
        if (needed > QuantizedModelLimits.DomainBits || range.Magnitude >= QuantizedModelLimits.Accumulator)
        {
            return null;
        }

        int bits = Math.Min(needed + options.HeadroomBits, QuantizedModelLimits.DomainBits);
        return node with { Requantization = new Requantization(shift, plan.Table(bits)), AccumulatorBound = GreatestAccumulator(bits, shift) };
    }

    /// <summary>A last layer: its accumulators are the output, exact, below 2^31 in absolute value.</summary>
    public AccumulatingNode Exact(Build build, double largestWeight, Func<int, QuantizedTensor> tensor)
    {
        double multiplier = largestWeight > 0 ? Math.ScaleB(1, WeightBits - options.HeadroomBits) / largestWeight : 1;
        double limit = Math.ScaleB(1, LogitBits - options.HeadroomBits);
        for (int attempt = 0; attempt < 64; attempt++)
        {
            AccumulatingNode node = build(multiplier, null, 0, 1 / multiplier, 0, 0);
            Int128 magnitude = AccumulatorRange.Of(node, tensor).Magnitude;
            if ((double)magnitude < limit)
            {
                long bound = (1L << Math.Min(BitsOf(magnitude) + options.HeadroomBits, LogitBits)) - 1;
                return node with { AccumulatorBound = bound, Output = node.Output with { Minimum = -bound, Maximum = bound } };
            }

            multiplier *= Math.Min(0.5, 0.99 * limit / (double)magnitude);
        }

        throw new QuantizationException("no scale brings the last layer's accumulators below 2^31");
    }

    /// <summary>Integers <c>round(real · multiplier)</c>.</summary>
    public static int[] Round(ReadOnlySpan<double> real, double multiplier)
    {
        var integers = new int[real.Length];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = (int)Math.Clamp(Math.Round(real[i] * multiplier), -int.MaxValue, int.MaxValue);
        }

        return integers;
    }

    /// <summary>Integers <c>round(real · multiplier)</c>; empty where all are zero.</summary>
    public static ImmutableArray<long> RoundBias(ReadOnlySpan<double> real, double multiplier)
    {
        var integers = new long[real.Length];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = (long)Math.Clamp(Math.Round(real[i] * multiplier), -1e17, 1e17);
        }

        return integers.AsSpan().ContainsAnyExcept(0) ? [.. integers] : [];
    }

    /// <summary>Bits of the domain that holds every quotient of <paramref name="range"/>.</summary>
    public static int DomainBits(AccumulatorRange range, int shift)
    {
        Int128 half = shift == 0 ? 0 : Int128.One << (shift - 1);
        Int128 least = (range.Minimum + half) >> shift;
        Int128 greatest = (range.Maximum + half) >> shift;
        int bits = 1;
        while (least < -(Int128.One << (bits - 1)) || greatest >= Int128.One << (bits - 1))
        {
            bits++;
        }

        return bits;
    }

    /// <summary>The greatest absolute accumulator whose quotient surely lies in a domain of <paramref name="domainBits"/>.</summary>
    public static long GreatestAccumulator(int domainBits, int shift) =>
        (long)Int128.Min(
            (Int128.One << (domainBits - 1 + shift)) - 1 - (shift == 0 ? 0 : Int128.One << (shift - 1)), QuantizedModelLimits.Accumulator - 1);

    private static int CentreBits(ActivationPlan plan)
    {
        int bits = 1;
        while (plan.First < -(1 << (bits - 1)) || plan.First + plan.Values.Length > 1 << (bits - 1))
        {
            bits++;
        }

        return bits;
    }

    private static int BitsOf(Int128 magnitude)
    {
        int bits = 1;
        while (magnitude >> bits != 0)
        {
            bits++;
        }

        return bits;
    }

    private int LargestShift(double largestStep, bool wide)
    {
        int greatest = wide ? WideMaximumShift : options.MaximumShift;
        if (!(largestStep > 0))
        {
            return Math.Min(greatest, 16); // Only biases: any shift will do.
        }

        double room = Math.ScaleB(1, wide ? WideWeightBits : WeightBits - options.HeadroomBits) - 1;
        return (int)Math.Clamp(Math.Floor(Math.Log2(room / largestStep)), -1, greatest);
    }
}
