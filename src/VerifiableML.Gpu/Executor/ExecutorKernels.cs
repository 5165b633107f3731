using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor.Kernels;

namespace VerifiableML.Gpu.Executor;

/// <summary>The executor's kernels, to be launched with a grid and their arguments.</summary>
internal interface IExecutorKernels
{
    /// <summary><see cref="PackedConvolutionKernel"/>.</summary>
    void Packed(KernelConfig grid, Arena arena, Constants constants, PackedConvolution shape, AccumulatorSink sink, Window window);

    /// <summary><see cref="WideConvolutionKernel"/> with sums of 64 or of 32 bits.</summary>
    void Wide(bool isLong, KernelConfig grid, Arena arena, Constants constants, CellRange input, WideConvolution shape, AccumulatorSink sink, Window window);

    /// <summary><see cref="CellKernels.Depthwise"/> with sums of 64 or of 32 bits.</summary>
    void Depthwise(
        bool isLong, KernelConfig grid, Arena arena, Constants constants, CellRange input, AccumulatorSink sink, Window window, int weights, int cells);

    /// <summary><see cref="CellKernels.MaxPool"/>.</summary>
    void MaxPool(KernelConfig grid, Arena arena, CellRange input, CellRange output, Window window, int cells);

    /// <summary><see cref="WeightedSumKernel"/>.</summary>
    void WeightedSum(
        KernelConfig grid, Arena arena, Constants constants, ArrayView<long> inputs, int firstInput, AccumulatorSink sink, WeightedSumShape shape, int cells);

    /// <summary><see cref="CellKernels.Product"/>.</summary>
    void Product(KernelConfig grid, Arena arena, Constants constants, CellRange left, CellRange right, AccumulatorSink sink, int cells);
}

/// <summary>The kernels on a device. Each is compiled when it is launched for the first time.</summary>
internal sealed class ExecutorKernels(GpuDevice device) : IExecutorKernels
{
    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, PackedConvolution, AccumulatorSink, Window>> _packed =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, PackedConvolution, AccumulatorSink, Window>(PackedConvolutionKernel.Run));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, CellRange, WideConvolution, AccumulatorSink, Window>> _wide32 =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, CellRange, WideConvolution, AccumulatorSink, Window>(WideConvolutionKernel.Run<Int32Sum>));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, CellRange, WideConvolution, AccumulatorSink, Window>> _wide64 =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, CellRange, WideConvolution, AccumulatorSink, Window>(WideConvolutionKernel.Run<Int64Sum>));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, CellRange, AccumulatorSink, Window, int, int>> _depthwise32 =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, CellRange, AccumulatorSink, Window, int, int>(CellKernels.Depthwise<Int32Sum>));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, CellRange, AccumulatorSink, Window, int, int>> _depthwise64 =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, CellRange, AccumulatorSink, Window, int, int>(CellKernels.Depthwise<Int64Sum>));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, CellRange, CellRange, Window, int>> _maxPool =
        new(() => device.Accelerator.LoadKernel<Arena, CellRange, CellRange, Window, int>(CellKernels.MaxPool));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, ArrayView<long>, int, AccumulatorSink, WeightedSumShape, int>> _sum =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, ArrayView<long>, int, AccumulatorSink, WeightedSumShape, int>(WeightedSumKernel.Run));

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, Arena, Constants, CellRange, CellRange, AccumulatorSink, int>> _product =
        new(() => device.Accelerator.LoadKernel<Arena, Constants, CellRange, CellRange, AccumulatorSink, int>(CellKernels.Product));

    /// <inheritdoc/>
    public void Packed(KernelConfig grid, Arena arena, Constants constants, PackedConvolution shape, AccumulatorSink sink, Window window) =>
        _packed.Value(device.Stream, grid, arena, constants, shape, sink, window);

    /// <inheritdoc/>
    public void Wide(
        bool isLong, KernelConfig grid, Arena arena, Constants constants, CellRange input, WideConvolution shape, AccumulatorSink sink, Window window) =>
        (isLong ? _wide64 : _wide32).Value(device.Stream, grid, arena, constants, input, shape, sink, window);

    /// <inheritdoc/>
    public void Depthwise(
        bool isLong, KernelConfig grid, Arena arena, Constants constants, CellRange input, AccumulatorSink sink, Window window, int weights, int cells) =>
        (isLong ? _depthwise64 : _depthwise32).Value(device.Stream, grid, arena, constants, input, sink, window, weights, cells);

    /// <inheritdoc/>
    public void MaxPool(KernelConfig grid, Arena arena, CellRange input, CellRange output, Window window, int cells) =>
        _maxPool.Value(device.Stream, grid, arena, input, output, window, cells);

    /// <inheritdoc/>
    public void WeightedSum(
        KernelConfig grid, Arena arena, Constants constants, ArrayView<long> inputs, int firstInput, AccumulatorSink sink, WeightedSumShape shape, int cells) =>
        _sum.Value(device.Stream, grid, arena, constants, inputs, firstInput, sink, shape, cells);

    /// <inheritdoc/>
    public void Product(KernelConfig grid, Arena arena, Constants constants, CellRange left, CellRange right, AccumulatorSink sink, int cells) =>
        _product.Value(device.Stream, grid, arena, constants, left, right, sink, cells);
}
