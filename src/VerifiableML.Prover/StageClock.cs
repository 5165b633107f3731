using System.Diagnostics;

namespace VerifiableML.Prover;

/// <summary>The stages of a proof, for reports.</summary>
public enum ProverStage
{
    /// <summary>Laying the execution out as columns.</summary>
    Witness,

    /// <summary>Committing to the witness.</summary>
    Commit,

    /// <summary>The fraction tree of all lookups.</summary>
    Lookups,

    /// <summary>Values of all columns at the lookup point.</summary>
    Evaluations,

    /// <summary>Folding the rows of the weights.</summary>
    FoldWeights,

    /// <summary>Sumchecks over contraction indices.</summary>
    Contractions,

    /// <summary>Sumchecks over wirings.</summary>
    Wirings,

    /// <summary>Reduction of all claims to one point.</summary>
    Claims,

    /// <summary>The polynomial opening.</summary>
    Opening,

    /// <summary>The check of a proof that a device made.</summary>
    Check,
}

/// <summary>Measures how long each stage of one proof takes.</summary>
/// <param name="progress">Told of each stage as it ends.</param>
/// <param name="traffic">Counts what the device was asked for so far, where there is one.</param>
public sealed class StageClock(IProgress<ProverStage>? progress = null, Func<DeviceTraffic>? traffic = null)
{
    private readonly Dictionary<ProverStage, TimeSpan> _durations = [];
    private readonly Dictionary<ProverStage, DeviceTraffic> _traffic = [];
    private long _last = Stopwatch.GetTimestamp();
    private DeviceTraffic _lastTraffic = traffic?.Invoke() ?? default;

    /// <summary>Time spent in each stage.</summary>
    public IReadOnlyDictionary<ProverStage, TimeSpan> Durations => _durations;

    /// <summary>What each stage asked of the device; empty without one.</summary>
    public IReadOnlyDictionary<ProverStage, DeviceTraffic> Traffic => _traffic;

    /// <summary>Time spent in all stages.</summary>
    public TimeSpan Total => _durations.Values.Aggregate(TimeSpan.Zero, (sum, duration) => sum + duration);

    /// <summary>Books the time since the last call under <paramref name="stage"/>.</summary>
    public void Stage(ProverStage stage)
    {
        long now = Stopwatch.GetTimestamp();
        _durations[stage] = _durations.GetValueOrDefault(stage) + Stopwatch.GetElapsedTime(_last, now);
        _last = now;
        if (traffic is not null)
        {
            DeviceTraffic count = traffic();
            _traffic[stage] = _traffic.GetValueOrDefault(stage) + (count - _lastTraffic);
            _lastTraffic = count;
        }

        progress?.Report(stage);
    }
}
