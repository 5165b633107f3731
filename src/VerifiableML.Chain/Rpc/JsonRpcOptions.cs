namespace VerifiableML.Chain.Rpc;

/// <summary>Limits of requests to a node, and how often they are repeated.</summary>
public sealed record JsonRpcOptions
{
    /// <summary>Longest time of one attempt, from its first byte out to its last byte in.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest answer; a longer one is refused while it is being read.</summary>
    public int MaximumResponseBytes { get; init; } = 8 << 20;

    /// <summary>Attempts in all, the first one included, as long as faults are passing ones.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Pause before the second attempt; it doubles before each further one. Half of it is random, so that clients do not come back together.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The pause after an attempt, counted from one.</summary>
    internal TimeSpan PauseAfter(int attempt)
    {
        double full = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * Random.Shared.NextDouble())));
    }
}
