namespace VerifiableML.Algebra.Vectors;

/// <content>Products and sums along axes, and moves.</content>
public sealed partial class ReferenceFieldKernels
{
    /// <inheritdoc/>
    public void Reverse(FrSlice a, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        for (int i = 0; i < a.Length; i++)
        {
            destination[i] = a[a.Length - 1 - i];
        }
    }

    /// <inheritdoc/>
    public void AddAt(ReadOnlySpan<int> index, ReadOnlySpan<Fr> values, FrSlice destination)
    {
        Require.SameLength(index.Length, values.Length);
        for (int i = 0; i < index.Length; i++)
        {
            destination[index[i]] += values[i];
        }
    }

    /// <inheritdoc/>
    public void AddOuterProduct(ReadOnlySpan<Fr> outer, FrSlice inner, FrSlice destination)
    {
        Require.SameLength(outer.Length * inner.Length, destination.Length);
        for (int j = 0; j < outer.Length; j++)
        {
            AddScaled(inner, outer[j], destination.Slice(j * inner.Length, inner.Length));
        }
    }

    /// <inheritdoc/>
    public void FoldAxis(FrSlice source, ReadOnlySpan<Fr> weights, int inner, FrSlice destination)
    {
        int outer = Require.Axes(source, weights.Length, inner, destination);
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                Fr sum = Fr.Zero;
                for (int w = 0; w < weights.Length; w++)
                {
                    sum += weights[w] * source[(((o * weights.Length) + w) * inner) + i];
                }

                destination[(o * inner) + i] = sum;
            }
        }
    }
}
