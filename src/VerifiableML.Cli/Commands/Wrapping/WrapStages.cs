using System.Diagnostics;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>
/// Measures the stages of one wrap. The time up to the end of the first includes checking the core proof and computing the wires.
/// </summary>
/// <param name="progress">Told of each stage as it ends; may be null.</param>
internal sealed class WrapStages(IProgress<string>? progress = null) : IProgress<Groth16Stage>
{
    private readonly List<(string Stage, TimeSpan Time)> _times = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>The stages in their order.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time)> Times => _times;

    /// <summary>Time since the start, up to the end of the last stage.</summary>
    public TimeSpan Total => Stopwatch.GetElapsedTime(_start, _last);

    /// <inheritdoc/>
    public void Report(Groth16Stage value) => Report(value == Groth16Stage.Matrices ? "CheckWiresMatrices" : value.ToString());

    /// <summary>Books the time since the last call under <paramref name="stage"/>.</summary>
    public void Report(string stage)
    {
        long now = Stopwatch.GetTimestamp();
        _times.Add((stage, Stopwatch.GetElapsedTime(_last, now)));
        _last = now;
        progress?.Report($"{stage} done");
    }
}
