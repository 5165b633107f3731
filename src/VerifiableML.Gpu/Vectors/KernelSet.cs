using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Vectors;

/// <summary>Kernels of one device, each compiled when it is first launched.</summary>
/// <param name="device">The device.</param>
/// <param name="transfers">Counts the launches.</param>
internal sealed class KernelSet(GpuDevice device, Transfers transfers)
{
    // The compiler keeps one delegate for each place that names a kernel.
    private readonly Dictionary<Delegate, Delegate> _launchers = [];

    /// <summary>Told the number of every launch before it happens; tests let it fail.</summary>
    public Action<long>? BeforeLaunch { get; set; }

    /// <summary>
    /// For tests: what launches a kernel instead of the device, given the kernel's method and the type of the delegate that launches it.
    /// </summary>
    public Func<System.Reflection.MethodInfo, Type, Delegate>? Substitute { get; set; }

    public void Launch<T1, T2>(KernelConfig grid, Action<T1, T2> kernel, T1 a, T2 b)
        where T1 : struct
        where T2 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b);

    public void Launch<T1, T2, T3>(KernelConfig grid, Action<T1, T2, T3> kernel, T1 a, T2 b, T3 c)
        where T1 : struct
        where T2 : struct
        where T3 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b, c);

    public void Launch<T1, T2, T3, T4>(KernelConfig grid, Action<T1, T2, T3, T4> kernel, T1 a, T2 b, T3 c, T4 d)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b, c, d);

    public void Launch<T1, T2, T3, T4, T5>(KernelConfig grid, Action<T1, T2, T3, T4, T5> kernel, T1 a, T2 b, T3 c, T4 d, T5 e)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b, c, d, e);

    public void Launch<T1, T2, T3, T4, T5, T6>(
        KernelConfig grid, Action<T1, T2, T3, T4, T5, T6> kernel, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b, c, d, e, f);

    public void Launch<T1, T2, T3, T4, T5, T6, T7>(
        KernelConfig grid, Action<T1, T2, T3, T4, T5, T6, T7> kernel, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b, c, d, e, f, g);

    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8>(
        KernelConfig grid, Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct => Launcher(kernel, k => device.Accelerator.LoadKernel(k))(device.Stream, grid, a, b, c, d, e, f, g, h);

    private TLauncher Launcher<TKernel, TLauncher>(TKernel kernel, Func<TKernel, TLauncher> load)
        where TKernel : Delegate
        where TLauncher : Delegate
    {
        BeforeLaunch?.Invoke(transfers.Count.Launches);
        transfers.Launched();
        if (!_launchers.TryGetValue(kernel, out Delegate? launcher))
        {
            _launchers[kernel] = launcher = Substitute?.Invoke(kernel.Method, typeof(TLauncher)) ?? load(kernel);
        }

        return (TLauncher)launcher;
    }
}
