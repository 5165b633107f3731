using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Groth16;

/// <summary>The points of a key where the secrets are known: every logarithm is computed, then multiplied onto the generators.</summary>
internal static class KeyPointsFromSecrets
{
    public static KeyPoints Compute(PhaseOneSecrets secrets, int wireCount, int domainBits, SparseMatrix a, SparseMatrix b, SparseMatrix c)
    {
        Fr[] lagrange = new EvaluationDomain(domainBits).EvaluateLagrange(secrets.Tau);
        Fr[][] columns = new Fr[3][];
        SparseMatrix[] matrices = [a, b, c];
        Parallel.For(0, 3, i => columns[i] = EvaluateColumns(matrices[i], wireCount, lagrange));

        using FrVector columnsA = FrVector.From(columns[0]);
        using FrVector columnsB = FrVector.From(columns[1]);
        using FrVector mixed = FrVector.From(columns[2]);
        FieldKernels.Best.AddScaled(columnsA.All, secrets.Beta, mixed.All);
        FieldKernels.Best.AddScaled(columnsB.All, secrets.Alpha, mixed.All);
        using FrVector odd = FrVector.From(OddHalf(new EvaluationDomain(domainBits + 1).EvaluateLagrange(secrets.Tau)));
        return new KeyPoints(
            FixedBaseMultiplication.Compute(G1.Generator, columnsA.All),
            FixedBaseMultiplication.Compute(G1.Generator, columnsB.All),
            FixedBaseMultiplication.Compute(G2.Generator, columnsB.All),
            FixedBaseMultiplication.Compute(G1.Generator, mixed.All),
            FixedBaseMultiplication.Compute(G1.Generator, odd.All));
    }

    /// <summary>Σ_j a_ji·L_j(τ) for each wire i: the polynomial through column i, at τ.</summary>
    private static Fr[] EvaluateColumns(SparseMatrix matrix, int wireCount, ReadOnlySpan<Fr> lagrange)
    {
        var values = new Fr[wireCount];
        ReadOnlySpan<int> starts = matrix.RowStarts;
        ReadOnlySpan<int> wires = matrix.Wires;
        ReadOnlySpan<int> indices = matrix.CoefficientIndices;
        ReadOnlySpan<Fr> table = matrix.Coefficients;
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int term = starts[row]; term < starts[row + 1]; term++)
            {
                ref readonly Fr coefficient = ref table[indices[term]];
                values[wires[term]] += coefficient == Fr.One ? lagrange[row] : coefficient * lagrange[row];
            }
        }

        return values;
    }

    private static Fr[] OddHalf(ReadOnlySpan<Fr> values)
    {
        var odd = new Fr[values.Length / 2];
        for (int i = 0; i < odd.Length; i++)
        {
            odd[i] = values[(2 * i) + 1];
        }

        return odd;
    }
}
