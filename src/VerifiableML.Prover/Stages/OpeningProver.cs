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
        var values = new Fr[3];
        Parallel.Invoke(
            () => values[0] = Evaluate(row.All, x), () => values[1] = Evaluate(row.All, inverse), () => values[2] = Evaluate(cross.All, x));
        var partial = new OpeningProof(commitment, values[0], values[1], values[2], G1.Infinity, G1.Infinity);
        Fr crossAtInverse = InnerProductOpening.CrossAtInverse(point, value, partial, x, inverse);
        Fr gamma = InnerProductOpening.BatchChallenge(x, partial, crossAtInverse);

        int length = Math.Max(row.Length, cross.Length);
        using FrVector batched = FrVector.Rent(length, cleared: true);
        row.All.CopyTo(batched.Slice(0, row.Length));
        kernels.AddScaled(cross.All, gamma, batched.Slice(0, cross.Length));
        using FrVector atChallenge = FrVector.Rent(length);
        using FrVector atInverse = FrVector.Rent(length);
        Parallel.Invoke(() => Divide(batched.All, x, atChallenge.All), () => Divide(batched.All, inverse, atInverse.All));
        return partial with
        {
            QuotientAtChallenge = MultiScalarMultiplication.Compute(powers, atChallenge.Slice(0, length - 1)),
            QuotientAtInverse = MultiScalarMultiplication.Compute(powers, atInverse.Slice(0, length - 1)),
        };
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
}
