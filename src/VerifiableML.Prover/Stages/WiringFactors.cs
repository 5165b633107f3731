using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.Claims;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Prover.Stages;

/// <summary>The factors of wirings: the source at its fixed coordinates, and the product of the kernels of the axes that are summed over.</summary>
internal static class WiringFactors
{
    /// <summary>
    /// Whether two wirings read one source at the same fixed coordinates along the same axes: they then share the source's factor, and their
    /// kernels add up. The offsets of a pooling window do.
    /// </summary>
    public static bool ShareSource(Wiring<Fr> a, Wiring<Fr> b)
    {
        if (a.SourceValue != b.SourceValue || a.Axes.Length != b.Axes.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Axes.Length; i++)
        {
            if (a.Axes[i].Fixed is { } left)
            {
                if (b.Axes[i].Fixed is not { } right || !left.Coordinates.SequenceEqual(right.Coordinates))
                {
                    return false;
                }
            }
            else if (b.Axes[i].Fixed is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The source's cells, folded along every axis whose coordinates are fixed.</summary>
    public static FrVector Source(IFieldKernels kernels, Wiring<Fr> wiring, ReadOnlyMemory<int> cells)
    {
        FrVector current = Innermost(kernels, wiring.Axes[^1], cells);
        int inner = wiring.Axes[^1].Kernel is null ? 1 : 1 << wiring.Axes[^1].Bits;
        for (int axis = wiring.Axes.Length - 2; axis >= 0; axis--)
        {
            if (wiring.Axes[axis].Fixed is { } point)
            {
                if (point.Count > 0)
                {
                    Fr[] weights = Equality.Table(point);
                    FrVector folded = kernels.Rent(current.Length / weights.Length);
                    kernels.FoldAxis(current.All, weights, inner, folded.All);
                    current.Dispose();
                    current = folded;
                }
            }
            else
            {
                inner <<= wiring.Axes[axis].Bits;
            }
        }

        return current;
    }

    /// <summary>Adds <paramref name="weight"/> times the wiring's kernel to <paramref name="kernel"/>.</summary>
    public static void AddKernel(IFieldKernels kernels, Wiring<Fr> wiring, Fr weight, FrVector kernel)
    {
        Fr[][] tables = [.. wiring.Axes.Where(axis => axis.Kernel is not null).Select(axis => axis.Kernel!)];
        using FrVector last = FrVector.From(tables[^1]);
        var outer = new Fr[kernel.Length / last.Length];
        for (int row = 0; row < outer.Length; row++)
        {
            outer[row] = weight;
            int rest = row;
            for (int axis = tables.Length - 2; axis >= 0; axis--)
            {
                outer[row] *= tables[axis][rest % tables[axis].Length];
                rest /= tables[axis].Length;
            }
        }

        kernels.AddOuterProduct(outer, last.All, kernel.All);
    }

    /// <summary>Folds the lowest axis straight from the integers where it is fixed.</summary>
    private static FrVector Innermost(IFieldKernels kernels, WiringAxis<Fr> axis, ReadOnlyMemory<int> cells)
    {
        if (axis.Fixed is not { Count: > 0 } point)
        {
            FrVector all = kernels.Rent(cells.Length);
            kernels.FromIntegers(cells, all.All);
            return all;
        }

        int length = 1 << axis.Bits;
        using FrVector weights = kernels.Rent(length);
        kernels.ExpandEquality(point.Coordinates, Fr.One, weights.All);
        FrVector result = kernels.Rent(cells.Length / length);
        kernels.InnerProducts(cells, weights.All, result.All);
        return result;
    }
}
