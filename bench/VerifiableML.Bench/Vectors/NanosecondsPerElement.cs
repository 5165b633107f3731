using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

namespace VerifiableML.Bench.Vectors;

/// <summary>A short job with a column that divides the mean time by the elements, or by the pairs where the name says so.</summary>
public sealed class NanosecondsPerElement : ManualConfig
{
    /// <summary>Creates the configuration.</summary>
    public NanosecondsPerElement()
    {
        AddJob(Job.Default.WithWarmupCount(2).WithIterationCount(5).WithIterationTime(TimeInterval.FromMilliseconds(100)));
        AddColumn(new PerElementColumn());
    }

    private sealed class PerElementColumn : IColumn
    {
        public string Id => nameof(PerElementColumn);

        public string ColumnName => "ns/element";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Mean time over elements, or over pairs of halves";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            double? mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
            int length = (int)benchmarkCase.Parameters[nameof(FieldKernelBenchmarks.Length)];
            bool pairs = benchmarkCase.Descriptor.WorkloadMethod.Name.EndsWith("PerPair", StringComparison.Ordinal);
            return mean is null ? "-" : (mean.Value / (pairs ? length / 2 : length)).ToString("F2", CultureInfo.InvariantCulture);
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
    }
}
