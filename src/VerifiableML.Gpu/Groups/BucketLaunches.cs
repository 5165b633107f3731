using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Groups.Kernels;
using Counters = ILGPU.ArrayView<int>;
using Sums = ILGPU.ArrayView<VerifiableML.Gpu.Groups.Kernels.DeviceSum>;
using Words = ILGPU.ArrayView<ulong>;

namespace VerifiableML.Gpu.Groups;

/// <summary>The compiled kernels of the bucket method, each to be started for a number of threads.</summary>
internal sealed class BucketLaunches
{
    // Registers, not threads, are what a group of point additions runs out of.
    private const int GroupSize = 128;

    private readonly GpuDevice _device;
    private readonly Action<AcceleratorStream, KernelConfig, Words, long, long, DigitPlan, Counters> _countElements;
    private readonly Action<AcceleratorStream, KernelConfig, Words, long, long, DigitPlan, Counters, Counters, ArrayView<uint>> _placeElements;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, DigitPlan, Counters> _countIntegers;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, DigitPlan, Counters, Counters, ArrayView<uint>> _placeIntegers;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, int, Counters> _sumStretches;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, int, Counters> _scanStretches;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, ArrayView<uint>, Counters, ArrayView<DevicePoint>, int, int, Sums, Counters, Sums> _addPoints;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, Sums, int, int, int, Sums, Counters, Sums> _addParts;
    private readonly Action<AcceleratorStream, KernelConfig, Counters, Sums, int, Sums> _putParts;
    private readonly Action<AcceleratorStream, KernelConfig, Sums, int, int, Sums, Sums> _sumWeighted;
    private readonly Action<AcceleratorStream, KernelConfig, Sums, int, int, Sums> _sum;

    public BucketLaunches(GpuDevice device)
    {
        _device = device;
        Accelerator on = device.Accelerator;
        _countElements = on.LoadKernel<Words, long, long, DigitPlan, Counters>(DigitKernels.CountElements);
        _placeElements = on.LoadKernel<Words, long, long, DigitPlan, Counters, Counters, ArrayView<uint>>(DigitKernels.PlaceElements);
        _countIntegers = on.LoadKernel<Counters, DigitPlan, Counters>(DigitKernels.CountIntegers);
        _placeIntegers = on.LoadKernel<Counters, DigitPlan, Counters, Counters, ArrayView<uint>>(DigitKernels.PlaceIntegers);
        _sumStretches = on.LoadKernel<Counters, int, Counters>(ScanKernels.SumStretches);
        _scanStretches = on.LoadKernel<Counters, int, Counters>(ScanKernels.ScanStretches);
        _addPoints = on.LoadKernel<Counters, ArrayView<uint>, Counters, ArrayView<DevicePoint>, int, int, Sums, Counters, Sums>(BucketKernels.AddPoints);
        _addParts = on.LoadKernel<Counters, Sums, int, int, int, Sums, Counters, Sums>(BucketKernels.AddParts);
        _putParts = on.LoadKernel<Counters, Sums, int, Sums>(BucketKernels.PutParts);
        _sumWeighted = on.LoadKernel<Sums, int, int, Sums, Sums>(BucketKernels.SumWeighted);
        _sum = on.LoadKernel<Sums, int, int, Sums>(BucketKernels.Sum);
    }

    public void CountElements(int threads, Words planes, long offset, long stride, DigitPlan plan, Counters counts) =>
        _countElements(_device.Stream, Grid(threads), planes, offset, stride, plan, counts);

    public void PlaceElements(int threads, Words planes, long offset, long stride, DigitPlan plan, Counters next, Counters keys, ArrayView<uint> entries) =>
        _placeElements(_device.Stream, Grid(threads), planes, offset, stride, plan, next, keys, entries);

    public void CountIntegers(int threads, Counters matrix, DigitPlan plan, Counters counts) =>
        _countIntegers(_device.Stream, Grid(threads), matrix, plan, counts);

    public void PlaceIntegers(int threads, Counters matrix, DigitPlan plan, Counters next, Counters keys, ArrayView<uint> entries) =>
        _placeIntegers(_device.Stream, Grid(threads), matrix, plan, next, keys, entries);

    public void SumStretches(int threads, Counters counts, int length, Counters sums) =>
        _sumStretches(_device.Stream, Grid(threads), counts, length, sums);

    public void ScanStretches(int threads, Counters counts, int length, Counters before) =>
        _scanStretches(_device.Stream, Grid(threads), counts, length, before);

    public void AddPoints(
        int threads, Counters keys, ArrayView<uint> entries, Counters count, ArrayView<DevicePoint> bases, int share, Sums buckets,
        Counters partKeys, Sums parts) =>
        _addPoints(_device.Stream, Grid(threads), keys, entries, count, bases, share, threads, buckets, partKeys, parts);

    public void AddParts(int threads, Counters keys, Sums sums, int count, int share, Sums buckets, Counters partKeys, Sums parts) =>
        _addParts(_device.Stream, Grid(threads), keys, sums, count, share, threads, buckets, partKeys, parts);

    public void PutParts(Counters keys, Sums sums, int count, Sums buckets) => _putParts(_device.Stream, Grid(1), keys, sums, count, buckets);

    public void SumWeighted(int threads, Sums terms, int stretch, Sums sums, Sums weighted) =>
        _sumWeighted(_device.Stream, Grid(threads), terms, stretch, threads, sums, weighted);

    public void Sum(int threads, Sums terms, int stretch, Sums sums) => _sum(_device.Stream, Grid(threads), terms, stretch, threads, sums);

    private static KernelConfig Grid(int threads) => new((threads + GroupSize - 1) / GroupSize, GroupSize);
}
