using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Commitments;

/// <summary>
/// The proof that a committed vector has a value at a multilinear point: three group elements and four scalars, whatever the length.
/// </summary>
/// <param name="Cross">Commitment to the cross polynomial s.</param>
/// <param name="Values">v and s at x and at 1/x.</param>
/// <param name="Quotient">Commitment to <c>(f − (f mod Z)) / Z</c> for <c>f = v + γ s</c> and <c>Z = (X − x)(X − 1/x)</c>.</param>
/// <param name="Evaluation">KZG proof that what is left of f vanishes at z.</param>
public sealed record OpeningProof(G1 Cross, OpenedValues<Fr> Values, G1 Quotient, G1 Evaluation);

/// <summary>
/// The row v and the cross polynomial s at x and 1/x, as their remainders modulo <c>Z = (X − x)(X − 1/x)</c>. Remainders need no division
/// to be combined and to be evaluated elsewhere, which a contract would pay for.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="RowConstant">v₀ of <c>v mod Z = v₀ + v₁X</c>.</param>
/// <param name="RowSlope">v₁.</param>
/// <param name="CrossConstant">s₀ of <c>s mod Z = s₀ + s₁X</c>.</param>
/// <param name="CrossSlope">s₁.</param>
public readonly record struct OpenedValues<T>(T RowConstant, T RowSlope, T CrossConstant, T CrossSlope)
    where T : struct, IScalar<T>;
