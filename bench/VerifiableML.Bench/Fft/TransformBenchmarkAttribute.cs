using BenchmarkDotNet.Configs;

namespace VerifiableML.Bench.Fft;

/// <summary>Adds the time per butterfly to a benchmark's columns.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TransformBenchmarkAttribute : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddColumn(new PerButterflyColumn());
}
