using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using VerifiableML.Gpu.Ceilings;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Tests.Fields;

/// <summary>That the carry chains get into kernels, and how.</summary>
public sealed class FieldKernelTests
{
    [Fact]
    public void Products_are_carry_chains_in_registers()
    {
        string text = Compile(builder => GpuDevice.Configure(builder));
        int products = CeilingKernels.Chains;
        Assert.Equal(128 * products, Count(text, "madc.hi") + Count(text, "mul.hi.u32"));
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.DoesNotContain("call", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_without_the_carry_chains_refuses_such_kernels() =>
        Assert.Throws<InternalCompilerException>(() => Compile(builder => builder.Optimize(OptimizationLevel.O2)));

    private static string Compile(Func<Context.Builder, Context.Builder> configure)
    {
        var architecture = new CudaArchitecture(9, 0);
        using var context = Context.Create(builder => configure(builder));
        using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_80, null);
        EntryPointDescription entry = EntryPointDescription.FromExplicitlyGroupedKernel(typeof(CeilingKernels).GetMethod(nameof(CeilingKernels.Multiply))!);
        string text = ((PTXCompiledKernel)backend.Compile(entry, default)).PTXAssembly;
        return text[text.IndexOf(".visible .entry", StringComparison.Ordinal)..];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
