using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Groups;
using Elements32 = ILGPU.ArrayView<VerifiableML.Gpu.Fields.DeviceElement>;
using Words = ILGPU.ArrayView<ulong>;

namespace VerifiableML.Gpu.Fft;

/// <summary>
/// The transforms of <see cref="EvaluationDomain"/> on a device, the same bits. Roots of unity stay in device memory, half as many as elements for each
/// size that was asked for. One call at a time.
/// </summary>
public sealed class DeviceTransforms : IDomainTransforms, IDisposable
{
    private const int GroupSize = 256;

    // A geometric series is made of two short ones: one product for an element instead of a chain.
    private const int SeriesBits = 10;

    private readonly GpuDevice _device;
    private readonly Scratch<ulong> _values, _result;
    private readonly Scratch<DeviceElement> _low, _high;
    private readonly Dictionary<int, MemoryBuffer1D<DeviceElement, Stride1D.Dense>> _roots = [];
    private readonly Action<AcceleratorStream, KernelConfig, Words, long, long, Elements32, TransformPass> _run;
    private readonly Action<AcceleratorStream, KernelConfig, Words, long, long, Elements32, TransformPass, int, Words> _runLast;
    private readonly Action<AcceleratorStream, KernelConfig, Words, long, long, Elements32, Elements32, int, Words, long, long, int> _scale;
    private readonly Action<AcceleratorStream, KernelConfig, Elements32, Elements32, Elements32, int, int> _fillSeries;
    private readonly Lock _oneAtATime = new();

    /// <summary>Compiles the kernels for a device, which outlives this.</summary>
    public DeviceTransforms(GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _device = device;
        Accelerator on = device.Accelerator;
        (_values, _result, _low, _high) = (new(on), new(on), new(on), new(on));
        (_run, _runLast, _scale, _fillSeries) = GpuErrors.Translate(device.Id, () => (
            on.LoadKernel<Words, long, long, Elements32, TransformPass>(TransformKernels.Run),
            on.LoadKernel<Words, long, long, Elements32, TransformPass, int, Words>(TransformKernels.RunLast),
            on.LoadKernel<Words, long, long, Elements32, Elements32, int, Words, long, long, int>(TransformKernels.Scale),
            on.LoadKernel<Elements32, Elements32, Elements32, int, int>(TransformKernels.FillSeries)));
    }

    /// <summary>The passes for a size; smaller ones than a device wants, so that tests need few elements.</summary>
    internal Func<int, TransformPass[]> Plan { get; init; } = logSize => TransformPlan.Of(logSize);

    /// <inheritdoc/>
    public void Transform(FrSlice values) => Run(values, null, mirrored: false, null, again: false);

    /// <inheritdoc/>
    public void InverseTransform(FrSlice values) => Run(values, null, mirrored: true, (InverseSize(values), Fr.One), again: false);

    /// <inheritdoc/>
    public void TransformOnCoset(FrSlice values, Fr shift) => Run(values, (Fr.One, shift), mirrored: false, null, again: false);

    /// <inheritdoc/>
    public void InverseTransformOnCoset(FrSlice values, Fr shift) =>
        Run(values, null, mirrored: true, (InverseSize(values), shift.Inverse()), again: false);

    /// <inheritdoc/>
    public void MoveToCoset(FrSlice values, Fr shift) => Run(values, null, mirrored: true, (InverseSize(values), shift), again: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MemoryBuffer1D<DeviceElement, Stride1D.Dense> roots in _roots.Values)
        {
            roots.Dispose();
        }

