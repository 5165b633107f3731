using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Relations;

/// <summary>
/// The kernels over one input axis that geometry defines, folded at a point of the output (and of the window). Padded to a power of two with
/// zeros: what lies outside the live extents is wired to nothing.
/// </summary>
public static class AxisKernels
{
    /// <summary><c>K[i] = Σ_{o,k : i = o·stride + k·dilation − pad} eq(output, o) eq(offset, k)</c>.</summary>
    public static T[] Window<T>(AxisWindow window, EvaluationPoint<T> output, EvaluationPoint<T> offset)
        where T : struct, IScalar<T>
    {
        T[] outputs = Equality.Table(output);
        T[] offsets = Equality.Table(offset);
        T[] kernel = Zeros<T>(window.InputSize);
        for (int k = 0; k < window.Kernel; k++)
        {
            for (int o = 0; o < window.OutputSize; o++)
            {
                int i = window.InputIndex(o, k);
                if (i >= 0)
                {
                    kernel[i] += outputs[o] * offsets[k];
                }
            }
        }

        return kernel;
    }

    /// <summary><c>K[i] = Σ_{o : i is read by o at the offset} eq(output, o)</c>, for the windows of a maximum.</summary>
    public static T[] PoolOffset<T>(AxisWindow window, EvaluationPoint<T> output, int offset)
        where T : struct, IScalar<T>
    {
        T[] outputs = Equality.Table(output);
        T[] kernel = Zeros<T>(window.InputSize);
        for (int o = 0; o < window.OutputSize; o++)
        {
            kernel[PoolInput(window, o, offset)] += outputs[o];
        }

        return kernel;
    }

    /// <summary>
    /// The input that a maximum reads at an offset. Padding takes no part, so an offset that falls outside reads the window's nearest
    /// input again: a maximum does not mind.
    /// </summary>
    public static int PoolInput(AxisWindow window, int output, int offset)
    {
        for (int distance = 0; distance < window.Kernel; distance++)
        {
            int below = offset - distance >= 0 ? window.InputIndex(output, offset - distance) : -1;
            int above = offset + distance < window.Kernel ? window.InputIndex(output, offset + distance) : -1;
            if (Math.Max(below, above) is int found and >= 0)
            {
                return found;
            }
        }

        throw new ArgumentException("a pooling window reads nothing but padding", nameof(window));
    }

    /// <summary><c>K[i] = Σ_{links (o, i, c)} c · eq(output, o)</c>.</summary>
    public static T[] Map<T>(AxisMap map, EvaluationPoint<T> output)
        where T : struct, IScalar<T>
    {
        T[] outputs = Equality.Table(output);
        T[] kernel = Zeros<T>(map.InputSize);
        foreach (AxisLink link in map.Links)
        {
            kernel[link.Input] += link.Coefficient == 1
                ? outputs[link.Output]
                : outputs[link.Output] * ScalarConstants.Integer<T>(link.Coefficient);
        }

        return kernel;
    }

    /// <summary>A zero kernel over an axis of <paramref name="size"/>, padded.</summary>
    public static T[] Zeros<T>(int size)
        where T : struct, IScalar<T>
    {
        var kernel = new T[1 << TensorLayout.BitsFor(size)];
        Array.Fill(kernel, T.Zero);
        return kernel;
    }
}
