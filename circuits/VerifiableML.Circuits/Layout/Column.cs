namespace VerifiableML.Circuits.Layout;

/// <summary>A committed column of the witness: a multilinear polynomial in <paramref name="Bits"/> variables.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Bits">Logarithm of its length.</param>
public sealed record Column(string Name, int Bits)
{
    /// <summary>Its position among the columns of the circuit.</summary>
    public int Index { get; init; }

    /// <summary>Where it starts in the witness; a multiple of its length.</summary>
    public long Offset { get; init; }
}

/// <summary>
/// A column that is never committed because committed data determine it by a linear relation. The prover states its value at the lookup
/// point, and the relation that owns it discharges that value.
/// </summary>
/// <param name="Name">What it holds.</param>
/// <param name="Bits">Logarithm of its length.</param>
/// <param name="Index">Its position among the virtual columns of the circuit.</param>
public sealed record VirtualColumn(string Name, int Bits, int Index);
