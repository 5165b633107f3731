using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Tests;

/// <summary>Every kernel of the assembly becomes PTX, without a device; where NVIDIA's assembler is at hand, it takes that PTX and finds registers enough.</summary>
public sealed class KernelCompilationTests
{
    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 0)]
    public void Every_kernel_compiles_to_PTX(int major, int minor)
    {
        // ILGPU compiles for the least architecture that has what kernels may use; the driver's assembler goes from there to the device's.
        var architecture = new CudaArchitecture(major, minor);
        using var context = Context.Create(builder => GpuDevice.Configure(builder));
        using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_78, null);
        MethodInfo[] kernels = [.. Kernels()];
        Assert.NotEmpty(kernels);
        foreach (MethodInfo kernel in kernels)
        {
            bool implicitlyGrouped = kernel.GetParameters()[0].ParameterType.GetInterfaces().Contains(typeof(IIndex));
            EntryPointDescription entry = implicitlyGrouped
                ? EntryPointDescription.FromImplicitlyGroupedKernel(kernel)
                : EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            string ptx = ((PTXCompiledKernel)backend.Compile(entry, default)).PTXAssembly;
            Assert.Contains(".visible .entry", ptx, StringComparison.Ordinal);
            Assembler.Check(Name(kernel), $"sm_{major}{minor}", ptx);
        }
    }

    private static IEnumerable<MethodInfo> Kernels() =>
        typeof(GpuDevice).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<KernelAttribute>().Select(mark => Close(method, mark)));

    private static MethodInfo Close(MethodInfo method, KernelAttribute mark) =>
        method.IsGenericMethodDefinition ? method.MakeGenericMethod([.. mark.TypeArguments]) : method;

    private static string Name(MethodInfo kernel) =>
        $"{kernel.DeclaringType!.Name}.{kernel.Name}{string.Concat(kernel.GetGenericArguments().Select(type => $"-{type.Name}"))}";
}
