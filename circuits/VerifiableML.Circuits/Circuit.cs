using System.Collections.Immutable;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits;

/// <summary>
/// What is proven: relations over committed columns, laid out. It follows from a model's architecture (operators, extents, shifts, tables,
/// wiring) and never from its weights, so retraining changes no circuit. <see cref="Digest"/> covers all of it.
/// </summary>
public sealed class Circuit
{
    /// <summary>The model without its data: no weights, biases, coefficients, names or scales.</summary>
    public required QuantizedModel Architecture { get; init; }

    /// <summary>What was chosen beside the model.</summary>
    public required CircuitOptions Options { get; init; }

    /// <summary>Keccak-256 of the canonical encoding of architecture and options; 32 bytes.</summary>
    public required ImmutableArray<byte> Digest { get; init; }

    /// <summary>How the committed polynomials are cut into rows.</summary>
    public required CircuitLayout Layout { get; init; }

    /// <summary>Committed columns of the witness.</summary>
    public required ImmutableArray<Column> Columns { get; init; }

    /// <summary>The column of random field elements that a hiding circuit has; no claim is about it.</summary>
    public required Column? BlindingColumn { get; init; }

    /// <summary>Columns that committed data determine.</summary>
    public required ImmutableArray<VirtualColumn> VirtualColumns { get; init; }

    /// <summary>The column of each value of the model: 0 is the input, i + 1 the output of node i.</summary>
    public required ImmutableArray<Column> ValueColumns { get; init; }

    /// <summary>Preprocessed data.</summary>
    public required ImmutableArray<WeightSegment> Segments { get; init; }

    /// <summary>Lookup tables.</summary>
    public required ImmutableArray<LookupTable> Tables { get; init; }

    /// <summary>The column of multiplicities of each table.</summary>
    public required ImmutableArray<Column> Multiplicities { get; init; }

    /// <summary>Columns of lookups.</summary>
    public required ImmutableArray<Lookup> Lookups { get; init; }

    /// <summary>The leaves of each lookup.</summary>
    public required ImmutableArray<LeafSegment> LookupLeaves { get; init; }

    /// <summary>The leaves of each table.</summary>
    public required ImmutableArray<LeafSegment> TableLeaves { get; init; }

    /// <summary>Levels of the fraction tree: the logarithm of the number of its leaves.</summary>
    public required int LookupLevels { get; init; }

    /// <summary>What each node asserts, in the model's order; the input's relation comes first.</summary>
    public required ImmutableArray<Relation> Relations { get; init; }

    /// <summary>Degree of the contraction sumcheck's rounds: 3 where a relation has an equality factor, else 2.</summary>
    public required int ContractionDegree { get; init; }

    /// <summary>Layout of a value of the model.</summary>
    public TensorLayout LayoutOf(int value) => TensorLayout.Of(Architecture.Tensor(value).Shape, Options.BatchSize);

    /// <summary>The rows of the witness that belong to a column which is published by its commitment alone.</summary>
    public (int First, int Count) RowsOf(Column column) =>
        ((int)(column.Offset >> Layout.ColumnBits), Math.Max(1, 1 << Math.Max(0, column.Bits - Layout.ColumnBits)));
}
