using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// A rank-one constraint system: <c>⟨A_i, w⟩ · ⟨B_i, w⟩ = ⟨C_i, w⟩</c> for every i. Wire 0 is the constant one; the public wires follow, then the
/// private ones.
/// </summary>
public sealed class ConstraintSystem
{
    /// <summary>A system over given matrices.</summary>
    /// <param name="wireCount">Number of wires, the constant one included.</param>
    /// <param name="publicCount">Number of public wires, without the constant one.</param>
    /// <param name="a">Left factors.</param>
    /// <param name="b">Right factors.</param>
    /// <param name="c">Products.</param>
    /// <exception cref="ArgumentException">The matrices differ in rows, or there are more public wires than wires.</exception>
    public ConstraintSystem(int wireCount, int publicCount, SparseMatrix a, SparseMatrix b, SparseMatrix c)
    {
        if (publicCount < 0 || wireCount <= publicCount || a.Rows != b.Rows || a.Rows != c.Rows)
        {
            throw new ArgumentException("the parts of the constraint system do not fit together");
        }

        WireCount = wireCount;
        PublicCount = publicCount;
        A = a;
        B = b;
        C = c;
    }

    /// <summary>Number of wires, the constant one included.</summary>
    public int WireCount { get; }

    /// <summary>Number of public wires, without the constant one.</summary>
    public int PublicCount { get; }

    /// <summary>Number of constraints.</summary>
    public int ConstraintCount => A.Rows;

    /// <summary>Left factors.</summary>
    public SparseMatrix A { get; }

    /// <summary>Right factors.</summary>
    public SparseMatrix B { get; }

    /// <summary>Products.</summary>
    public SparseMatrix C { get; }

    /// <summary>The first constraint that <paramref name="wires"/> violate, or −1.</summary>
    /// <param name="wires">One value for each wire.</param>
    /// <exception cref="ArgumentException">There are not as many values as wires.</exception>
    public int FindViolation(ReadOnlySpan<Fr> wires)
    {
        if (wires.Length != WireCount)
        {
            throw new ArgumentException($"{wires.Length} values for {WireCount} wires", nameof(wires));
        }

        for (int i = 0; i < ConstraintCount; i++)
        {
            if (A.Evaluate(i, wires) * B.Evaluate(i, wires) != C.Evaluate(i, wires))
            {
                return i;
            }
        }

        return -1;
    }
}
