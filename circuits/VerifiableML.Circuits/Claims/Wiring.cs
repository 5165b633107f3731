using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>One axis of a wiring: either the coordinates that the source takes there, or a kernel to be summed over.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Bits">Bits of the axis.</param>
/// <param name="Fixed">The coordinates, where the axis passes through.</param>
/// <param name="Kernel">The kernel over the axis's <c>2^Bits</c> indices, where it is summed.</param>
public readonly record struct WiringAxis<T>(int Bits, EvaluationPoint<T>? Fixed, T[]? Kernel)
    where T : struct, IScalar<T>
{
    /// <summary>An axis whose coordinates are known.</summary>
    public static WiringAxis<T> At(EvaluationPoint<T> point) => new(point.Count, point, null);

    /// <summary>An axis that is summed against <paramref name="kernel"/>.</summary>
    public static WiringAxis<T> Over(T[] kernel) => new(TensorLayout.BitsFor(kernel.Length), null, kernel);
}

/// <summary>
/// The statement <c>Σ_i source(fixed coordinates, i) · Π_axis kernel_axis(i_axis) = Value</c>: a virtual tensor, read from a committed one by
/// geometry alone (a sliding window, a shift, a permutation), at one point. The verifier evaluates the kernels itself.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="SourceValue">The value (of the model) whose column is read.</param>
/// <param name="Source">That column.</param>
/// <param name="Axes">The source's axes from the most significant on. Together they have all its bits.</param>
/// <param name="Value">The claimed sum.</param>
public sealed record Wiring<T>(int SourceValue, Column Source, WiringAxis<T>[] Axes, T Value)
    where T : struct, IScalar<T>
{
    /// <summary>Variables that are summed over.</summary>
    public int Variables => Axes.Sum(axis => axis.Kernel is null ? 0 : axis.Bits);

    /// <summary>Whether no axis has a kernel, so that the value is the source's at a known point.</summary>
    public bool PassesThrough => Axes.All(axis => axis.Kernel is null);

    /// <summary>The product of the kernels' multilinear extensions at <paramref name="point"/>.</summary>
    public T KernelAt(EvaluationPoint<T> point)
    {
        T product = T.One;
        int start = 0;
        foreach (WiringAxis<T> axis in Axes)
        {
            if (axis.Kernel is { } kernel)
            {
                T[] table = Equality.Table(point.Slice(start, axis.Bits));
                T sum = T.Zero;
                for (int i = 0; i < kernel.Length; i++)
                {
                    sum += kernel[i] * table[i];
                }

                product *= sum;
                start += axis.Bits;
            }
        }

        return product;
    }

    /// <summary>The point of the source's column that belongs to <paramref name="point"/>.</summary>
    public EvaluationPoint<T> SourcePoint(EvaluationPoint<T> point)
    {
        var parts = new EvaluationPoint<T>[Axes.Length];
        int start = 0;
        for (int i = 0; i < Axes.Length; i++)
        {
            if (Axes[i].Fixed is { } coordinates)
            {
                parts[i] = coordinates;
            }
            else
            {
                parts[i] = point.Slice(start, Axes[i].Bits);
                start += Axes[i].Bits;
            }
        }

        return EvaluationPoint<T>.Join(parts);
    }
}
