using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Makes maps between cells, as products of axis maps where they are such.</summary>
internal static class CellMaps
{
    /// <summary>The identity on a shape.</summary>
    public static SeparableMap Identity(TensorShape shape) =>
        new(AxisMap.Identity(shape.Rows), AxisMap.Identity(shape.Columns), AxisMap.Identity(shape.Channels));

    /// <summary>The map by which output cell <c>i</c> is input cell <paramref name="source"/><c>[i]</c>, or zero for −1.</summary>
    public static CellMap Copy(int[] source, TensorShape input, TensorShape output) =>
        TrySeparate(source, input, output) ?? (CellMap)new GatherMap([.. source]);

    /// <summary>Sums windows along one axis, each with its own factor.</summary>
    public static AxisMap Sum(AxisWindow window, Func<int, int> factor)
    {
        List<AxisLink> links = [];
        for (int o = 0; o < window.OutputSize; o++)
        {
            for (int k = 0; k < window.Kernel; k++)
            {
                if (window.InputIndex(o, k) is >= 0 and int i)
                {
                    links.Add(new AxisLink(o, i, factor(o)));
                }
            }
        }

        return new AxisMap(window.InputSize, window.OutputSize, [.. links], false);
    }

    private static SeparableMap? TrySeparate(int[] source, TensorShape input, TensorShape output)
    {
        int[] rows = NewAxis(output.Rows);
        int[] columns = NewAxis(output.Columns);
        int[] channels = NewAxis(output.Channels);
        int live = 0;
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] < 0)
            {
                continue;
            }

            live++;
            (int outputPixel, int z) = Math.DivRem(i, output.Channels);
            (int inputPixel, int inputZ) = Math.DivRem(source[i], input.Channels);
            (int y, int x) = Math.DivRem(outputPixel, output.Columns);
            (int inputY, int inputX) = Math.DivRem(inputPixel, input.Columns);
            if (!Agrees(ref rows[y], inputY) || !Agrees(ref columns[x], inputX) || !Agrees(ref channels[z], inputZ))
            {
                return null;
            }
        }

        // Every combination of live indices must be live, else the product of the axes would copy too much.
        return live == (long)rows.Count(i => i >= 0) * columns.Count(i => i >= 0) * channels.Count(i => i >= 0)
            ? new SeparableMap(Axis(rows, input.Rows), Axis(columns, input.Columns), Axis(channels, input.Channels))
            : null;
    }

    private static int[] NewAxis(int size)
    {
        var axis = new int[size];
        Array.Fill(axis, -1);
        return axis;
    }

    private static bool Agrees(ref int known, int found)
    {
        bool agrees = known < 0 || known == found;
        known = found;
        return agrees;
    }

    private static AxisMap Axis(int[] source, int inputSize)
    {
        if (source.Length == inputSize && source.Select((from, to) => from == to).All(same => same))
        {
            return AxisMap.Identity(inputSize);
        }

        ImmutableArray<AxisLink> links = [.. source.Select((from, to) => new AxisLink(to, from, 1)).Where(link => link.Input >= 0)];
        return new AxisMap(inputSize, source.Length, links, false);
    }
}
