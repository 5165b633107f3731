using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>
/// Sums and rounds of sumchecks; meanings as in <see cref="IFieldKernels"/>. A round leaves two sums for each group: at 2·group that at zero,
/// beside it the leading one.
/// </summary>
internal static class SumcheckKernels
{
    [Kernel]
    public static void Sum(DeviceSlice a, ArrayView<DeviceElement> partial)
    {
        DeviceElement sum = default;
        for (int i = Threads.First; i < a.Length; i += Threads.Step)
        {
            sum = ScalarField.Add(sum, a.Load(i));
        }

        GroupSum.Write(sum, partial, Grid.IdxX);
    }

    [Kernel]
    public static void InnerProduct(DeviceSlice a, DeviceSlice b, ArrayView<DeviceElement> partial)
    {
        DeviceElement sum = default;
        for (int i = Threads.First; i < a.Length; i += Threads.Step)
        {
            sum = ScalarField.Add(sum, ScalarField.Multiply(a.Load(i), b.Load(i)));
        }

        GroupSum.Write(sum, partial, Grid.IdxX);
    }

    [Kernel]
    public static void ProductRound(DeviceSlice f, DeviceSlice g, ArrayView<DeviceElement> partial)
    {
        DeviceElement atZero = default, leading = default;
        int h = f.Length / 2;
        for (int i = Threads.First; i < h; i += Threads.Step)
        {
            DeviceElement f0 = f.Load(i), g0 = g.Load(i);
            atZero = ScalarField.Add(atZero, ScalarField.Multiply(f0, g0));
            leading = ScalarField.Add(
                leading, ScalarField.Multiply(ScalarField.Subtract(f.Load(i + h), f0), ScalarField.Subtract(g.Load(i + h), g0)));
        }

        GroupSum.Write(atZero, partial, 2 * Grid.IdxX);
        GroupSum.Write(leading, partial, (2 * Grid.IdxX) + 1);
    }

    /// <summary>A thread takes the four places whose folds make one term, so it can fold in place.</summary>
    [Kernel]
    public static void FoldAndProductRound(DeviceSlice f, DeviceSlice g, DeviceElement r, ArrayView<DeviceElement> partial)
    {
        DeviceElement atZero = default, leading = default;
        int h = f.Length / 2;
        int q = h / 2;
        for (int i = Threads.First; i < q; i += Threads.Step)
        {
            DeviceElement f0 = ElementwiseKernels.Line(f.Load(i), f.Load(i + h), r);
            DeviceElement f1 = ElementwiseKernels.Line(f.Load(i + q), f.Load(i + q + h), r);
            f.Store(i, f0);
            f.Store(i + q, f1);
            DeviceElement g0 = ElementwiseKernels.Line(g.Load(i), g.Load(i + h), r);
            DeviceElement g1 = ElementwiseKernels.Line(g.Load(i + q), g.Load(i + q + h), r);
            g.Store(i, g0);
            g.Store(i + q, g1);
            atZero = ScalarField.Add(atZero, ScalarField.Multiply(f0, g0));
            leading = ScalarField.Add(leading, ScalarField.Multiply(ScalarField.Subtract(f1, f0), ScalarField.Subtract(g1, g0)));
        }

        GroupSum.Write(atZero, partial, 2 * Grid.IdxX);
        GroupSum.Write(leading, partial, (2 * Grid.IdxX) + 1);
    }

    [Kernel]
    public static void WeightedProductRound(DeviceSlice weight, DeviceSlice f, DeviceSlice g, ArrayView<DeviceElement> partial)
    {
        DeviceElement atZero = default, leading = default;
        int h = f.Length / 2;
        for (int i = Threads.First; i < h; i += Threads.Step)
        {
            DeviceElement w = weight.Load(i), f0 = f.Load(i), g0 = g.Load(i);
            atZero = ScalarField.Add(atZero, ScalarField.Multiply(w, ScalarField.Multiply(f0, g0)));
            DeviceElement product = ScalarField.Multiply(ScalarField.Subtract(f.Load(i + h), f0), ScalarField.Subtract(g.Load(i + h), g0));
            leading = ScalarField.Add(leading, ScalarField.Multiply(w, product));
        }

        GroupSum.Write(atZero, partial, 2 * Grid.IdxX);
        GroupSum.Write(leading, partial, (2 * Grid.IdxX) + 1);
    }
}
