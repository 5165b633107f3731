using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>Products and sums along axes, equality tables among them; meanings as in <see cref="IFieldKernels"/>.</summary>
internal static class AxisKernels
{
    /// <summary>
    /// The equality polynomial's tables over the first variables (high) and over the last <paramref name="lowBits"/> ones (low, times the
    /// scale): small tables, whose products are the whole one's entries.
    /// </summary>
    [Kernel]
    public static void EqualityFactors(
        ArrayView<DeviceElement> point, DeviceElement scale, int lowBits, ArrayView<DeviceElement> high, ArrayView<DeviceElement> low)
    {
        int highBits = point.IntLength - lowBits;
        for (int i = Threads.First; i < high.IntLength + low.IntLength; i += Threads.Step)
        {
            bool isHigh = i < high.IntLength;
            int index = isHigh ? i : i - high.IntLength;
            int first = isHigh ? 0 : highBits;
            int bits = isHigh ? highBits : lowBits;
            DeviceElement product = Elements.Select(isHigh, ScalarField.One, scale);
            for (int k = 0; k < bits; k++)
            {
                DeviceElement coordinate = point[first + k];
                bool one = ((index >> (bits - 1 - k)) & 1) != 0;
                product = ScalarField.Multiply(product, Elements.Select(one, coordinate, ScalarField.Subtract(ScalarField.One, coordinate)));
            }

            if (isHigh)
            {
                high[index] = product;
            }
            else
            {
                low[index] = product;
            }
        }
    }

    [Kernel]
    public static void Equality(ArrayView<DeviceElement> high, ArrayView<DeviceElement> low, int lowBits, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            destination.Store(i, ScalarField.Multiply(high[i >> lowBits], low[i & ((1 << lowBits) - 1)]));
        }
    }

    [Kernel]
    public static void AddOuterProduct(ArrayView<DeviceElement> outer, DeviceSlice inner, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            DeviceElement product = ScalarField.Multiply(outer[i / inner.Length], inner.Load(i % inner.Length));
            destination.Store(i, ScalarField.Add(destination.Load(i), product));
        }
    }

    [Kernel]
    public static void FoldAxis(DeviceSlice source, ArrayView<DeviceElement> weights, int inner, DeviceSlice destination)
    {
        for (int i = Threads.First; i < destination.Length; i += Threads.Step)
        {
            int at = ((i / inner) * weights.IntLength * inner) + (i % inner);
            DeviceElement sum = default;
            for (int w = 0; w < weights.IntLength; w++, at += inner)
            {
                sum = ScalarField.Add(sum, ScalarField.Multiply(source.Load(at), weights[w]));
            }

            destination.Store(i, sum);
        }
    }
}
