using System.Linq.Expressions;
using System.Reflection;
using ILGPU;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>
/// The device's vectors on ILGPU's CPU accelerator, except that a kernel is not run as .NET code: its PTX is, by <see cref="PtxMachine"/>, in the same
/// memory. So what is tried is what a GPU would get, with everything around it.
/// </summary>
public sealed class PtxDevice : IDisposable
{
    private readonly GpuDevice _device = GpuDevice.OpenSimulated();
    private readonly GpuFieldKernels _kernels;
    private readonly PtxMachine _machine = new();
    private readonly Dictionary<MethodInfo, PtxKernel> _compiled = [];

    public PtxDevice()
    {
        _kernels = new GpuFieldKernels(_device, FieldKernels.Best, hostLength: 0);
        _kernels.Vectors.Kernels.Substitute = Launcher;
    }

    /// <summary>The device's kernels, for vectors however short.</summary>
    public GpuFieldKernels Kernels => _kernels;

    /// <summary>The names of the kernels that were run.</summary>
    public IEnumerable<string> Run => _compiled.Keys.Select(kernel => $"{kernel.DeclaringType!.Name}.{kernel.Name}");

    public void Dispose()
    {
        _kernels.Dispose();
        _device.Dispose();
    }

    /// <summary>A delegate (stream, grid, arguments …) that calls <see cref="Launch"/>.</summary>
    private Delegate Launcher(MethodInfo kernel, Type type)
    {
        ParameterExpression[] parameters = [.. type.GetGenericArguments().Select(Expression.Parameter)];
        Expression arguments = Expression.NewArrayInit(typeof(object), parameters[2..].Select(parameter => Expression.Convert(parameter, typeof(object))));
        MethodInfo launch = typeof(PtxDevice).GetMethod(nameof(Launch), BindingFlags.NonPublic | BindingFlags.Instance)!;
        Expression call = Expression.Call(Expression.Constant(this), launch, Expression.Constant(kernel), parameters[1], arguments);
        return Expression.Lambda(type, call, parameters).Compile();
    }

    private void Launch(MethodInfo kernel, KernelConfig grid, object[] arguments)
    {
        // The CPU accelerator's copies and fills before this one.
        _device.Synchronize();
        if (!_compiled.TryGetValue(kernel, out PtxKernel? compiled))
        {
            _compiled[kernel] = compiled = new PtxKernel(PtxCompiler.CompileText(kernel));
        }

        _machine.LaunchOnNative(compiled, grid.GridDim.X, grid.GroupDim.X, new NativeArguments(arguments));
    }
}
