using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>Slices as coefficients of polynomials in one variable, and inverses; meanings as in <see cref="IFieldKernels"/>.</summary>
internal static class PolynomialKernels
{
    /// <summary>
    /// A thread's coefficients are those of x^t, x^(t + T), …, T being all threads: Horner's rule in x^T, then times x^t.
    /// </summary>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="powers">x^(2^k).</param>
    /// <param name="step">x^T.</param>
    /// <param name="partial">A sum for each group.</param>
    [Kernel]
    public static void Evaluate(
        DeviceSlice coefficients, ArrayView<DeviceElement> powers, DeviceElement step, ArrayView<DeviceElement> partial)
    {
        DeviceElement sum = default;
        int thread = Threads.First;
        if (thread < coefficients.Length)
        {
            int last = thread + ((coefficients.Length - 1 - thread) / Threads.Step * Threads.Step);
            for (int i = last; i >= 0; i -= Threads.Step)
            {
                sum = ScalarField.Add(ScalarField.Multiply(sum, step), coefficients.Load(i));
            }

            int bit = 0;
            for (int rest = thread; rest != 0; rest >>= 1, bit++)
            {
                if ((rest & 1) != 0)
                {
                    sum = ScalarField.Multiply(sum, powers[bit]);
                }
            }
        }

        GroupSum.Write(sum, partial, Grid.IdxX);
    }

    /// <summary>destination[i] = a[i] + factor·a[i + distance], where there is such an element.</summary>
    [Kernel]
    public static void AddShifted(DeviceSlice a, int distance, DeviceElement factor, DeviceSlice destination)
    {
        for (int i = Threads.First; i < a.Length; i += Threads.Step)
        {
            DeviceElement sum = a.Load(i);
            if (i < a.Length - distance)
            {
                sum = ScalarField.Add(sum, ScalarField.Multiply(a.Load(i + distance), factor));
            }

            destination.Store(i, sum);
        }
    }

    /// <summary>destination[i] = a[i + 1]; the last one is zero.</summary>
    [Kernel]
    public static void Shift(DeviceSlice a, DeviceSlice destination)
    {
        for (int i = Threads.First; i < a.Length; i += Threads.Step)
        {
            destination.Store(i, i + 1 < a.Length ? a.Load(i + 1) : default);
        }
    }

    /// <summary>
    /// Montgomery's trick for the elements of each thread: products up, kept in <paramref name="before"/>, one inversion, and down again. Zero is
    /// left out of the products and stays.
    /// </summary>
    [Kernel]
    public static void Invert(DeviceSlice values, DeviceSlice before)
    {
        DeviceElement running = ScalarField.One;
        int last = -1;
        for (int i = Threads.First; i < values.Length; i += Threads.Step)
        {
            before.Store(i, running);
            DeviceElement value = values.Load(i);
            running = Elements.Select(value.IsZero, running, ScalarField.Multiply(running, value));
            last = i;
        }

        if (last < 0)
        {
            return;
        }

        running = ScalarField.Inverse(running);
        for (int i = last; i >= 0; i -= Threads.Step)
        {
            DeviceElement value = values.Load(i);
            bool zero = value.IsZero;
            DeviceElement inverse = ScalarField.Multiply(running, before.Load(i));
            running = Elements.Select(zero, running, ScalarField.Multiply(running, value));
            values.Store(i, Elements.Select(zero, value, inverse));
        }
    }
}
