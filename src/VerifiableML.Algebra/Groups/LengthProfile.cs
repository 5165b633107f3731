namespace VerifiableML.Algebra.Groups;

/// <summary>
/// How the lengths of scalars that are not zero are spread: a few long ones among many short ones should not decide the width of the windows.
/// </summary>
internal sealed class LengthProfile
{
    /// <summary>Bits of the longest machine integer.</summary>
    public const int LongestLength = 64;

    /// <summary>The profile of scalars that all count in every window.</summary>
    public static readonly LengthProfile Long = new([]);

    private readonly double[] _shares;

    private LengthProfile(double[] shares) => _shares = shares;

    /// <summary>Scales a sample up.</summary>
    /// <param name="counts">Sampled values by length; the zeros, at 0, are not looked at.</param>
    /// <param name="longest">Length that the longest value has or falls short of by one.</param>
    public static LengthProfile FromSample(ReadOnlySpan<int> counts, int longest)
    {
        int total = 0;
        foreach (int count in counts[1..])
        {
            total += count;
        }

        if (total == 0)
        {
            return Long;
        }

        var shares = new double[longest + 1];
        int above = 0;
        for (int length = LongestLength; length >= 1; length--)
        {
            above += counts[length];
            if (length <= longest)
            {
                shares[length] = (double)above / total;
            }
        }

        shares[0] = 1;
        return new LengthProfile(shares);
    }

    /// <summary>Share of the scalars that have at least so many bits, and so a digit that is not zero in the window that begins there.</summary>
    public double ShareOfAtLeast(int length) => length < _shares.Length ? _shares[length] : _shares.Length == 0 ? 1 : 0;
}
