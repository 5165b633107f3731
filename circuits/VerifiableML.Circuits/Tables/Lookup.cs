namespace VerifiableML.Circuits.Tables;

/// <summary>
/// A column of lookups: for each of its <c>2^Bits</c> cells a pair (key, value), given by committed and virtual columns, must be a row of
/// the table.
/// </summary>
/// <param name="Name">What is looked up.</param>
/// <param name="Table">Index of the table.</param>
/// <param name="Bits">Logarithm of the number of lookups.</param>
/// <param name="Index">Its position among the lookups of the circuit.</param>
public sealed record Lookup(string Name, int Table, int Bits, int Index);

/// <summary>A run of leaves of the fraction tree: a column of lookups, or a table with its multiplicities.</summary>
/// <param name="Bits">Logarithm of its length.</param>
/// <param name="Offset">Its first leaf; a multiple of its length.</param>
public readonly record struct LeafSegment(int Bits, long Offset);
