using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Tests;

/// <summary>Every kernel of the assembly becomes PTX, without a device.</summary>
public sealed class KernelCompilationTests
{
    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 0)]
    public void Every_kernel_compiles_to_PTX(int major, int minor)
    {
        var architecture = new CudaArchitecture(major, minor);
        using var context = Context.Create(builder => GpuDevice.Configure(builder));
        MethodInfo[] kernels = [.. Kernels()];
        Assert.NotEmpty(kernels);
        foreach (MethodInfo kernel in kernels)
        {
            // ILGPU compiles for the least architecture that has what the kernel may use; the driver's assembler goes from there to the device's.
            using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_80, null);
            bool implicitlyGrouped = kernel.GetParameters()[0].ParameterType.GetInterfaces().Contains(typeof(IIndex));
            EntryPointDescription entry = implicitlyGrouped
                ? EntryPointDescription.FromImplicitlyGroupedKernel(kernel)
                : EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            var compiled = (PTXCompiledKernel)backend.Compile(entry, default);
            Assert.Contains(".visible .entry", compiled.PTXAssembly, StringComparison.Ordinal);
            Assert.False(
                compiled.PTXAssembly.Contains(".local ", StringComparison.Ordinal),
                $"{kernel.DeclaringType}.{kernel.Name} keeps variables in local memory, which is device memory");

            // For a look at the code, or for ptxas -arch=sm_90 -v where that is at hand.
            if (Environment.GetEnvironmentVariable("VML_PTX_FOLDER") is { } folder)
            {
                Directory.CreateDirectory(folder);
                string types = string.Concat(kernel.GetGenericArguments().Select(type => $"-{type.Name}"));
                File.WriteAllText(Path.Combine(folder, $"{kernel.DeclaringType!.Name}.{kernel.Name}{types}.sm_{major}{minor}.ptx"), compiled.PTXAssembly);
            }
        }
    }

    private static IEnumerable<MethodInfo> Kernels() =>
        typeof(GpuDevice).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<KernelAttribute>().Select(mark => Close(method, mark)));

    private static MethodInfo Close(MethodInfo method, KernelAttribute mark) =>
        method.IsGenericMethodDefinition ? method.MakeGenericMethod([.. mark.TypeArguments]) : method;
}
