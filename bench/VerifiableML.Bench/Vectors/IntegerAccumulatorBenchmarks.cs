using BenchmarkDotNet.Attributes;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Bench.Vectors;

/// <summary>Folding the rows of a 16-bit matrix with field coefficients: the pass over the weights that a proof makes.</summary>
[SimpleJob(warmupCount: 2, iterationCount: 5)]
public class IntegerAccumulatorBenchmarks
{
    private const int Rows = 512;
    private short[] _matrix = [];
    private Fr[] _coefficients = [];

    /// <summary>Columns of the matrix.</summary>
    [Params(1024, 4096)]
    public int Columns { get; set; }

    /// <summary>Draws the matrix and the coefficients.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _matrix = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (short)random.Next(short.MinValue, short.MaxValue))];
        _coefficients = [.. Enumerable.Range(1, Rows).Select(i => Fr.FromInt64(i).Inverse())];
    }

    /// <summary>The time of one row, on all cores.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void FoldRows()
    {
        using IIntegerAccumulator accumulator = FieldKernels.Best.CreateAccumulator(Columns);
        for (int row = 0; row < Rows; row++)
        {
            accumulator.Add(0, _matrix.AsSpan(row * Columns, Columns), _coefficients[row]);
        }

        using FrVector sums = FrVector.Rent(Columns);
        accumulator.ReduceTo(sums.All);
    }
}
