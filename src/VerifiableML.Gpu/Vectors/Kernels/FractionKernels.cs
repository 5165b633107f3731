using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>Sums of fractions; meanings as in <see cref="IFieldKernels"/>, sums as in <see cref="SumcheckKernels"/>.</summary>
internal static class FractionKernels
{
    [Kernel]
    public static void Combine(
        DeviceSlice n0, DeviceSlice d0, DeviceSlice n1, DeviceSlice d1, DeviceSlice numerator, DeviceSlice denominator)
    {
        for (int i = Threads.First; i < n0.Length; i += Threads.Step)
        {
            DeviceElement b0 = d0.Load(i), b1 = d1.Load(i);
            DeviceElement sum = ScalarField.Add(ScalarField.Multiply(n0.Load(i), b1), ScalarField.Multiply(n1.Load(i), b0));
            numerator.Store(i, sum);
            denominator.Store(i, ScalarField.Multiply(b0, b1));
        }
    }

    [Kernel]
    public static void Round(
        DeviceSlice weight, DeviceSlice n0, DeviceSlice d0, DeviceSlice n1, DeviceSlice d1, DeviceElement lambda, ArrayView<DeviceElement> partial)
    {
        DeviceElement atZero = default, leading = default;
        int h = n0.Length / 2;
        for (int i = Threads.First; i < h; i += Threads.Step)
        {
            DeviceElement w = weight.Load(i), a0 = n0.Load(i), b0 = d0.Load(i), a1 = n1.Load(i), b1 = d1.Load(i);
            atZero = ScalarField.Add(atZero, ScalarField.Multiply(w, Numerator(a0, b0, a1, b1, lambda)));
            a0 = ScalarField.Subtract(n0.Load(i + h), a0);
            b0 = ScalarField.Subtract(d0.Load(i + h), b0);
            a1 = ScalarField.Subtract(n1.Load(i + h), a1);
            b1 = ScalarField.Subtract(d1.Load(i + h), b1);
            leading = ScalarField.Add(leading, ScalarField.Multiply(w, Numerator(a0, b0, a1, b1, lambda)));
        }

        GroupSum.Write(atZero, partial, 2 * Grid.IdxX);
        GroupSum.Write(leading, partial, (2 * Grid.IdxX) + 1);
    }

    /// <summary>A thread takes the four places whose folds make one term, so it can fold in place.</summary>
    [Kernel]
    public static void FoldAndRound(
        DeviceSlice weight, DeviceSlice n0, DeviceSlice d0, DeviceSlice n1, DeviceSlice d1, DeviceElement lambda, DeviceElement r,
        ArrayView<DeviceElement> partial)
    {
        DeviceElement atZero = default, leading = default;
        int h = n0.Length / 2;
        int q = h / 2;
        for (int i = Threads.First; i < q; i += Threads.Step)
        {
            DeviceElement w = ScalarField.Add(weight.Load(i), weight.Load(i + q));
            weight.Store(i, w);
            DeviceElement a0 = Fold(n0, i, h, r), b0 = Fold(d0, i, h, r), a1 = Fold(n1, i, h, r), b1 = Fold(d1, i, h, r);
            atZero = ScalarField.Add(atZero, ScalarField.Multiply(w, Numerator(a0, b0, a1, b1, lambda)));
            a0 = ScalarField.Subtract(Fold(n0, i + q, h, r), a0);
            b0 = ScalarField.Subtract(Fold(d0, i + q, h, r), b0);
            a1 = ScalarField.Subtract(Fold(n1, i + q, h, r), a1);
            b1 = ScalarField.Subtract(Fold(d1, i + q, h, r), b1);
            leading = ScalarField.Add(leading, ScalarField.Multiply(w, Numerator(a0, b0, a1, b1, lambda)));
        }

        GroupSum.Write(atZero, partial, 2 * Grid.IdxX);
        GroupSum.Write(leading, partial, (2 * Grid.IdxX) + 1);
    }

    /// <summary>n0·d1 + d0·(n1 + λ·d1).</summary>
    private static DeviceElement Numerator(DeviceElement n0, DeviceElement d0, DeviceElement n1, DeviceElement d1, DeviceElement lambda) =>
        ScalarField.Add(
            ScalarField.Multiply(n0, d1), ScalarField.Multiply(d0, ScalarField.Add(n1, ScalarField.Multiply(lambda, d1))));

    private static DeviceElement Fold(DeviceSlice values, int i, int h, DeviceElement r)
    {
        DeviceElement folded = ElementwiseKernels.Line(values.Load(i), values.Load(i + h), r);
        values.Store(i, folded);
        return folded;
    }
}
