namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Sums of small integers times field elements, one sum per column, reduced lazily: folding the rows of an integer matrix with field
/// coefficients costs a few integer instructions per entry. For one thread at a time; it spreads large rows over the cores itself.
/// </summary>
public interface IIntegerAccumulator : IDisposable
{
    /// <summary>
    /// Column <paramref name="start"/> + j += values[j]·coefficient. Any integers, any number of calls; values below 2^16 in absolute
    /// value are the fast case. The values must not change before the sums are reduced (see <see cref="IFieldKernels"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The values reach beyond the last column.</exception>
    void Add(int start, ReadOnlyMemory<int> values, Fr coefficient);

    /// <summary>Column <paramref name="start"/> + j += values[j]·coefficient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values reach beyond the last column.</exception>
    void Add(int start, ReadOnlySpan<short> values, Fr coefficient);

    /// <summary>Writes the sum of every column. The accumulator keeps its sums, so that more can be added.</summary>
    void ReduceTo(FrSlice destination);
}
