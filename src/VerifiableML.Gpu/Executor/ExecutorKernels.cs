using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor.Kernels;

namespace VerifiableML.Gpu.Executor;

/// <summary>Launches the executor's kernels. Each is compiled when it is launched for the first time.</summary>
internal sealed class ExecutorKernels(GpuDevice device)
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

    /// <summary>Launches the kernel of <paramref name="plan"/> on a batch.</summary>
    public void Launch(NodePlan plan, Constants constants, ExecutionMemory memory, int batchSize)
    {
        int value = memory.ValueOf(plan);
        AccumulatorSink sink = plan.Sink with { Output = memory.Layout.Values[value], Accumulators = memory.Layout.Accumulators[value - 1] };
        int cells = batchSize * plan.Node.Output.Shape.Cells;
        int positions = cells / plan.Node.Output.Shape.Channels;
        AcceleratorStream stream = device.Stream;
        Arena arena = memory.Arena;
        switch (plan)
        {
            case PackedConvolutionPlan packed:
                PackedConvolution packedShape = packed.Shape with { Input = memory.Layout.Values[packed.Convolution.Input].First, Positions = positions };
                _packed.Value(
                    stream, Tiles(positions, packed.Window.Channels, PackedConvolutionKernel.Tile, PackedConvolutionKernel.GroupSize),
                    arena, constants, packedShape, sink, packed.Window);
                break;
            case WideConvolutionPlan wide:
                (wide.IsLong ? _wide64 : _wide32).Value(
                    stream, Tiles(positions, wide.Window.Channels, WideConvolutionKernel.Tile, WideConvolutionKernel.GroupSize),
                    arena, constants, memory.Layout.Values[wide.Convolution.Input], wide.Shape with { Positions = positions }, sink, wide.Window);
                break;
            case DepthwisePlan depthwise:
                (depthwise.IsLong ? _depthwise64 : _depthwise32).Value(
                    stream, OneACell(cells), arena, constants, memory.Layout.Values[depthwise.Convolution.Input], sink, depthwise.Window, depthwise.Weights, cells);
                break;
            case MaxPoolPlan pool:
                _maxPool.Value(stream, OneACell(cells), arena, memory.Layout.Values[pool.Pool.Input], sink.Output, pool.Window, cells);
                break;
            case WeightedSumPlan sum:
                _sum.Value(stream, OneACell(cells), arena, constants, memory.SumInputs, sum.FirstInput, sink, sum.Shape, cells);
                break;
            case ProductPlan product:
                _product.Value(
                    stream, OneACell(cells), arena, constants, memory.Layout.Values[product.Product.Left], memory.Layout.Values[product.Product.Right], sink, cells);
                break;
            default:
                throw new NotSupportedException($"node '{plan.Node.Name}' of type {plan.Node.GetType().Name}");
        }
    }

    private static KernelConfig OneACell(int cells) => new(((cells - 1) / CellKernels.GroupSize) + 1, CellKernels.GroupSize);

    private static KernelConfig Tiles(int positions, int channels, int tile, int groupSize) =>
        new(new Index3D(((positions - 1) / tile) + 1, ((channels - 1) / tile) + 1, 1), new Index3D(groupSize, 1, 1));
}