        _roots.Clear();
        _values.Dispose();
        _result.Dispose();
        _low.Dispose();
        _high.Dispose();
    }

    private static Fr InverseSize(FrSlice values) => Fr.FromUInt64((ulong)values.Length).Inverse();

    /// <summary>Multiplies by a geometric series, transforms, multiplies by another, and maybe transforms again.</summary>
    private void Run(FrSlice values, (Fr First, Fr Ratio)? before, bool mirrored, (Fr First, Fr Ratio)? after, bool again)
    {
        int logSize = EvaluationDomain.LogSizeOf(values.Length);
        lock (_oneAtATime)
        {
            GpuErrors.Translate(_device.Id, () =>
            {
                Words work = Upload(values), result = _result.Take(4 * values.Length);
                if (before is var (first, ratio))
                {
                    Scale(work, work, first, ratio, values.Length);
                }

                TransformOnce(work, result, logSize, mirrored);
                if (after is var (firstAfter, ratioAfter))
                {
                    Scale(result, result, firstAfter, ratioAfter, values.Length);
                }

                if (again)
                {
                    (work, result) = (result, work);
                    TransformOnce(work, result, logSize, mirrored: false);
                }

                Download(result, values);
                return true;
            });
        }
    }

    /// <summary>The transform of <paramref name="work"/>, which is used up.</summary>
    private void TransformOnce(Words work, Words result, int logSize, bool mirrored)
    {
        int size = 1 << logSize;
        Elements32 roots = Roots(logSize);
        TransformPass[] passes = Plan(logSize);
        foreach (TransformPass pass in passes[..^1])
        {
            _run(_device.Stream, Grid(pass), work, 0, size, roots, pass);
        }

        _runLast(_device.Stream, Grid(passes[^1]), work, 0, size, roots, passes[^1], mirrored ? 1 : 0, result);
    }

    private void Scale(Words source, Words destination, Fr first, Fr ratio, int length)
    {
        (Elements32 low, Elements32 high) = Series(first, ratio, length);
        _scale(_device.Stream, Grid(length), source, 0, length, low, high, SeriesBits, destination, 0, length, length);
    }

    /// <summary>ω⁰ … ω^(n/2 − 1), at least one of them.</summary>
    private Elements32 Roots(int logSize)
    {
        if (!_roots.TryGetValue(logSize, out MemoryBuffer1D<DeviceElement, Stride1D.Dense>? roots))
        {
            int count = Math.Max(1, (1 << logSize) / 2);
            roots = _device.Accelerator.Allocate1D<DeviceElement>(count);
            _roots.Add(logSize, roots);
            (Elements32 low, Elements32 high) = Series(Fr.One, EvaluationDomain.RootOfUnity(logSize), count);
            _fillSeries(_device.Stream, Grid(count), roots.View.BaseView, low, high, SeriesBits, count);
        }

        return roots.View.BaseView;
    }

    /// <summary>ratioʲ for j below 2^<see cref="SeriesBits"/>, and every 2^<see cref="SeriesBits"/>-th entry of first·ratioⁱ.</summary>
    private (Elements32 Low, Elements32 High) Series(Fr first, Fr ratio, int length)
    {
        int many = 1 << SeriesBits;
        Elements32 low = Upload(_low, Fr.One, ratio, Math.Min(many, length));
        return (low, Upload(_high, first, ratio.Pow((ulong)many), (length + many - 1) / many));
    }

    private Elements32 Upload(Scratch<DeviceElement> scratch, Fr first, Fr ratio, int count)
    {
        var series = new DeviceElement[count];
        for (int i = 0; i < count; i++, first *= ratio)
        {
            series[i] = DeviceElement.From(first);
        }

        Elements32 view = scratch.Take(count);
        view.CopyFromCPU(_device.Stream, new ReadOnlySpan<DeviceElement>(series));
        return view;
    }

    private Words Upload(FrSlice values)
    {
        Words planes = _values.Take(4 * values.Length);
        for (int plane = 0; plane < 4; plane++)
        {
            planes.SubView(plane * values.Length, values.Length).CopyFromCPU(_device.Stream, values.Plane(plane));
        }

        return planes;
    }

    private void Download(Words planes, FrSlice values)
    {
        for (int plane = 0; plane < 4; plane++)
        {
            Span<ulong> words = values.Plane(plane);
            planes.SubView(plane * values.Length, values.Length).CopyToCPU(_device.Stream, words);
        }
    }

    private static KernelConfig Grid(TransformPass pass) => new(pass.Tiles, Math.Clamp(pass.TileSize / 2, 1, GroupSize));

    private static KernelConfig Grid(int threads) => new((threads + GroupSize - 1) / GroupSize, GroupSize);
}
