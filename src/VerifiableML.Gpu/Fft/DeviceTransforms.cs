using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors;
using Words = ILGPU.Runtime.MemoryBuffer1D<ulong, ILGPU.Stride1D.Dense>;

namespace VerifiableML.Gpu.Fft;

/// <summary>
/// The transforms of <see cref="EvaluationDomain"/> on a device, the same bits. Roots of unity stay in device memory, half as many as elements for each
/// size that was asked for.
/// </summary>
public sealed class DeviceTransforms : IDomainTransforms
{
    private const int GroupSize = 256;

    // A geometric series is made of two short ones: one product for an element instead of a chain.
    private const int SeriesBits = 10;

    private readonly GpuVectors _vectors;
    private readonly Dictionary<int, ArrayView<DeviceElement>> _roots = [];

    /// <summary>Transforms on the device of the kernels, in its memory and its order of work.</summary>
    public DeviceTransforms(GpuFieldKernels kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        _vectors = kernels.Vectors;
    }

    /// <summary>The passes for a size; tests want smaller ones than a device, as they have few elements.</summary>
    internal Func<int, TransformPass[]> Plan { get; init; } = logSize => TransformPlan.Of(logSize);

    /// <inheritdoc/>
    public void Transform(FrSlice values) => Run(values, (on, operands) => Once(on, operands, mirrored: false, null));

    /// <inheritdoc/>
    public void InverseTransform(FrSlice values) => Run(
        values, (on, operands) => Once(on, operands, mirrored: true, (InverseSize(values), Fr.One)));

    /// <inheritdoc/>
    public void TransformOnCoset(FrSlice values, Fr shift) => Run(values, (on, operands) =>
    {
        Scale(on, on, operands, Fr.One, shift);
        Once(on, operands, mirrored: false, null);
    });

    /// <inheritdoc/>
    public void InverseTransformOnCoset(FrSlice values, Fr shift) => Run(
        values, (on, operands) => Once(on, operands, mirrored: true, (InverseSize(values), shift.Inverse())));

    /// <inheritdoc/>
    public void MoveToCoset(FrSlice values, Fr shift) => Run(values, (on, operands) =>
    {
        Once(on, operands, mirrored: true, (InverseSize(values), shift));
        Once(on, operands, mirrored: false, null);
    });

    private static Fr InverseSize(FrSlice values) => Fr.FromUInt64((ulong)values.Length).Inverse();

    private void Run(FrSlice values, Action<DeviceSlice, Operands> work)
    {
        _ = EvaluationDomain.LogSizeOf(values.Length);
        _vectors.Run(() =>
        {
            using var operands = new Operands(_vectors);
            work(operands.Update(values), operands);
            operands.Finish();
            return 0;
        });
    }

    /// <summary>Transforms in place, with the roots of unity or mirrored with their inverses, and multiplies by a geometric series.</summary>
    private void Once(DeviceSlice values, Operands operands, bool mirrored, (Fr First, Fr Ratio)? factors)
    {
        ArrayView<DeviceElement> roots = Roots(int.Log2(values.Length));
        TransformPass[] passes = Plan(int.Log2(values.Length));
        foreach (TransformPass pass in passes[..^1])
        {
            _vectors.Kernels.Launch(Grid(pass), TransformKernels.Run, values, roots, pass);
        }

        DeviceSlice result = operands.ScratchSlice(values.Length);
        _vectors.Kernels.Launch(Grid(passes[^1]), TransformKernels.RunLast, values, roots, passes[^1], mirrored ? 1 : 0, result);
        if (factors is var (first, ratio))
        {
            Scale(result, values, operands, first, ratio);
        }
        else
        {
            _vectors.Copy(result, values, overlapping: false);
        }
    }

    private void Scale(DeviceSlice source, DeviceSlice destination, Operands operands, Fr first, Fr ratio)
    {
        (ArrayView<DeviceElement> low, ArrayView<DeviceElement> high) = Series(operands, first, ratio, source.Length);
        _vectors.Kernels.Launch(Grid(source.Length), TransformKernels.Scale, source, low, high, SeriesBits, destination);
    }

    /// <summary>ω⁰ … ω^(n/2 − 1), at least one of them.</summary>
    private ArrayView<DeviceElement> Roots(int logSize)
    {
        if (!_roots.TryGetValue(logSize, out ArrayView<DeviceElement> roots))
        {
            // From the pool and never given back: the pool frees it at its end.
            int count = Math.Max(1, (1 << logSize) / 2);
            Words memory = _vectors.Pool.Rent(4L * count);
            roots = memory.View.BaseView.Cast<DeviceElement>().SubView(0, count);
            using var operands = new Operands(_vectors);
            (ArrayView<DeviceElement> low, ArrayView<DeviceElement> high) = Series(operands, Fr.One, EvaluationDomain.RootOfUnity(logSize), count);
            _vectors.Kernels.Launch(Grid(count), TransformKernels.FillSeries, roots, low, high, SeriesBits, count);
            _roots.Add(logSize, roots);
        }

        return roots;
    }

    /// <summary>ratioʲ for j below 2^<see cref="SeriesBits"/>, and every 2^<see cref="SeriesBits"/>-th entry of first·ratioⁱ.</summary>
    private static (ArrayView<DeviceElement> Low, ArrayView<DeviceElement> High) Series(Operands operands, Fr first, Fr ratio, int length)
    {
        int many = 1 << SeriesBits;
        return (
            operands.Upload(ShortSeries(Fr.One, ratio, Math.Min(many, length))),
            operands.Upload(ShortSeries(first, ratio.Pow((ulong)many), (length + many - 1) / many)));
    }

    private static Fr[] ShortSeries(Fr first, Fr ratio, int count)
    {
        var series = new Fr[count];
        for (int i = 0; i < count; i++, first *= ratio)
        {
            series[i] = first;
        }

        return series;
    }

    private KernelConfig Grid(TransformPass pass) => new(pass.Tiles, Math.Clamp(pass.TileSize / 2, 1, Math.Min(_vectors.GroupSize, GroupSize)));

    private KernelConfig Grid(int threads) => new((threads + _vectors.GroupSize - 1) / _vectors.GroupSize, _vectors.GroupSize);
}
