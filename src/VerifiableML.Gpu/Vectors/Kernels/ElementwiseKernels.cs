using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>One thread for each element; meanings as in <see cref="IFieldKernels"/>.</summary>
internal static class ElementwiseKernels
{
    [Kernel]
    public static void Fill(DeviceSlice destination, DeviceElement value)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, value);
        }
    }

    [Kernel]
    public static void Copy(DeviceSlice a, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, a.Load(i));
        }
    }

    [Kernel]
    public static void Reverse(DeviceSlice a, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, a.Load(a.Length - 1 - i));
        }
    }

    [Kernel]
    public static void Add(DeviceSlice a, DeviceSlice b, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Add(a.Load(i), b.Load(i)));
        }
    }

    [Kernel]
    public static void Subtract(DeviceSlice a, DeviceSlice b, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Subtract(a.Load(i), b.Load(i)));
        }
    }

    [Kernel]
    public static void Multiply(DeviceSlice a, DeviceSlice b, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Multiply(a.Load(i), b.Load(i)));
        }
    }

    [Kernel]
    public static void Scale(DeviceSlice a, DeviceElement s, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Multiply(a.Load(i), s));
        }
    }

    [Kernel]
    public static void AddScaled(DeviceSlice a, DeviceElement s, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Add(destination.Load(i), ScalarField.Multiply(a.Load(i), s)));
        }
    }

    [Kernel]
    public static void AddAt(ArrayView<int> index, ArrayView<DeviceElement> values, DeviceSlice destination)
    {
        for (int i = Threads.First; i < index.IntLength; i += Threads.Step)
        {
            destination.Store(index[i], ScalarField.Add(destination.Load(index[i]), values[i]));
        }
    }

    [Kernel]
    public static void Fold(DeviceSlice values, DeviceElement r)
    {
        int h = values.Length / 2;
        for (int i = Threads.First; i < h; i += Threads.Step)
        {
            values.Store(i, Line(values.Load(i), values.Load(i + h), r));
        }
    }

    /// <summary>a + r·(b − a).</summary>
    public static DeviceElement Line(DeviceElement a, DeviceElement b, DeviceElement r) =>
        ScalarField.Add(a, ScalarField.Multiply(ScalarField.Subtract(b, a), r));
}
