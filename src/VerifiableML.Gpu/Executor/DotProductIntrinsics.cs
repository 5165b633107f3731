using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using VerifiableML.Gpu.Executor.Kernels;

namespace VerifiableML.Gpu.Executor;

/// <summary>
/// Makes the PTX backend write <c>dp2a</c> for calls of <see cref="DotProduct"/>. Not by <c>CudaAsm.Emit</c>, which returns its output through an
/// address: 128 words of local memory in the innermost loop.
/// </summary>
internal static class DotProductIntrinsics
{
    /// <summary>To be called for every context that convolutions are compiled in.</summary>
    public static Context.Builder EnableDotProducts(this Context.Builder builder)
    {
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        Register(manager, nameof(DotProduct.AddLow), nameof(WriteLow));
        Register(manager, nameof(DotProduct.AddHigh), nameof(WriteHigh));
        return builder;
    }

    private static void Register(IntrinsicImplementationManager manager, string name, string generator) => manager.RegisterMethod(
        typeof(DotProduct).GetMethod(name)!,
        new PTXIntrinsic(
            typeof(DotProductIntrinsics).GetMethod(generator, BindingFlags.NonPublic | BindingFlags.Static)!, IntrinsicImplementationMode.GenerateCode));

    private static void WriteLow(PTXBackend backend, PTXCodeGenerator generator, Value value) => Write(generator, value, "lo");

    private static void WriteHigh(PTXBackend backend, PTXCodeGenerator generator, Value value) => Write(generator, value, "hi");

    private static void Write(PTXCodeGenerator generator, Value value, string half)
    {
        var call = (MethodCall)value;
        string[] operands = [.. Enumerable.Range(0, 3).Select(i => Name(generator, generator.Load(call.Nodes[i])))];
        string result = Name(generator, generator.Allocate(call));
        generator.Builder.AppendLine($"\tdp2a.{half}.s32.s32 {result}, {string.Join(", ", operands)};");
    }

    /// <summary>The name of a value's register; a constant is moved to one first.</summary>
    private static string Name(PTXCodeGenerator generator, RegisterAllocator<PTXRegisterKind>.Register register) =>
        "%" + PTXRegisterAllocator.GetStringRepresentation(
            generator.EnsureHardwareRegister((RegisterAllocator<PTXRegisterKind>.PrimitiveRegister)register));
}
