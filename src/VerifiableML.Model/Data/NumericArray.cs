using System.Collections.Immutable;

namespace VerifiableML.Model.Data;

/// <summary>Numbers of a data file, all finite.</summary>
/// <param name="Shape">Extents, outermost first; empty for a scalar.</param>
/// <param name="Values">The numbers, row-major; integers above 2^24 are rounded to floats.</param>
public sealed record NumericArray(ImmutableArray<int> Shape, float[] Values)
{
    /// <summary>The shape for people: <c>[60, 28, 28]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
