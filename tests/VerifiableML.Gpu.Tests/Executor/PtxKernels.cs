using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Executor;
using VerifiableML.Gpu.Executor.Kernels;
using VerifiableML.Gpu.Tests.Ptx;

namespace VerifiableML.Gpu.Tests.Executor;

/// <summary>
/// The executor's kernels as an H100 would get them: their PTX, interpreted. The memory is the simulated device's; each launch takes a copy of it
/// and brings it back.
/// </summary>
internal sealed class PtxKernels : IExecutorKernels
{
    private readonly Dictionary<string, PtxKernel> _kernels = [];

    /// <inheritdoc/>
    public void Packed(KernelConfig grid, Arena arena, Constants constants, PackedConvolution shape, AccumulatorSink sink, Window window) =>
        Launch(typeof(PackedConvolutionKernel), nameof(PackedConvolutionKernel.Run), [], grid, arena, (memory, own) =>
            [own, Constants(memory, constants), shape, sink, window]);

    /// <inheritdoc/>
    public void Wide(
        bool isLong, KernelConfig grid, Arena arena, Constants constants, CellRange input, WideConvolution shape, AccumulatorSink sink, Window window) =>
        Launch(typeof(WideConvolutionKernel), nameof(WideConvolutionKernel.Run), [Sum(isLong)], grid, arena, (memory, own) =>
            [own, Constants(memory, constants), input, shape, sink, window]);

    /// <inheritdoc/>
    public void Depthwise(
        bool isLong, KernelConfig grid, Arena arena, Constants constants, CellRange input, AccumulatorSink sink, Window window, int weights, int cells) =>
        Launch(typeof(CellKernels), nameof(CellKernels.Depthwise), [Sum(isLong)], grid, arena, (memory, own) =>
            [own, Constants(memory, constants), input, sink, window, weights, cells]);

    /// <inheritdoc/>
    public void MaxPool(KernelConfig grid, Arena arena, CellRange input, CellRange output, Window window, int cells) =>
        Launch(typeof(CellKernels), nameof(CellKernels.MaxPool), [], grid, arena, (_, own) => [own, input, output, window, cells]);

    /// <inheritdoc/>
    public void WeightedSum(
        KernelConfig grid, Arena arena, Constants constants, ArrayView<long> inputs, int firstInput, AccumulatorSink sink, WeightedSumShape shape, int cells) =>
        Launch(typeof(WeightedSumKernel), nameof(WeightedSumKernel.Run), [], grid, arena, (memory, own) =>
            [own, Constants(memory, constants), Copy(memory, inputs), firstInput, sink, shape, cells]);

    /// <inheritdoc/>
    public void Product(KernelConfig grid, Arena arena, Constants constants, CellRange left, CellRange right, AccumulatorSink sink, int cells) =>
        Launch(typeof(CellKernels), nameof(CellKernels.Product), [], grid, arena, (memory, own) =>
            [own, Constants(memory, constants), left, right, sink, cells]);

    private static Type Sum(bool isLong) => isLong ? typeof(Int64Sum) : typeof(Int32Sum);

    private static PtxView Copy<T>(PtxMachine memory, ArrayView<T> view)
        where T : unmanaged
    {
        var words = new T[view.Length];
        view.CopyToCPU(words);
        return memory.Allocate<T>(words);
    }

    private static PtxConstants Constants(PtxMachine memory, Constants constants) =>
        new(Copy(memory, constants.Words), Copy(memory, constants.Longs));

    private void Launch(
        Type type, string name, Type[] typeArguments, KernelConfig grid, Arena arena, Func<PtxMachine, PtxArena, object[]> arguments)
    {
        string key = $"{type.Name}.{name}.{string.Concat(typeArguments.Select(argument => argument.Name))}";
        if (!_kernels.TryGetValue(key, out PtxKernel? kernel))
        {
            _kernels[key] = kernel = PtxCompiler.Compile(type, name, typeArguments);
        }

        var memory = new PtxMachine();
        PtxView longs = Copy(memory, arena.Longs);
        var own = new PtxArena(
            new PtxView(longs.Address, 8 * longs.Length), new PtxView(longs.Address, 4 * longs.Length), new PtxView(longs.Address, 2 * longs.Length), longs);
        memory.LaunchRows(kernel, grid.GridDim.X, grid.GridDim.Y, grid.GroupDim.X, arguments(memory, own));
        arena.Longs.CopyFromCPU(memory.Read<long>(longs));
    }

    private readonly record struct PtxArena(PtxView Bytes, PtxView Shorts, PtxView Words, PtxView Longs);

    private readonly record struct PtxConstants(PtxView Words, PtxView Longs);
}
