namespace VerifiableML.Algebra.Vectors;

/// <summary>The accumulator with one reduced field element per column: the specification of <see cref="IIntegerAccumulator"/>.</summary>
internal sealed class ReferenceIntegerAccumulator(int length) : IIntegerAccumulator
{
    private readonly Fr[] _sums = new Fr[length];

    public void Add(int start, ReadOnlyMemory<int> values, Fr coefficient)
    {
        Span<Fr> columns = _sums.AsSpan(start, values.Length);
        for (int j = 0; j < values.Length; j++)
        {
            columns[j] += Fr.FromInt64(values.Span[j]) * coefficient;
        }
    }

    public void Add(int start, ReadOnlySpan<short> values, Fr coefficient)
    {
        Span<Fr> columns = _sums.AsSpan(start, values.Length);
        for (int j = 0; j < values.Length; j++)
        {
            columns[j] += Fr.FromInt64(values[j]) * coefficient;
        }
    }

    public void ReduceTo(FrSlice destination) => destination.CopyFrom(_sums);

    public void Dispose()
    {
    }
}
