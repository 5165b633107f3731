using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

public sealed partial class GpuFieldKernels
{
    /// <summary>What products with integers lack; see <see cref="IntegerKernels"/>.</summary>
    internal static readonly Fr Radix = Fr.FromUInt64(2).Pow(256UL);

    /// <inheritdoc/>
    public void Gather(FrSlice table, ReadOnlyMemory<int> index, FrSlice destination)
    {
        if (OnHost(table, destination))
        {
            _host.Gather(table, index, destination);
            return;
        }

        Require.SameLength(index.Length, destination.Length);
        Require.Indices(index.Span, table.Length);
        Start(destination.Length, (o, grid) => _vectors.Kernels.Launch(
            grid, IntegerKernels.Gather, o.Read(table), _vectors.Integers.View(index), o.Write(destination)));
    }

    /// <inheritdoc/>
    public void FromIntegers(ReadOnlyMemory<int> values, FrSlice destination)
    {
        if (OnHost(destination))
        {
            _host.FromIntegers(values, destination);
            return;
        }

        Require.SameLength(values.Length, destination.Length);
        Start(destination.Length, (o, grid) => _vectors.Kernels.Launch(
            grid, IntegerKernels.FromIntegers, _vectors.Integers.View(values), o.Write(destination)));
    }

    /// <inheritdoc/>
    public Fr InnerProduct(ReadOnlyMemory<int> values, FrSlice weights)
    {
        if (OnHost(weights))
        {
            return _host.InnerProduct(values, weights);
        }

        Require.SameLength(values.Length, weights.Length);
        return Radix * Sums(weights.Length, 1, (o, grid, partial) => _vectors.Kernels.Launch(
            grid, IntegerKernels.InnerProduct, _vectors.Integers.View(values), o.Read(weights), partial))[0];
    }

    /// <inheritdoc/>
    public void InnerProducts(ReadOnlyMemory<int> rows, FrSlice weights, FrSlice destination)
    {
        if (OnHost(weights, destination) && PrefersHost(rows.Length))
        {
            _host.InnerProducts(rows, weights, destination);
            return;
        }

        Require.SameLength(rows.Length, weights.Length * destination.Length);
        Start(destination.Length, (o, grid) =>
        {
            ArrayView<DeviceElement> sums = o.Scratch(destination.Length);
            var groups = new KernelConfig(Math.Min(destination.Length, Threads.MostGroups * 8), _vectors.GroupSize);
            _vectors.Kernels.Launch(groups, IntegerKernels.InnerProducts, _vectors.Integers.View(rows), o.Read(weights), sums);
            _vectors.Kernels.Launch(grid, IntegerKernels.Spread, sums, DeviceElement.From(Radix), o.Write(destination));
        });
    }
}
