using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace VerifiableML.Bench.Groups;

/// <summary>Few and short iterations: an operation takes up to seconds and its time varies little.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GroupBenchmarkAttribute : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance) // saves building a project for each run
            .WithStrategy(RunStrategy.Monitoring)
            .WithLaunchCount(1)
            .WithWarmupCount(10)
            .WithIterationCount(5))
        .AddColumn(new PerPointColumn());
}
