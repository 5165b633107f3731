namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <inheritdoc/>
    public void Reverse(FrSlice a, FrSlice destination)
    {
        a.CopyTo(destination);
        for (int plane = 0; plane < 4 && a.Length > 0; plane++)
        {
            destination.Plane(plane).Reverse();
        }
    }

    /// <inheritdoc/>
    public void AddAt(ReadOnlySpan<int> index, ReadOnlySpan<Fr> values, FrSlice destination) => Scalar.AddAt(index, values, destination);

    /// <inheritdoc/>
    public void AddOuterProduct(ReadOnlySpan<Fr> outer, FrSlice inner, FrSlice destination)
    {
        Require.SameLength(outer.Length * inner.Length, destination.Length);
        for (int j = 0; j < outer.Length; j++)
        {
            if (!outer[j].IsZero)
            {
                AddScaled(inner, outer[j], destination.Slice(j * inner.Length, inner.Length));
            }
        }
    }

    /// <inheritdoc/>
    public void FoldAxis(FrSlice source, ReadOnlySpan<Fr> weights, int inner, FrSlice destination)
    {
        int outer = Require.Axes(source, weights.Length, inner, destination);
        if (inner < Width)
        {
            Scalar.FoldAxis(source, weights, inner, destination);
            return;
        }

        destination.Clear();
        for (int o = 0; o < outer; o++)
        {
            FrSlice sum = destination.Slice(o * inner, inner);
            for (int w = 0; w < weights.Length; w++)
            {
                // Inputs in the padding of a convolution have no weight.
                if (!weights[w].IsZero)
                {
                    AddScaled(source.Slice(((o * weights.Length) + w) * inner, inner), weights[w], sum);
                }
            }
        }
    }

    /// <inheritdoc/>
    public Fr Evaluate(FrSlice coefficients, Fr x) => Scalar.Evaluate(coefficients, x);

    /// <inheritdoc/>
    public void Divide(FrSlice coefficients, Fr x) => Scalar.Divide(coefficients, x);
}
