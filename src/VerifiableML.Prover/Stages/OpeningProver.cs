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
    public static OpeningProof Prove(IFieldKernels kernels, G1Bases powers, FrVector row, EvaluationPoint<Fr> point, Fr value, Fr link)
    {
        using FrVector cross = Cross(kernels, row, point);
        G1 commitment = MultiScalarMultiplication.Compute(powers, cross.All);
        Fr x = InnerProductOpening.Challenge(link, commitment);
        Fr inverse = x.Inverse();
        var at = new Fr[4];
        Parallel.For(0, 4, i => at[i] = Evaluate(i < 2 ? row.All : cross.All, i % 2 == 0 ? x : inverse));
        Fr difference = (x - inverse).Inverse();
        (Fr rowConstant, Fr rowSlope) = Line(at[0], at[1]);
        (Fr crossConstant, Fr crossSlope) = Line(at[2], at[3]);
        var values = new OpenedValues<Fr>(rowConstant, rowSlope, crossConstant, crossSlope);
        Fr gamma = InnerProductOpening.BatchChallenge(x, values);

        // f = v + γ s, divided by X − x and then by X − 1/x.
        int length = Math.Max(row.Length, cross.Length);
        using FrVector batched = FrVector.Rent(length, cleared: true);
        row.All.CopyTo(batched.Slice(0, row.Length));
        kernels.AddScaled(cross.All, gamma, batched.Slice(0, cross.Length));
        using FrVector quotient = FrVector.Rent(length, cleared: true);
        Divide(batched.All, x, quotient.All);
        DivideInPlace(quotient.All, inverse);
        G1 quotientCommitment = MultiScalarMultiplication.Compute(powers, quotient.Slice(0, Math.Max(length - 2, 0)));

        // f − Z(z)·quotient, less its value at z, divided by X − z.
        Fr z = InnerProductOpening.EvaluationChallenge(gamma, quotientCommitment);
        Fr vanishing = (z - x) * (z - inverse);
        kernels.AddScaled(quotient.All, -vanishing, batched.All);
        DivideInPlace(batched.All, z);
        return new OpeningProof(
            commitment, values, quotientCommitment, MultiScalarMultiplication.Compute(powers, batched.Slice(0, length - 1)));

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
        using FrVector product = FrVector.Rent(length, cleared: true);
        using FrVector scratch = FrVector.Rent(length);
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

        int degree = Math.Max(row.Length, columns) - 1;
        FrVector cross = FrVector.Rent(degree, cleared: true);
        for (int k = 1; k <= degree; k++)
        {
            Fr above = origin + k < length ? product[origin + k] : Fr.Zero;
            Fr below = k <= origin ? product[origin - k] : Fr.Zero;
            cross[k - 1] = above + below;
        }

        return cross;
    }

    private static Fr Evaluate(FrSlice coefficients, Fr x)
    {
        Fr sum = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }

    /// <summary>The quotient of a polynomial by <c>X − x</c>, by synthetic division; the remainder is left out.</summary>
    private static void Divide(FrSlice coefficients, Fr x, FrSlice quotient)
    {
        Fr carry = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 1; i--)
        {
            carry = (carry * x) + coefficients[i];
            quotient[i - 1] = carry;
        }
    }

    /// <summary>The same where the polynomial stood; the highest coefficient becomes zero.</summary>
    private static void DivideInPlace(FrSlice coefficients, Fr x)
    {
        Fr carry = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            Fr coefficient = coefficients[i];
            coefficients[i] = carry;
            carry = (carry * x) + coefficient;
        }
    }
}
