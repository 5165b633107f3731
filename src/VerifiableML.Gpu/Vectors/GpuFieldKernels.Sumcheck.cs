using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

public sealed partial class GpuFieldKernels
{
    /// <inheritdoc/>
    public Fr Sum(FrSlice a) => OnHost(a)
        ? _host.Sum(a)
        : Sums(a.Length, 1, (o, grid, partial) => _vectors.Kernels.Launch(grid, SumcheckKernels.Sum, o.Read(a), partial))[0];

    /// <inheritdoc/>
    public Fr InnerProduct(FrSlice a, FrSlice b)
    {
        Require.SameLength(a.Length, b.Length);
        return OnHost(a, b)
            ? _host.InnerProduct(a, b)
            : Sums(a.Length, 1, (o, grid, partial) => _vectors.Kernels.Launch(
                grid, SumcheckKernels.InnerProduct, o.Read(a), o.Read(b), partial))[0];
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) ProductRound(FrSlice f, FrSlice g)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        return OnHost(f, g)
            ? _host.ProductRound(f, g)
            : Pair(Sums(h, 2, (o, grid, partial) => _vectors.Kernels.Launch(
                grid, SumcheckKernels.ProductRound, o.Read(f), o.Read(g), partial)));
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) FoldAndProductRound(FrSlice f, FrSlice g, Fr r)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        _ = Require.Halves(f.Slice(0, h));
        return OnHost(f, g)
            ? _host.FoldAndProductRound(f, g, r)
            : Pair(Sums(h / 2, 2, (o, grid, partial) => _vectors.Kernels.Launch(
                grid, SumcheckKernels.FoldAndProductRound, o.Update(f), o.Update(g), DeviceElement.From(r), partial)));
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) WeightedProductRound(FrSlice weight, FrSlice f, FrSlice g)
    {
        Require.SameLength(f.Length, g.Length);
        int h = Require.Halves(f);
        Require.SameLength(h, weight.Length);
        return OnHost(weight, f, g)
            ? _host.WeightedProductRound(weight, f, g)
            : Pair(Sums(h, 2, (o, grid, partial) => _vectors.Kernels.Launch(
                grid, SumcheckKernels.WeightedProductRound, o.Read(weight), o.Read(f), o.Read(g), partial)));
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) FractionRound(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda)
    {
        int h = RequireFractions(weight, n0, d0, n1, d1);
        return OnHost(weight, n0, d0) && OnHost(n1, d1)
            ? _host.FractionRound(weight, n0, d0, n1, d1, lambda)
            : Pair(Sums(h, 2, (o, grid, partial) => _vectors.Kernels.Launch(
                grid, FractionKernels.Round, o.Read(weight), o.Read(n0), o.Read(d0), o.Read(n1), o.Read(d1), DeviceElement.From(lambda),
                partial)));
    }

    /// <inheritdoc/>
    public (Fr AtZero, Fr Leading) FoldAndFractionRound(
        FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda, Fr r)
    {
        RequireFractions(weight, n0, d0, n1, d1);
        int q = Require.Halves(weight);
        return OnHost(weight, n0, d0) && OnHost(n1, d1)
            ? _host.FoldAndFractionRound(weight, n0, d0, n1, d1, lambda, r)
            : Pair(Sums(q, 2, (o, grid, partial) => _vectors.Kernels.Launch(
                grid, FractionKernels.FoldAndRound, o.Update(weight), o.Update(n0), o.Update(d0), o.Update(n1), o.Update(d1),
                DeviceElement.From(lambda), DeviceElement.From(r), partial)));
    }

    /// <inheritdoc/>
    public void FractionCombine(FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator)
    {
        foreach (FrSlice slice in (ReadOnlySpan<FrSlice>)[d0, n1, d1, numerator, denominator])
        {
            Require.SameLength(n0.Length, slice.Length);
        }

        if (OnHost(n0, d0, n1) && OnHost(d1, numerator, denominator))
        {
            _host.FractionCombine(n0, d0, n1, d1, numerator, denominator);
            return;
        }

        Start(n0.Length, (o, grid) => _vectors.Kernels.Launch(
            grid, FractionKernels.Combine, o.Read(n0), o.Read(d0), o.Read(n1), o.Read(d1), o.Write(numerator), o.Write(denominator)));
    }

    private static int RequireFractions(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1)
    {
        int h = Require.Halves(n0);
        Require.SameLength(h, weight.Length);
        Require.SameLength(n0.Length, d0.Length);
        Require.SameLength(n0.Length, n1.Length);
        Require.SameLength(n0.Length, d1.Length);
        return h;
    }

    private static (Fr AtZero, Fr Leading) Pair(Fr[] sums) => (sums[0], sums[1]);
}
