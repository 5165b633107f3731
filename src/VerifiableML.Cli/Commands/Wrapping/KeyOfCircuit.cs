using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>
/// Holds the matrices of a Groth16 proving key against a circuit. That tells a key of another circuit early; whether the points belong to the
/// matrices is for the ceremony's verifier to say, and a proof made with points that do not is refused.
/// </summary>
internal static class KeyOfCircuit
{
    /// <summary>What differs, or null.</summary>
    public static string? FindDifference(Groth16ProvingKey key, ConstraintSystem system)
    {
        if (key.WireCount != system.WireCount || key.PublicCount != system.PublicCount)
        {
            return $"a key for {key.WireCount:N0} wires, {key.PublicCount} of them public; this circuit has {system.WireCount:N0} and {system.PublicCount}";
        }

        if (key.DomainBits != Groth16KeyGenerator.DomainBits(system))
        {
            return $"a key for 2^{key.DomainBits} rows; this circuit takes 2^{Groth16KeyGenerator.DomainBits(system)}";
        }

        for (int row = 0; row < system.ConstraintCount; row++)
        {
            if (!HasSameTerms(key.A, system.A, row) || !HasSameTerms(key.B, system.B, row))
            {
                return $"a key of another circuit: constraint {row:N0} differs";
            }
        }

        return null;
    }

    // Rows at the end of a matrix that hold nothing leave no trace in a key.
    private static bool HasSameTerms(SparseMatrix found, SparseMatrix expected, int row)
    {
        (int Wire, Fr Coefficient)[] here = Terms(expected, row);
        return row < found.Rows ? Terms(found, row).AsSpan().SequenceEqual(here) : here.Length == 0;
    }

    // The order of terms within a row means nothing, and other programs choose their own.
    private static (int Wire, Fr Coefficient)[] Terms(SparseMatrix matrix, int row)
    {
        int start = matrix.RowStarts[row];
        var terms = new (int Wire, Fr Coefficient)[matrix.RowStarts[row + 1] - start];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = (matrix.Wires[start + i], matrix.Coefficients[matrix.CoefficientIndices[start + i]]);
        }

        Array.Sort(terms, static (left, right) => left.Wire.CompareTo(right.Wire));
        return terms;
    }
}
