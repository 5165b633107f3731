using System.Diagnostics;
using System.Runtime.CompilerServices;
using VerifiableML.Gpu.Devices;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>
/// Runs models on a device, equal to <see cref="ReferenceExecutor"/> bit for bit. A model is uploaded when it is first seen and stays there; of an
/// execution only the input goes up and only what is asked for comes down: the output (<see cref="Run(QuantizedModel, ReadOnlySpan{int}, int)"/>), or every value and accumulator for a
/// proof (<see cref="Execute"/>). A batch that does not fit the device's memory is run in parts. Calls from several threads take turns.
/// </summary>
/// <param name="device">The device; it is not disposed of with the executor.</param>
/// <param name="memoryLimit">Bytes of device memory that activations may take; all that is free, if not given.</param>
public sealed class GpuExecutor(GpuDevice device, long memoryLimit = long.MaxValue) : IIntegerExecutor, IDisposable
{
    // Cells are counted in 32 bits by kernels, and a tile may reach beyond the last one.
    private const int GreatestCells = int.MaxValue - 65536;

    // Not all of what is free can be had in one piece.
    private const double UsableShare = 0.85;

    private readonly Lock _turn = new();
    private readonly IExecutorKernels _kernels = new ExecutorKernels(device);
    private readonly ExecutionMemory _memory = new(device);
    private readonly ConditionalWeakTable<QuantizedModel, ModelPlan> _models = [];

    /// <summary>An executor with other kernels, which work on the device's memory as its own do.</summary>
    internal GpuExecutor(GpuDevice device, Func<GpuDevice, IExecutorKernels> kernels)
        : this(device) => _kernels = kernels(device);

    /// <summary>Bytes of device memory that activations and accumulators take now.</summary>
    public long ActivationBytes => _memory.Bytes;

    /// <inheritdoc/>
    /// <exception cref="GpuException">The device failed, or its memory does not suffice for one input.</exception>
    public ExecutionTrace Execute(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
    {
        ExecutorInput.Check(model, input, batchSize);
        var values = new int[model.Nodes.Length + 1][];
        var accumulators = new long[]?[model.Nodes.Length];
        values[0] = input.ToArray();
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            int cells = checked(batchSize * model.Nodes[i].Output.Shape.Cells);
            values[i + 1] = GC.AllocateUninitializedArray<int>(cells);
            bool keeps = model.Nodes[i] is AccumulatingNode { Requantization: not null };
            accumulators[i] = keeps ? GC.AllocateUninitializedArray<long>(cells) : null;
        }

        RunParts(model, values[0], batchSize, keepAll: true, null, (first, count) =>
        {
            for (int i = 0; i < model.Nodes.Length; i++)
            {
                int cells = model.Nodes[i].Output.Shape.Cells;
                _memory.Read(_memory.Layout.Values[i + 1], values[i + 1].AsSpan(first * cells, count * cells));
                if (accumulators[i] is { } kept)
                {
                    _memory.Read(_memory.Layout.Accumulators[i], kept.AsSpan(first * cells, count * cells));
                }
            }
        });
        return new ExecutionTrace(model, batchSize, [.. values], [.. accumulators]);
    }

    /// <inheritdoc/>
    /// <exception cref="GpuException">The device failed, or its memory does not suffice for one input.</exception>
    public int[] Run(QuantizedModel model, ReadOnlySpan<int> input, int batchSize) => Run(model, input, batchSize, null);

    /// <summary>As <see cref="Run(QuantizedModel, ReadOnlySpan{int}, int)"/>, with the time of each node, for which the host waits after each.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Quantized inputs.</param>
    /// <param name="batchSize">Number of inputs.</param>
    /// <param name="nodeRan">Told of each node's index and time; null for none, and no waiting.</param>
    public int[] Run(QuantizedModel model, ReadOnlySpan<int> input, int batchSize, Action<int, TimeSpan>? nodeRan)
    {
        ExecutorInput.Check(model, input, batchSize);
        int cells = model.Output.Shape.Cells;
        var output = new int[checked(batchSize * cells)];
        RunParts(model, input.ToArray(), batchSize, keepAll: false, nodeRan, (first, count) =>
            _memory.Read(_memory.Layout.Values[model.OutputValue], output.AsSpan(first * cells, count * cells)));
        return output;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        foreach ((_, ModelPlan plan) in _models)
        {
            plan.Dispose();
        }

        _models.Clear();
    }

    private void RunParts(
        QuantizedModel model, int[] input, int batchSize, bool keepAll, Action<int, TimeSpan>? nodeRan, Action<int, int> download)
    {
        lock (_turn)
        {
            GpuErrors.Translate(device.Id, () =>
            {
                ModelPlan plan = _models.GetValue(model, key => ModelPlan.Create(device.Accelerator, key));
                int part = Reserve(model, plan, batchSize, keepAll);
                int cells = model.Input.Shape.Cells;
                for (int first = 0; first < batchSize; first += part)
                {
                    int count = Math.Min(part, batchSize - first);
                    RunPart(plan, input.AsSpan(first * cells, count * cells), count, nodeRan);
                    download(first, count);
                }

                return true;
            });
        }
    }

    private void RunPart(ModelPlan plan, ReadOnlySpan<int> input, int batchSize, Action<int, TimeSpan>? nodeRan)
    {
        _memory.WriteInput(input);
        for (int i = 0; i < plan.Nodes.Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            NodeLaunch.Launch(_kernels, plan.Nodes[i], plan.Constants, _memory, batchSize);
            if (nodeRan is not null)
            {
                device.Synchronize();
                nodeRan(i, Stopwatch.GetElapsedTime(start));
            }
        }

        // What fails on the device is told only to whoever waits for it; nothing is read before.
        device.Synchronize();
    }

    /// <summary>Takes memory for as many inputs at once as fit.</summary>
    private int Reserve(QuantizedModel model, ModelPlan plan, int batchSize, bool keepAll)
    {
        int greatest = Enumerable.Range(0, model.Nodes.Length + 1).Max(value => model.Tensor(value).Shape.Cells);
        long bytes = ArenaLayout.Create(model, plan.Nodes, 1, keepAll).Bytes;
        long free = Math.Min(memoryLimit, (long)((device.FreeMemory + _memory.Bytes) * UsableShare));
        int part = (int)Math.Min(batchSize, Math.Min(GreatestCells / greatest, Math.Max(1, free / bytes)));
        while (true)
        {
            try
            {
                _memory.Use(ArenaLayout.Create(model, plan.Nodes, part, keepAll), plan.Nodes);
                return part;
            }
            catch (Exception exception) when (part > 1 && GpuErrors.IsOutOfMemory(exception))
            {
                part /= 2;
            }
        }
    }
}
