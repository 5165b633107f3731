using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Executor.Kernels;

namespace VerifiableML.Gpu.Executor;

/// <summary>From a node's plan to the launch of its kernel.</summary>
internal static class NodeLaunch
{
    /// <summary>Launches the kernel of <paramref name="plan"/> on a batch.</summary>
    public static void Launch(IExecutorKernels kernels, NodePlan plan, Constants constants, ExecutionMemory memory, int batchSize)
    {
        int value = memory.ValueOf(plan);
        CellRange[] values = memory.Layout.Values;
        AccumulatorSink sink = plan.Sink with { Output = values[value], Accumulators = memory.Layout.Accumulators[value - 1] };
        int cells = batchSize * plan.Node.Output.Shape.Cells;
        int positions = cells / plan.Node.Output.Shape.Channels;
        Arena arena = memory.Arena;
        switch (plan)
        {
            case PackedConvolutionPlan packed:
                kernels.Packed(
                    Tiles(positions, packed.Window.Channels, PackedConvolutionKernel.Tile, PackedConvolutionKernel.GroupSize), arena, constants,
                    packed.Shape with { Input = values[packed.Convolution.Input].First, Positions = positions }, sink, packed.Window);
                break;
            case WideConvolutionPlan wide:
                kernels.Wide(
                    wide.IsLong, Tiles(positions, wide.Window.Channels, WideConvolutionKernel.Tile, WideConvolutionKernel.GroupSize), arena, constants,
                    values[wide.Convolution.Input], wide.Shape with { Positions = positions }, sink, wide.Window);
                break;
            case DepthwisePlan depthwise:
                kernels.Depthwise(
                    depthwise.IsLong, OneACell(cells), arena, constants, values[depthwise.Convolution.Input], sink, depthwise.Window, depthwise.Weights, cells);
                break;
            case MaxPoolPlan pool:
                kernels.MaxPool(OneACell(cells), arena, values[pool.Pool.Input], sink.Output, pool.Window, cells);
                break;
            case WeightedSumPlan sum:
                kernels.WeightedSum(OneACell(cells), arena, constants, memory.SumInputs, sum.FirstInput, sink, sum.Shape, cells);
                break;
            case ProductPlan product:
                kernels.Product(OneACell(cells), arena, constants, values[product.Product.Left], values[product.Product.Right], sink, cells);
                break;
            default:
                throw new NotSupportedException($"node '{plan.Node.Name}' of type {plan.Node.GetType().Name}");
        }
    }

    private static KernelConfig OneACell(int cells) => new(((cells - 1) / CellKernels.GroupSize) + 1, CellKernels.GroupSize);

    private static KernelConfig Tiles(int positions, int channels, int tile, int groupSize) =>
        new(new Index3D(((positions - 1) / tile) + 1, ((channels - 1) / tile) + 1, 1), new Index3D(groupSize, 1, 1));
}
