using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>A sparse linear map from the cells of one tensor to the cells of another, by geometry alone.</summary>
public abstract record CellMap;

/// <summary>
/// A map that is a product of one map for each axis: <c>out[y, x, c] = Σ Rows[y, y'] · Columns[x, x'] · Channels[c, c'] · in[y', x', c']</c>.
/// </summary>
/// <param name="Rows">Map of the vertical axis.</param>
/// <param name="Columns">Map of the horizontal axis.</param>
/// <param name="Channels">Map of the channel axis.</param>
public sealed record SeparableMap(AxisMap Rows, AxisMap Columns, AxisMap Channels) : CellMap;

/// <summary>
/// A map that copies cells: output cell <c>i</c> (channels last, without padding) is input cell <c>Source[i]</c>, or zero for −1. For what no
/// product of axes describes: general reshapes and transpositions.
/// </summary>
/// <param name="Source">For each output cell the input cell, or −1.</param>
public sealed record GatherMap(ImmutableArray<int> Source) : CellMap;
