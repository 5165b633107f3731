using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Groups;

/// <summary>
/// The columns of a matrix of 2^Log2 terms, ten to a row and on average to a column, of which some have one of two hundred coefficients of 254 bits and
/// the others ±1; on all cores. The time per point is that of a term.
/// </summary>
[GroupBenchmark(1, 3)]
public class SparseSumsBenchmarks
{
    private const int TermsOfRow = 10;
    private const int LongCoefficients = 200;
    private readonly Fr[] _coefficients = new Fr[2 + LongCoefficients];
    private int[] _starts = [];
    private int[] _columns = [];
    private int[] _indices = [];
    private G1Bases _points = null!;
    private G2Bases _twistPoints = null!;

    /// <summary>Logarithm of the number of terms.</summary>
    [Params(16)]
    public int Log2 { get; set; }

    /// <summary>Terms of a hundred whose coefficient is long.</summary>
    [Params(0, 30)]
    public int LongShare { get; set; }

    private int Rows => ((1 << Log2) + TermsOfRow - 1) / TermsOfRow;

    /// <summary>Makes the matrix and the points.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        using FrVector coefficients = GroupBenchmarkData.Scalars(LongCoefficients);
        coefficients.All.ToArray().CopyTo(_coefficients, 2);
        _coefficients[0] = Fr.One;
        _coefficients[1] = -Fr.One;
        _starts = [.. Enumerable.Range(0, Rows + 1).Select(row => Math.Min(row * TermsOfRow, 1 << Log2))];
        _columns = [.. Enumerable.Range(0, 1 << Log2).Select(_ => random.Next(Rows))];
        _indices = [.. _columns.Select(_ => random.Next(100) < LongShare ? 2 + random.Next(LongCoefficients) : random.Next(2))];
        _points = GroupBenchmarkData.Bases(Rows);
        _twistPoints = GroupBenchmarkData.TwistBases(Rows);
    }

    /// <summary>In G1.</summary>
    [Benchmark]
    public G1Bases Points() => SparseSums.Compute(_points, new SparseRows(_starts, _columns, _indices, _coefficients), Rows);

    /// <summary>In G2.</summary>
    [Benchmark]
    public G2Bases TwistPoints() => SparseSums.Compute(_twistPoints, new SparseRows(_starts, _columns, _indices, _coefficients), Rows);
}
