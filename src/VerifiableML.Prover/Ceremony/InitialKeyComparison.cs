using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Ceremony;

/// <summary>Compares everything that contributions leave as it was.</summary>
internal static class InitialKeyComparison
{
    public static CeremonyRejection? FindDifference(Groth16ProvingKey key, Groth16ProvingKey initial)
    {
        if (key.WireCount != initial.WireCount || key.PublicCount != initial.PublicCount || key.DomainBits != initial.DomainBits
            || !AreEqual(key.A, initial.A) || !AreEqual(key.B, initial.B))
        {
            return new CeremonyRejection(CeremonyFault.Circuit, "the sizes or coefficients are not those of the circuit");
        }

        if (key.Verification.Alpha != initial.Verification.Alpha || key.Beta != initial.Beta || key.Verification.Beta != initial.Verification.Beta
            || key.Verification.Gamma != initial.Verification.Gamma)
        {
            return new CeremonyRejection(CeremonyFault.PhaseOne, "alpha, beta or gamma is not that of the phase one");
        }

        return FindChangedPoints(key, initial) is string name
            ? new CeremonyRejection(CeremonyFault.FixedPoints, $"the points {name} are not those of the circuit and the phase one")
            : key.ConstraintSystemHash.AsSpan().SequenceEqual(initial.ConstraintSystemHash.AsSpan())
                ? null
                : new CeremonyRejection(CeremonyFault.Circuit, "the circuit's hash is another");
    }

    private static string? FindChangedPoints(Groth16ProvingKey key, Groth16ProvingKey initial)
    {
        if (!key.Verification.Inputs.AsSpan().SequenceEqual(initial.Verification.Inputs.AsSpan()))
        {
            return "IC";
        }

        if (!AreEqual(key.PointsA, initial.PointsA))
        {
            return "A";
        }

        if (!AreEqual(key.PointsB1, initial.PointsB1))
        {
            return "B in G1";
        }

        return key.PointsB2.Count == initial.PointsB2.Count && AllAreEqual(key.PointsB2.Count, i => key.PointsB2[i] == initial.PointsB2[i])
            ? null
            : "B in G2";
    }

    private static bool AreEqual(G1Bases left, G1Bases right) => left.Count == right.Count && AllAreEqual(left.Count, i => left[i] == right[i]);

    private static bool AllAreEqual(int count, Func<int, bool> isEqual) =>
        Parallel.For(0, count, (i, state) =>
        {
            if (!isEqual(i))
            {
                state.Stop();
            }
        }).IsCompleted;

    // Tables of coefficients may be in any order; values count.
    private static bool AreEqual(SparseMatrix left, SparseMatrix right)
    {
        if (!left.RowStarts.SequenceEqual(right.RowStarts) || !left.Wires.SequenceEqual(right.Wires))
        {
            return false;
        }

        for (int i = 0; i < left.TermCount; i++)
        {
            if (left.Coefficients[left.CoefficientIndices[i]] != right.Coefficients[right.CoefficientIndices[i]])
            {
                return false;
            }
        }

        return true;
    }
}
