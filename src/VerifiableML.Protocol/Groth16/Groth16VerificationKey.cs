using System.Collections.Immutable;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Groth16;

/// <summary>What a verifier needs of a circuit: everything but the public signals in <c>e(A, B) = e(α, β)·e(Σ wᵢ·Inputsᵢ, γ)·e(C, δ)</c>.</summary>
/// <param name="Alpha">[α]₁.</param>
/// <param name="Beta">[β]₂.</param>
/// <param name="Gamma">[γ]₂; the generator in every key that snarkjs or this program makes.</param>
/// <param name="Delta">[δ]₂.</param>
/// <param name="Inputs">
/// One point for the constant one and one for each public signal, <c>[(β·Aᵢ(τ) + α·Bᵢ(τ) + Cᵢ(τ))/γ]₁</c>; "IC" in snarkjs.
/// </param>
public sealed record Groth16VerificationKey(G1 Alpha, G2 Beta, G2 Gamma, G2 Delta, ImmutableArray<G1> Inputs)
{
    /// <summary>Number of public signals.</summary>
    public int PublicCount => Inputs.Length - 1;

    /// <summary>
    /// What is wrong with the key in itself, or null: points off their curves or outside the group of order r, too few inputs, a point at
    /// infinity where it would switch off a factor of the equation, and δ = γ.
    /// </summary>
    /// <remarks>
    /// With α = 0 or β = 0 the equation is homogeneous: all-zero points with a C that cancels the inputs would do. With δ = 0 the proof's C
    /// would be unbound, with γ = 0 the public signals would. An input at infinity means a signal that does not count. Where δ = γ, as in
    /// a key to which nobody has contributed yet, C may take over any change of the public signals, so that one proof yields proofs of
    /// every other statement.
    /// </remarks>
    public string? FindFault()
    {
        if (Inputs.IsDefaultOrEmpty)
        {
            return "there is no point for the constant signal";
        }

        if (!IsUsable(Alpha))
        {
            return "alpha is not a point of G1 other than infinity";
        }

        if (!IsUsable(Beta) || !IsUsable(Gamma) || !IsUsable(Delta))
        {
            return "beta, gamma or delta is not a point of G2 other than infinity";
        }

        if (Delta == Gamma)
        {
            return "delta equals gamma: nobody has contributed to the key, and anyone can forge proofs";
        }

        // The constant's point may be infinity, by a coincidence that a circuit can bring about; a signal's may not.
        int bad = Inputs[0].IsOnCurve ? FindUnusable(1) : 0;
        return bad < Inputs.Length ? $"the point of signal {bad} is not a point of G1 other than infinity" : null;
    }

    /// <inheritdoc/>
    public bool Equals(Groth16VerificationKey? other) =>
        other is not null && Alpha == other.Alpha && Beta == other.Beta && Gamma == other.Gamma && Delta == other.Delta
        && Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Alpha, Beta, Gamma, Delta, Inputs.IsDefault ? 0 : Inputs.Length);

    private int FindUnusable(int from)
    {
        int index = from;
        while (index < Inputs.Length && IsUsable(Inputs[index]))
        {
            index++;
        }

        return index;
    }

    private static bool IsUsable(in G1 point) => point.IsOnCurve && !point.IsInfinity;

    private static bool IsUsable(in G2 point) => point.IsOnCurve && !point.IsInfinity && point.IsInSubgroup;
}
