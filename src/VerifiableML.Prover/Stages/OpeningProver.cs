using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;

namespace VerifiableML.Prover.Stages;

/// <summary>The prover of <see cref="InnerProductOpening"/>: three multi-scalar multiplications of the row's length.</summary>
internal static class OpeningProver
{
    /// <summary>Opens the row <paramref name="row"/>, which has at least <c>2^point.Count</c> entries, at <paramref name="point"/>.</summary>
    public static OpeningProof Prove(ProverBackend backend, G1Bases powers, FrVector row, EvaluationPoint<Fr> point, Fr value, Fr link)
    {
        IFieldKernels kernels = backend.Kernels;
        using FrVector cross = Cross(kernels, row, point);
        G1 commitment = backend.Sums.Compute(powers, cross.All);
        Fr x = InnerProductOpening.Challenge(link, commitment);
        Fr inverse = x.Inverse();
        var at = new Fr[4];
        Parallel.For(0, 4, i => at[i] = kernels.Evaluate(i < 2 ? row.All : cross.All, i % 2 == 0 ? x : inverse));
        Fr difference = (x - inverse).Inverse();
        (Fr rowConstant, Fr rowSlope) = Line(at[0], at[1]);
        (Fr crossConstant, Fr crossSlope) = Line(at[2], at[3]);
        var values = new OpenedValues<Fr>(rowConstant, rowSlope, crossConstant, crossSlope);
        Fr gamma = InnerProductOpening.BatchChallenge(x, values);

        // f = v + γ s, divided by X − x and then by X − 1/x.
        int length = Math.Max(row.Length, cross.Length);
        using FrVector batched = kernels.Rent(length, cleared: true);
        row.All.CopyTo(batched.Slice(0, row.Length));
        kernels.AddScaled(cross.All, gamma, batched.Slice(0, cross.Length));
        using FrVector quotient = kernels.Rent(length);
        batched.All.CopyTo(quotient.All);
        kernels.Divide(quotient.All, x);
        kernels.Divide(quotient.All, inverse);
        G1 quotientCommitment = backend.Sums.Compute(powers, quotient.Slice(0, Math.Max(length - 2, 0)));

        // f − Z(z)·quotient, less its value at z, divided by X − z.
        Fr z = InnerProductOpening.EvaluationChallenge(gamma, quotientCommitment);
        Fr vanishing = (z - x) * (z - inverse);
        kernels.AddScaled(quotient.All, -vanishing, batched.All);
        kernels.Divide(batched.All, z);
        return new OpeningProof(
            commitment, values, quotientCommitment, backend.Sums.Compute(powers, batched.Slice(0, length - 1)));

        (Fr Constant, Fr Slope) Line(Fr atChallenge, Fr atInverse)
        {
            Fr slope = (atChallenge - atInverse) * difference;
            return (atChallenge - (slope * x), slope);
        }
    }

    /// <summary>
    /// The cross polynomial: coefficient k − 1 is that of X^k in <c>v(X) E(1/X)</c> plus that of X^−k. The product is made one factor of E after the
    /// other, <c>A ↦ A + r (X^−d A − A)</c>, which is a multiplication for each coefficient.
    /// </summary>
    private static FrVector Cross(IFieldKernels kernels, FrVector row, EvaluationPoint<Fr> point)
    {
        int columns = 1 << point.Count;
        int origin = columns - 1;
        int length = origin + row.Length;
        using FrVector product = kernels.Rent(length, cleared: true);
        using FrVector scratch = kernels.Rent(length);
        row.All.CopyTo(product.Slice(origin, row.Length));
        for (int j = 0; j < point.Count; j++)
        {
            int distance = 1 << (point.Count - 1 - j);
            FrSlice kept = product.Slice(0, length - distance);
            FrSlice difference = scratch.Slice(0, length - distance);
            kernels.Subtract(product.Slice(distance, length - distance), kept, difference);
            kernels.AddScaled(difference, point[j], kept);
            FrSlice tail = product.Slice(length - distance, distance);
            kernels.Scale(tail, Fr.One - point[j], tail);
        }

        // X^k above the origin, and X^−k below it, which is backwards.
        FrVector cross = kernels.Rent(Math.Max(row.Length, columns) - 1, cleared: true);
        product.Slice(columns, row.Length - 1).CopyTo(cross.Slice(0, row.Length - 1));
        FrSlice below = scratch.Slice(0, origin);
        kernels.Reverse(product.Slice(0, origin), below);
        kernels.Add(cross.Slice(0, origin), below, cross.Slice(0, origin));
        return cross;
    }
}
