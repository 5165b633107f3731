using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>Compiles kernels as they are compiled for an H100, without one.</summary>
internal static class PtxCompiler
{
    public static PtxKernel Compile(Type type, string name, params Type[] typeArguments) => new(CompileText(type, name, typeArguments));

    public static string CompileText(Type type, string name, params Type[] typeArguments)
    {
        MethodInfo method = type.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!;
        return CompileText(method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeArguments) : method);
    }

    public static string CompileText(MethodInfo method)
    {
        var architecture = new CudaArchitecture(9, 0);
        using var context = Context.Create(builder => GpuDevice.Configure(builder));
        using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_80, null);
        return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), default)).PTXAssembly;
    }
}
