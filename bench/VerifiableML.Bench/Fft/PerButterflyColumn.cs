using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace VerifiableML.Bench.Fft;

/// <summary>Mean time divided by the number of butterflies of one transform of 2^Log2 elements.</summary>
public sealed class PerButterflyColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => nameof(PerButterflyColumn);

    /// <inheritdoc/>
    public string ColumnName => "ns/butterfly";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 1;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => "Mean time per butterfly of one transform";

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
        double log2 = benchmarkCase.Parameters.Items.FirstOrDefault(p => p.Name == "Log2")?.Value as int? ?? 1;
        double butterflies = Math.Pow(2, log2) * log2 / 2;
        return mean is null ? "?" : (mean.Value / butterflies).ToString("F1", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
