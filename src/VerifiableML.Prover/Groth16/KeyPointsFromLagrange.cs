using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Groth16;

/// <summary>The points of a key where nobody knows the secrets: sparse sums of Lagrange points, one for each column of the matrices.</summary>
internal static class KeyPointsFromLagrange
{
    public static KeyPoints Compute(LagrangePoints lagrange, int wireCount, SparseMatrix a, SparseMatrix b, SparseMatrix c)
    {
        // β·A_i(τ) + α·B_i(τ) + C_i(τ) is one sum over three times as many points.
        SparseMatrix stack = Stack(a, b, c);
        G1Bases points = Join(
            lagrange.BetaInG1.Slice(0, a.Rows), lagrange.AlphaInG1.Slice(0, b.Rows), lagrange.InG1.Slice(0, c.Rows));
        return new KeyPoints(
            SparseSums.Compute(lagrange.InG1, Rows(a), wireCount),
            SparseSums.Compute(lagrange.InG1, Rows(b), wireCount),
            SparseSums.Compute(lagrange.InG2, Rows(b), wireCount),
            SparseSums.Compute(points, Rows(stack), wireCount),
            lagrange.OddInG1);
    }

    private static SparseRows Rows(SparseMatrix matrix) =>
        new(matrix.RowStarts, matrix.Wires, matrix.CoefficientIndices, matrix.Coefficients);

    /// <summary>The rows of all matrices, one matrix after the other.</summary>
    private static SparseMatrix Stack(params ReadOnlySpan<SparseMatrix> matrices)
    {
        List<int> starts = [0];
        List<int> wires = [];
        List<int> indices = [];
        List<Fr> table = [];
        foreach (SparseMatrix matrix in matrices)
        {
            foreach (int end in matrix.RowStarts[1..])
            {
                starts.Add(wires.Count + end);
            }

            foreach (int index in matrix.CoefficientIndices)
            {
                indices.Add(table.Count + index);
            }

            wires.AddRange(matrix.Wires);
            table.AddRange(matrix.Coefficients);
        }

        return new SparseMatrix(starts.ToArray(), wires.ToArray(), indices.ToArray(), table.ToArray());
    }

    private static G1Bases Join(params G1Bases[] parts) => new([.. parts.SelectMany(part => part.ToArray())]);
}
