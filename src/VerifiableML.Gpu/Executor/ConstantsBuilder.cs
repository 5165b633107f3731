namespace VerifiableML.Gpu.Executor;

/// <summary>Collects a model's constants, each of which is then known by the index of its first word.</summary>
internal sealed class ConstantsBuilder
{
    // Lines of 128 bytes: what a warp reads in one go starts on one.
    private const int Alignment = 32;

    private readonly List<int> _words = [];
    private readonly List<long> _longs = [];
    private readonly Dictionary<object, int> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Number of 32-bit constants so far.</summary>
    public int Count => _words.Count;

    /// <summary>Adds 32-bit constants.</summary>
    /// <returns>The index of the first.</returns>
    public int Add(ReadOnlySpan<int> words)
    {
        _words.AddRange(new int[(Alignment - (_words.Count % Alignment)) % Alignment]);
        int first = _words.Count;
        _words.AddRange(words);
        return first;
    }

    /// <summary>Adds 32-bit constants that are made once for each <paramref name="owner"/>.</summary>
    public int AddOnce(object owner, Func<int[]> words)
    {
        if (!_known.TryGetValue(owner, out int first))
        {
            _known[owner] = first = Add(words());
        }

        return first;
    }

    /// <summary>Adds 64-bit constants.</summary>
    /// <returns>The index of the first.</returns>
    public int Add(ReadOnlySpan<long> longs)
    {
        int first = _longs.Count;
        _longs.AddRange(longs);
        return first;
    }

    /// <summary>All constants; never empty, since a buffer of no words has no address.</summary>
    public (int[] Words, long[] Longs) Build() => ([.. _words, 0], [.. _longs, 0]);
}
