using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Claims;

/// <summary>
/// A point at which multilinear polynomials are evaluated. Coordinate 0 belongs to the most significant bit of the index, here
/// and everywhere. Sumchecks bind coordinate 0 first, so a polynomial in fewer variables lives at a suffix of a longer point.
/// </summary>
/// <typeparam name="T">The scalar: a field element, or a variable of a circuit.</typeparam>
public readonly struct EvaluationPoint<T>
    where T : struct, IScalar<T>
{
    private readonly ReadOnlyMemory<T> _coordinates;

    /// <summary>A point with these coordinates.</summary>
    public EvaluationPoint(ReadOnlyMemory<T> coordinates) => _coordinates = coordinates;

    /// <summary>Number of coordinates.</summary>
    public int Count => _coordinates.Length;

    /// <summary>The coordinates.</summary>
    public ReadOnlySpan<T> Coordinates => _coordinates.Span;

    /// <summary>Coordinate <paramref name="index"/>.</summary>
    public T this[int index] => _coordinates.Span[index];

    /// <summary>The last <paramref name="count"/> coordinates.</summary>
    public EvaluationPoint<T> Suffix(int count) => new(_coordinates[(Count - count)..]);

    /// <summary>The first <paramref name="count"/> coordinates.</summary>
    public EvaluationPoint<T> Prefix(int count) => new(_coordinates[..count]);

    /// <summary><paramref name="count"/> coordinates from <paramref name="start"/> on.</summary>
    public EvaluationPoint<T> Slice(int start, int count) => new(_coordinates.Slice(start, count));

    /// <summary>The coordinates of several points, one after the other.</summary>
    public static EvaluationPoint<T> Join(params ReadOnlySpan<EvaluationPoint<T>> parts)
    {
        var joined = new List<T>();
        foreach (EvaluationPoint<T> part in parts)
        {
            joined.AddRange(part.Coordinates);
        }

        return new EvaluationPoint<T>(joined.ToArray());
    }
}
