using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Prover.Groth16;

/// <summary>
/// A(X)·B(X) − C(X) vanishes on the domain of n roots of unity and has a degree below 2n, so its n values on the other half of the domain
/// of 2n roots say everything: with the Lagrange points of that half no division by the vanishing polynomial is needed. This is how
/// snarkjs has it.
/// </summary>
internal static class QuotientValues
{
    private const int RowsPerTask = 1 << 10;

    /// <summary>The values at ω₂ₙ^(2i+1), i &lt; n.</summary>
    public static FrVector Compute(Groth16ProvingKey key, ReadOnlyMemory<Fr> witness, ProverBackend backend, IProgress<Groth16Stage>? progress)
    {
        int size = 1 << key.DomainBits;
        FrVector a = Product(key.A, witness, size);
        using FrVector b = Product(key.B, witness, size);

        // What C times the witness must be: the key has no matrix C.
        using FrVector c = FrVector.Rent(size);
        FieldKernels.Best.Multiply(a.All, b.All, c.All);
        progress?.Report(Groth16Stage.Matrices);

        Fr shift = EvaluationDomain.RootOfUnity(key.DomainBits + 1);
        foreach (FrVector values in new[] { a, b, c })
        {
            backend.Transforms.MoveToCoset(values.All, shift);
        }

        FieldKernels.Best.Multiply(a.All, b.All, a.All);
        FieldKernels.Best.Subtract(a.All, c.All, a.All);
        progress?.Report(Groth16Stage.Transforms);
        return a;
    }

    /// <summary>The matrix times the witness, and zeros up to the size of the domain.</summary>
    private static FrVector Product(SparseMatrix matrix, ReadOnlyMemory<Fr> witness, int size)
    {
        FrVector product = FrVector.Rent(size);
        FrSlice all = product.All;
        all.Slice(matrix.Rows, size - matrix.Rows).Clear();
        Parallel.For(0, (matrix.Rows + RowsPerTask - 1) / RowsPerTask, task =>
        {
            int end = Math.Min(matrix.Rows, (task + 1) * RowsPerTask);
            for (int row = task * RowsPerTask; row < end; row++)
            {
                all[row] = matrix.Evaluate(row, witness.Span);
            }
        });
        return product;
    }
}
