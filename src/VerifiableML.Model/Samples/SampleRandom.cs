namespace VerifiableML.Model.Samples;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): a small generator whose stream never changes between versions of the runtime.</summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 uniform bits.</summary>
    public ulong Bits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform over <paramref name="least"/>..<paramref name="greatest"/>, both included.</summary>
    public long Integer(long least, long greatest) => least + (long)(Bits() % (ulong)(greatest - least + 1));

    /// <summary>About normal with mean 0 and deviation 1: a sum of twelve uniform numbers.</summary>
    public double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 6; i++)
        {
            ulong bits = Bits();
            sum += ((uint)bits * (1.0 / (1UL << 32))) + ((bits >> 32) * (1.0 / (1UL << 32)));
        }

        return sum;
    }
}
