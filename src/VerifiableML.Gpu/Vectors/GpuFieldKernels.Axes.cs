using ILGPU;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

public sealed partial class GpuFieldKernels
{
    /// <inheritdoc/>
    public void ExpandEquality(ReadOnlySpan<Fr> point, Fr scale, FrSlice destination)
    {
        Require.PowerOfTwo(point.Length, destination.Length);
        if (OnHost(destination))
        {
            _host.ExpandEquality(point, scale, destination);
            return;
        }

        Fr[] coordinates = point.ToArray();
        int lowBits = point.Length / 2, highBits = point.Length - lowBits;
        Start(destination.Length, (o, grid) =>
        {
            ArrayView<DeviceElement> high = o.Scratch(1 << highBits), low = o.Scratch(1 << lowBits);
            _vectors.Kernels.Launch(
                _vectors.Grid((1 << highBits) + (1 << lowBits)), AxisKernels.EqualityFactors, o.Upload(coordinates), DeviceElement.From(scale),
                lowBits, high, low);
            _vectors.Kernels.Launch(grid, AxisKernels.Equality, high, low, lowBits, o.Write(destination));
        });
    }

    /// <inheritdoc/>
    public void AddOuterProduct(ReadOnlySpan<Fr> outer, FrSlice inner, FrSlice destination)
    {
        Require.SameLength(outer.Length * inner.Length, destination.Length);
        if (OnHost(inner, destination))
        {
            _host.AddOuterProduct(outer, inner, destination);
            return;
        }

        Fr[] elements = outer.ToArray();
        Start(destination.Length, (o, grid) => _vectors.Kernels.Launch(
            grid, AxisKernels.AddOuterProduct, o.Upload(elements), o.Read(inner), o.Update(destination)));
    }

    /// <inheritdoc/>
    public void FoldAxis(FrSlice source, ReadOnlySpan<Fr> weights, int inner, FrSlice destination)
    {
        _ = Require.Axes(source, weights.Length, inner, destination);
        if (OnHost(source, destination))
        {
            _host.FoldAxis(source, weights, inner, destination);
            return;
        }

        Fr[] elements = weights.ToArray();
        Start(destination.Length, (o, grid) => _vectors.Kernels.Launch(
            grid, AxisKernels.FoldAxis, o.Read(source), o.Upload(elements), inner, o.Write(destination)));
    }
}
