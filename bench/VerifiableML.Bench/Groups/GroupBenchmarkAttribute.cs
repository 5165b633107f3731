using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace VerifiableML.Bench.Groups;

/// <summary>Few and short iterations: an operation takes up to seconds and its time varies little.</summary>
/// <param name="warmups">Iterations before the measured ones.</param>
/// <param name="iterations">Measured iterations.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GroupBenchmarkAttribute(int warmups = 10, int iterations = 5) : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance) // saves building a project for each run
            .WithStrategy(RunStrategy.Monitoring)
            .WithLaunchCount(1)
            .WithWarmupCount(warmups)
            .WithIterationCount(iterations))
        .AddColumn(new PerPointColumn());
}
