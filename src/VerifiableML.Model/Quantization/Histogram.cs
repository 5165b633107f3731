namespace VerifiableML.Model.Quantization;

/// <summary>Absolute values of one tensor over the calibration samples: the greatest in a first pass, their distribution in a second.</summary>
internal sealed class Histogram
{
    private const int Bins = 2048;

    private readonly long[] _counts = new long[Bins];
    private readonly Lock _gate = new();

    /// <summary>Greatest absolute value seen.</summary>
    public double Maximum { get; private set; }

    /// <summary>First pass.</summary>
    /// <param name="values">Elements of the tensor.</param>
    /// <param name="function">The value that counts, from an element and its index.</param>
    public void Widen(ReadOnlySpan<float> values, Func<double, int, double> function)
    {
        double maximum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            maximum = Math.Max(maximum, Math.Abs(function(values[i], i)));
        }

        lock (_gate)
        {
            Maximum = Math.Max(Maximum, maximum);
        }
    }

    /// <summary>Second pass, after all of the first.</summary>
    /// <param name="values">Elements of the tensor.</param>
    /// <param name="function">The value that counts, from an element and its index.</param>
    public void Count(ReadOnlySpan<float> values, Func<double, int, double> function)
    {
        if (Maximum == 0)
        {
            return;
        }

        var counts = new int[Bins];
        double scale = Bins / Maximum;
        for (int i = 0; i < values.Length; i++)
        {
            double magnitude = Math.Abs(function(values[i], i));
            if (magnitude > 0)
            {
                // Zeros are exact in every grid and say nothing about the best one.
                counts[Math.Min((int)(magnitude * scale), Bins - 1)]++;
            }
        }

        lock (_gate)
        {
            for (int bin = 0; bin < Bins; bin++)
            {
                _counts[bin] += counts[bin];
            }
        }
    }

    /// <summary>
    /// The absolute value at which to saturate, so that the mean squared error of rounding and saturation together is least; 1 for a tensor of zeros.
    /// </summary>
    public double BestClip(int levels)
    {
        if (Maximum == 0)
        {
            return 1;
        }

        double best = Maximum;
        double least = double.PositiveInfinity;
        for (int bins = Bins; bins >= Bins / 16; bins -= Bins / 128)
        {
            double clip = Maximum * bins / Bins;
            double error = Error(clip, levels);
            if (error < least)
            {
                (best, least) = (clip, error);
            }
        }

        return best;
    }

    private double Error(double clip, int levels)
    {
        double rounding = clip / levels * (clip / levels) / 12;
        double sum = 0;
        for (int i = 0; i < Bins; i++)
        {
            double beyond = Math.Max(0, ((i + 0.5) * Maximum / Bins) - clip);
            sum += _counts[i] * (beyond > 0 ? beyond * beyond : rounding);
        }

        return sum;
    }
}
