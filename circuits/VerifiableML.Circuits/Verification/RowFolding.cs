using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.Keys;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Verification;

/// <summary>The commitment to the row that is opened, from the commitments to all rows.</summary>
internal static class RowFolding
{
    /// <summary><c>Σ_i eq(witnessRow, i)·rows_i + combination · Σ_i eq(weightRow, i)·weights_i</c>.</summary>
    public static G1 Fold(
        VerificationKey key, ReadOnlySpan<G1> rows, EvaluationPoint<Fr> witnessRow, EvaluationPoint<Fr> weightRow, Fr combination)
    {
        Fr[] weights = Equality.Table(weightRow);
        var scalars = new Fr[rows.Length + key.WeightRows.Length];
        Equality.Table(witnessRow).AsSpan(0, rows.Length).CopyTo(scalars);
        for (int i = 0; i < key.WeightRows.Length; i++)
        {
            scalars[rows.Length + i] = combination * weights[i];
        }

        using FrVector vector = FrVector.From(scalars);
        return MultiScalarMultiplication.Compute(new G1Bases([.. rows, .. key.WeightRows]), vector.All);
    }
}
