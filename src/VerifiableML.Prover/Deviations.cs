using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Prover;

/// <summary>Changes the leaves of the fraction tree before the tree is built.</summary>
/// <param name="numerators">All leaf numerators.</param>
/// <param name="denominators">All leaf denominators.</param>
/// <param name="alpha">The challenge that entries are subtracted from.</param>
/// <param name="gamma">The challenge that joins an entry's key, value and table.</param>
internal delegate void LeafEdit(FrSlice numerators, FrSlice denominators, Fr alpha, Fr gamma);

/// <summary>
/// Where a prover departs from the protocol. An honest prover has none and stops when its own witness does not satisfy the circuit; with
/// deviations it goes on to the end, so that tests can attack the verifier with the prover's own code.
/// </summary>
internal sealed record Deviations
{
    /// <summary>A witness that is committed in place of the one that everything else is computed from.</summary>
    public Witness.Witness? Committed { get; init; }

    /// <summary>An edit of the leaves of the fraction tree.</summary>
    public LeafEdit? EditLeaves { get; init; }
}
