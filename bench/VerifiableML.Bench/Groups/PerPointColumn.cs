using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace VerifiableML.Bench.Groups;

/// <summary>Mean time divided by the number of points, 2^Log2, and by the number of rows where there are several.</summary>
public sealed class PerPointColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => nameof(PerPointColumn);

    /// <inheritdoc/>
    public string ColumnName => "ns/point";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => "Mean time per point (and row)";

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
        double points = Math.Pow(2, Parameter(benchmarkCase, "Log2", 0)) * Parameter(benchmarkCase, "Rows", 1);
        return mean is null ? "?" : (mean.Value / points).ToString("F1", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    private static int Parameter(BenchmarkCase benchmarkCase, string name, int otherwise) =>
        benchmarkCase.Parameters.Items.FirstOrDefault(p => p.Name == name)?.Value as int? ?? otherwise;
}
