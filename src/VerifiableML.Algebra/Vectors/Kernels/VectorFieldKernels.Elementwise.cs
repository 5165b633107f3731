using System.Runtime.CompilerServices;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

[SkipLocalsInit]
public sealed partial class VectorFieldKernels
{
    /// <inheritdoc/>
    public void Add(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        int whole = WholeGroups(a.Length);
        Parallelism.For(whole, (start, length) => AddGroups(a, b, destination, start, start + length));
        Scalar.Add(Rest(a, whole), Rest(b, whole), Rest(destination, whole));
    }

    /// <inheritdoc/>
    public void Subtract(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        int whole = WholeGroups(a.Length);
        Parallelism.For(whole, (start, length) => SubtractGroups(a, b, destination, start, start + length));
        Scalar.Subtract(Rest(a, whole), Rest(b, whole), Rest(destination, whole));
    }

    /// <inheritdoc/>
    public void Multiply(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        int whole = WholeGroups(a.Length);
        Parallelism.For(whole, (start, length) => MultiplyGroups(a, b, destination, start, start + length));
        Scalar.Multiply(Rest(a, whole), Rest(b, whole), Rest(destination, whole));
    }

    /// <inheritdoc/>
    public void Scale(FrSlice a, Fr s, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        int whole = WholeGroups(a.Length);
        Parallelism.For(whole, (start, length) => ScaleGroups(a, s, destination, start, start + length));
        Scalar.Scale(Rest(a, whole), s, Rest(destination, whole));
    }

    /// <inheritdoc/>
    public void AddScaled(FrSlice a, Fr s, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        int whole = WholeGroups(a.Length);
        Parallelism.For(whole, (start, length) => AddScaledGroups(a, s, destination, start, start + length));
        Scalar.AddScaled(Rest(a, whole), s, Rest(destination, whole));
    }

    /// <inheritdoc/>
    public void SumHalves(FrSlice values)
    {
        int h = Require.Halves(values);
        FrSlice lower = values.Slice(0, h);
        Add(lower, values.Slice(h, h), lower);
    }

    /// <inheritdoc/>
    public void Fold(FrSlice values, Fr r)
    {
        int h = Require.Halves(values);
        FrSlice lower = values.Slice(0, h), upper = values.Slice(h, h);
        int whole = WholeGroups(h);
        Parallelism.For(whole, (start, length) => FoldGroups(lower, upper, r, start, start + length));
        for (int i = whole; i < h; i++)
        {
            lower[i] += r * (upper[i] - lower[i]);
        }
    }

    private static FrSlice Rest(FrSlice slice, int start) => slice.Slice(start, slice.Length - start);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGroups(FrSlice a, FrSlice b, FrSlice destination, int start, int end)
    {
        nuint strideA = (nuint)a.Stride, strideB = (nuint)b.Stride, stride = (nuint)destination.Stride;
        for (int i = start; i < end; i += Width)
        {
            FrLanes.Load(in At(a, i), strideA, out FrLanes x);
            FrLanes.Load(in At(b, i), strideB, out FrLanes y);
            FrLanes.AddTight(in x, in y, out x);
            FrLanes.StoreReduced(in x, ref At(destination, i), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractGroups(FrSlice a, FrSlice b, FrSlice destination, int start, int end)
    {
        nuint strideA = (nuint)a.Stride, strideB = (nuint)b.Stride, stride = (nuint)destination.Stride;
        for (int i = start; i < end; i += Width)
        {
            FrLanes.Load(in At(a, i), strideA, out FrLanes x);
            FrLanes.Load(in At(b, i), strideB, out FrLanes y);
            FrLanes.SubtractReduced(in x, in y, out x);
            FrLanes.Store(in x, ref At(destination, i), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyGroups(FrSlice a, FrSlice b, FrSlice destination, int start, int end)
    {
        nuint strideA = (nuint)a.Stride, strideB = (nuint)b.Stride, stride = (nuint)destination.Stride;
        for (int i = start; i < end; i += Width)
        {
            LaneFactor.Load(in At(a, i), strideA, out LaneFactor x);
            LaneFactor.LoadTimes16(in At(b, i), strideB, out LaneFactor y);
            FrLanes.Multiply(in x, in y, out FrLanes product);
            FrLanes.StoreReduced(in product, ref At(destination, i), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleGroups(FrSlice a, Fr s, FrSlice destination, int start, int end)
    {
        nuint strideA = (nuint)a.Stride, stride = (nuint)destination.Stride;
        LaneFactor.BroadcastTimes16(s, out LaneFactor factor);
        for (int i = start; i < end; i += Width)
        {
            LaneFactor.Load(in At(a, i), strideA, out LaneFactor x);
            FrLanes.Multiply(in x, in factor, out FrLanes product);
            FrLanes.StoreReduced(in product, ref At(destination, i), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaledGroups(FrSlice a, Fr s, FrSlice destination, int start, int end)
    {
        nuint strideA = (nuint)a.Stride, stride = (nuint)destination.Stride;
        LaneFactor.BroadcastTimes16(s, out LaneFactor factor);
        for (int i = start; i < end; i += Width)
        {
            LaneFactor.Load(in At(a, i), strideA, out LaneFactor x);
            FrLanes.Load(in At(destination, i), stride, out FrLanes y);
            FrLanes.Multiply(in x, in factor, out FrLanes product);

            // Below 1.4·p + p.
            FrLanes.AddTight(in y, in product, out y);
            FrLanes.StoreReducedTwice(in y, ref At(destination, i), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldGroups(FrSlice lower, FrSlice upper, Fr r, int start, int end)
    {
        nuint stride = (nuint)lower.Stride;
        LaneFactor.BroadcastTimes16(r, out LaneFactor factor);
        for (int i = start; i < end; i += Width)
        {
            FrLanes.Load(in At(lower, i), stride, out FrLanes x);
            FrLanes.Load(in At(upper, i), stride, out FrLanes y);

            // Padding and constant columns come in long runs, and stay what they are.
            if (FrLanes.Same(in x, in y))
            {
                continue;
            }

            Difference(in y, in x, out LaneFactor difference);
            FrLanes.Multiply(in difference, in factor, out FrLanes product);

            // The difference is below 3p, the product below 3·0.19·p + 1.13·p, the sum below 2.7·p.
            FrLanes.AddTight(in x, in product, out x);
            FrLanes.StoreReducedTwice(in x, ref At(lower, i), stride);
        }
    }

    /// <summary>a − b as a factor below 3p, for a and b below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Difference(in FrLanes a, in FrLanes b, out LaneFactor result)
    {
        FrLanes.SubtractTight(in a, in b, out FrLanes difference);
        FrLanes.ToFactor(in difference, out result);
    }
}
