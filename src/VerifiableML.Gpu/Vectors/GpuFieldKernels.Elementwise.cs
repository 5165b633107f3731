using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

public sealed partial class GpuFieldKernels
{
    /// <inheritdoc/>
    public void Add(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        if (OnHost(a, b, destination))
        {
            _host.Add(a, b, destination);
            return;
        }

        Start(a.Length, (o, grid) => _vectors.Kernels.Launch(grid, ElementwiseKernels.Add, o.Read(a), o.Read(b), o.Write(destination)));
    }

    /// <inheritdoc/>
    public void Subtract(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        if (OnHost(a, b, destination))
        {
            _host.Subtract(a, b, destination);
            return;
        }

        Start(a.Length, (o, grid) => _vectors.Kernels.Launch(grid, ElementwiseKernels.Subtract, o.Read(a), o.Read(b), o.Write(destination)));
    }

    /// <inheritdoc/>
    public void Multiply(FrSlice a, FrSlice b, FrSlice destination)
    {
        Require.SameLength(a.Length, b.Length);
        Require.SameLength(a.Length, destination.Length);
        if (OnHost(a, b, destination))
        {
            _host.Multiply(a, b, destination);
            return;
        }

        Start(a.Length, (o, grid) => _vectors.Kernels.Launch(grid, ElementwiseKernels.Multiply, o.Read(a), o.Read(b), o.Write(destination)));
    }

    /// <inheritdoc/>
    public void Scale(FrSlice a, Fr s, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        if (OnHost(a, destination))
        {
            _host.Scale(a, s, destination);
            return;
        }

        Start(a.Length, (o, grid) =>
            _vectors.Kernels.Launch(grid, ElementwiseKernels.Scale, o.Read(a), DeviceElement.From(s), o.Write(destination)));
    }

    /// <inheritdoc/>
    public void AddScaled(FrSlice a, Fr s, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        if (OnHost(a, destination))
        {
            _host.AddScaled(a, s, destination);
            return;
        }

        Start(a.Length, (o, grid) =>
            _vectors.Kernels.Launch(grid, ElementwiseKernels.AddScaled, o.Read(a), DeviceElement.From(s), o.Update(destination)));
    }

    /// <inheritdoc/>
    public void Reverse(FrSlice a, FrSlice destination)
    {
        Require.SameLength(a.Length, destination.Length);
        if (OnHost(a, destination))
        {
            _host.Reverse(a, destination);
            return;
        }

        Start(a.Length, (o, grid) => _vectors.Kernels.Launch(grid, ElementwiseKernels.Reverse, o.Read(a), o.Write(destination)));
    }

    /// <inheritdoc/>
    public void AddAt(ReadOnlySpan<int> index, ReadOnlySpan<Fr> values, FrSlice destination)
    {
        if (OnHost(destination))
        {
            _host.AddAt(index, values, destination);
            return;
        }

        Require.SameLength(index.Length, values.Length);
        Require.Indices(index, destination.Length);
        int[] places = index.ToArray();
        Fr[] elements = values.ToArray();
        Start(places.Length, (o, grid) => _vectors.Kernels.Launch(
            grid, ElementwiseKernels.AddAt, o.Upload((ReadOnlySpan<int>)places), o.Upload(elements), o.Update(destination)));
    }

    /// <inheritdoc/>
    public void Fold(FrSlice values, Fr r)
    {
        int h = Require.Halves(values);
        if (OnHost(values))
        {
            _host.Fold(values, r);
            return;
        }

        Start(h, (o, grid) => _vectors.Kernels.Launch(grid, ElementwiseKernels.Fold, o.Update(values), DeviceElement.From(r)));
    }

    /// <inheritdoc/>
    public void SumHalves(FrSlice values)
    {
        int h = Require.Halves(values);
        FrSlice lower = values.Slice(0, h);
        Add(lower, values.Slice(h, h), lower);
    }
}
