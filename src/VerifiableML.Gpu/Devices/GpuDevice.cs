using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using VerifiableML.Gpu.Executor;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Devices;

/// <summary>One opened device, with the one stream that all of its work goes through, in order.</summary>
public sealed class GpuDevice : IDisposable
{
    // What kernels may ask of a group: 256 threads in warps of 32, as on every NVIDIA device.
    private const int WarpSize = 32;
    private const int SimulatedWarps = 8;

    private readonly Context _context;

    private GpuDevice(string id, Context context, Accelerator accelerator)
    {
        (Id, _context, Accelerator) = (id, context, accelerator);
        Stream = accelerator.DefaultStream;
    }

    /// <summary>The name that <c>--device</c> takes, such as <c>cuda:0</c>.</summary>
    public string Id { get; }

    /// <summary>The maker's name of the device.</summary>
    public string Name => Accelerator.Name;

    /// <summary>ILGPU's handle.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>The stream that all work goes through.</summary>
    public AcceleratorStream Stream { get; }

    /// <summary>True for a real GPU, false for ILGPU's CPU accelerator.</summary>
    public bool IsHardware => Accelerator is CudaAccelerator;

    /// <summary>Bytes of device memory that are free now.</summary>
    public long FreeMemory => Accelerator is CudaAccelerator cuda ? cuda.GetFreeMemory() : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Opens CUDA device <paramref name="ordinal"/>.</summary>
    /// <exception cref="GpuException">There is no driver, no such device, or it cannot be used.</exception>
    public static GpuDevice Open(int ordinal)
    {
        string id = $"cuda:{ordinal}";
        GpuDeviceList.ThrowIfUnusable(ordinal);
        return GpuErrors.Translate(id, () =>
        {
            Context context = Context.Create(builder => Configure(builder).Cuda());
            try
            {
                return new GpuDevice(id, context, context.CreateCudaAccelerator(ordinal));
            }
            catch
            {
                context.Dispose();
                throw;
            }
        });
    }

    /// <summary>Opens ILGPU's CPU accelerator, which runs kernels as .NET code: slow, for tests of their correctness.</summary>
    public static GpuDevice OpenSimulated()
    {
        Context context = Context.Create(builder => Configure(builder).CPU(new CPUDevice(WarpSize, SimulatedWarps, 1)));
        return new GpuDevice("simulated", context, context.CreateCPUAccelerator(0));
    }

    /// <summary>How kernels are compiled, here and where they are only translated.</summary>
    public static Context.Builder Configure(Context.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Not O2: ILGPU 1.5.3 moves loads below later stores to the same memory there (its aggressive code placement), which the CPU accelerator, running
        // the .NET code, does not show.
        return builder.Optimize(OptimizationLevel.O1).Math(MathMode.Default).EnableFieldArithmetic().EnableDotProducts();
    }

    /// <summary>Waits until all work is done.</summary>
    public void Synchronize() => Stream.Synchronize();

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
