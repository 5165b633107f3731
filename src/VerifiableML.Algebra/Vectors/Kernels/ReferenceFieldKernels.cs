namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// The kernels one element at a time, as their documentation writes them: the specification of the faster ones, and the fallback on
/// machines without the instructions that those need.
/// </summary>
public sealed partial class ReferenceFieldKernels : IFieldKernels
{
    /// <inheritdoc/>
    public void Add(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        for (int i = 0; i < a.Length; i++)
        {
            destination[i] = a[i] + b[i];
        }
    }

    /// <inheritdoc/>
    public void Subtract(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        for (int i = 0; i < a.Length; i++)
        {
            destination[i] = a[i] - b[i];
        }
    }

    /// <inheritdoc/>
    public void Multiply(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        for (int i = 0; i < a.Length; i++)
        {
            destination[i] = a[i] * b[i];
        }
    }

    /// <inheritdoc/>
    public void Scale(FrSlice a, Fr s, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        for (int i = 0; i < a.Length; i++)
        {
            destination[i] = s * a[i];
        }
    }

    /// <inheritdoc/>
    public void AddScaled(FrSlice a, Fr s, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        for (int i = 0; i < a.Length; i++)
        {
            destination[i] += s * a[i];
        }
    }

    /// <inheritdoc/>
    public Fr Sum(FrSlice a)
    {
        Fr sum = Fr.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i];
        }

        return sum;
    }

    /// <inheritdoc/>
    public Fr InnerProduct(FrSlice a, FrSlice b)
    {
        Require.SameLength(a.Length, b.Length);
        Fr sum = Fr.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Fold(FrSlice values, Fr r)
    {
        int h = Require.Halves(values);
        for (int i = 0; i < h; i++)
        {
            values[i] += r * (values[i + h] - values[i]);
        }
    }

    /// <inheritdoc/>
    public void SumHalves(FrSlice values)
    {
        int h = Require.Halves(values);
        for (int i = 0; i < h; i++)
        {
            values[i] += values[i + h];
        }
    }

    /// <inheritdoc/>
    public void ExpandEquality(ReadOnlySpan<Fr> point, Fr scale, FrSlice destination)
    {
        Require.PowerOfTwo(point.Length, destination.Length);
        destination[0] = scale;
        int filled = 1;

        // The last coordinate belongs to the least significant bit, so it comes first: every step doubles the filled part.
        for (int variable = point.Length - 1; variable >= 0; variable--, filled *= 2)
        {
            for (int i = 0; i < filled; i++)
            {
                Fr one = point[variable] * destination[i];
                destination[i + filled] = one;
                destination[i] -= one;
            }
        }
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) ProductRound(FrSlice f, FrSlice g)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        Fr atZero = Fr.Zero, leading = Fr.Zero;
        for (int i = 0; i < h; i++)
        {
            atZero += f[i] * g[i];
            leading += (f[i + h] - f[i]) * (g[i + h] - g[i]);
        }

        return (atZero, leading);
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) WeightedProductRound(FrSlice weight, FrSlice f, FrSlice g)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        Require.SameLength(h, weight.Length);
        Fr atZero = Fr.Zero, leading = Fr.Zero;
        for (int i = 0; i < h; i++)
        {
            atZero += weight[i] * (f[i] * g[i]);
            leading += weight[i] * ((f[i + h] - f[i]) * (g[i + h] - g[i]));
        }

        return (atZero, leading);
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) FractionRound(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda)
    {
        int h = Require.Halves(n0);
        Require.SameLength(h, weight.Length);
        Require.SameLength(n0.Length, d0.Length);
        Require.SameLength(n0.Length, n1.Length);
        Require.SameLength(n0.Length, d1.Length);
        Fr atZero = Fr.Zero, leading = Fr.Zero;
        for (int i = 0; i < h; i++)
        {
            atZero += weight[i] * Numerator(n0[i], d0[i], n1[i], d1[i]);
            leading += weight[i] * Numerator(n0[i + h] - n0[i], d0[i + h] - d0[i], n1[i + h] - n1[i], d1[i + h] - d1[i]);
        }

        return (atZero, leading);

        Fr Numerator(in Fr a0, in Fr b0, in Fr a1, in Fr b1) => (a0 * b1) + (b0 * (a1 + (lambda * b1)));
    }

    /// <inheritdoc/>
    public void FractionCombine(FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator)
    {
        Require.SameLength(n0.Length, d0.Length);
        Require.SameLength(n0.Length, n1.Length);
        Require.SameLength(n0.Length, d1.Length);
        Require.SameLength(n0.Length, numerator.Length);
        Require.SameLength(n0.Length, denominator.Length);
        for (int i = 0; i < n0.Length; i++)
        {
            (Fr a0, Fr b0, Fr a1, Fr b1) = (n0[i], d0[i], n1[i], d1[i]);
            numerator[i] = (a0 * b1) + (a1 * b0);
            denominator[i] = b0 * b1;
        }
    }

    /// <inheritdoc/>
    public void Gather(FrSlice table, ReadOnlyMemory<int> index, FrSlice destination)
    {
        Require.SameLength(index.Length, destination.Length);
        for (int i = 0; i < index.Length; i++)
        {
            destination[i] = table[index.Span[i]];
        }
    }

    /// <inheritdoc/>
    public void FromIntegers(ReadOnlyMemory<int> values, FrSlice destination)
    {
        Require.SameLength(values.Length, destination.Length);
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = Fr.FromInt64(values.Span[i]);
        }
    }

    /// <inheritdoc/>
    public Fr InnerProduct(ReadOnlyMemory<int> values, FrSlice weights)
    {
        Require.SameLength(values.Length, weights.Length);
        Fr sum = Fr.Zero;
        for (int i = 0; i < values.Length; i++)
        {
            sum += Fr.FromInt64(values.Span[i]) * weights[i];
        }

        return sum;
    }

    /// <inheritdoc/>
    public void InnerProducts(ReadOnlyMemory<int> rows, FrSlice weights, FrSlice destination)
    {
        Require.SameLength(rows.Length, weights.Length * destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = InnerProduct(rows.Slice(i * weights.Length, weights.Length), weights);
        }
    }

    /// <inheritdoc/>
    public void BatchInvert(FrSlice values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = values[i].Inverse();
        }
    }

    /// <inheritdoc/>
    public IIntegerAccumulator CreateAccumulator(int length) => new ReferenceIntegerAccumulator(length);
}
