using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Commitments;

/// <summary>
/// The proof that a committed vector has a value at a multilinear point: three group elements and three scalars, whatever the length.
/// </summary>
/// <param name="Cross">Commitment to the cross polynomial s.</param>
/// <param name="RowAtChallenge"><c>v(x)</c>.</param>
/// <param name="RowAtInverse"><c>v(1/x)</c>.</param>
/// <param name="CrossAtChallenge"><c>s(x)</c>.</param>
/// <param name="QuotientAtChallenge">KZG proof of the values at x.</param>
/// <param name="QuotientAtInverse">KZG proof of the values at 1/x.</param>
public sealed record OpeningProof(
    G1 Cross, Fr RowAtChallenge, Fr RowAtInverse, Fr CrossAtChallenge, G1 QuotientAtChallenge, G1 QuotientAtInverse);
