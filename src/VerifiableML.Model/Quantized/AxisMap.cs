using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>One entry of a sparse matrix along one axis: output <c>Output</c> takes <c>Coefficient</c> times input <c>Input</c>.</summary>
/// <param name="Output">Index on the output axis.</param>
/// <param name="Input">Index on the input axis.</param>
/// <param name="Coefficient">A constant of the model's geometry (never of its weights).</param>
public readonly record struct AxisLink(int Output, int Input, int Coefficient);

/// <summary>A sparse linear map along one axis. Both extents are without padding.</summary>
/// <param name="InputSize">Extent of the input axis.</param>
/// <param name="OutputSize">Extent of the output axis.</param>
/// <param name="Links">The nonzero entries, ordered by output; empty for the identity.</param>
/// <param name="IsIdentity">True for the identity, which needs no links.</param>
public sealed record AxisMap(int InputSize, int OutputSize, ImmutableArray<AxisLink> Links, bool IsIdentity)
{
    /// <summary>The identity on an axis of <paramref name="size"/>.</summary>
    public static AxisMap Identity(int size) => new(size, size, [], true);
}
