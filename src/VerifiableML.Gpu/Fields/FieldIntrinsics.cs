using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using VerifiableML.Algebra;

namespace VerifiableML.Gpu.Fields;

/// <summary>
/// Makes the PTX backend write <see cref="PtxFieldProgram"/> for the calls of <see cref="ScalarField"/> and <see cref="BaseField"/>, whose plain
/// bodies all other backends take. This is the interface by which ILGPU's own algorithms bring their PTX; <c>CudaAsm.Emit</c> would not do, as it
/// returns every output through an address, hence through local memory.
/// </summary>
public static class FieldIntrinsics
{
    private delegate string Operation(BigInteger modulus, string[] result, string[] a, string[] b);

    /// <summary>To be called for every context that kernels with field arithmetic are compiled in.</summary>
    public static Context.Builder EnableFieldArithmetic(this Context.Builder builder)
    {
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        Register(manager, typeof(ScalarField), nameof(ScalarField.Add), nameof(AddScalars));
        Register(manager, typeof(ScalarField), nameof(ScalarField.Subtract), nameof(SubtractScalars));
        Register(manager, typeof(ScalarField), nameof(ScalarField.Multiply), nameof(MultiplyScalars));
        Register(manager, typeof(BaseField), nameof(BaseField.Add), nameof(AddCoordinates));
        Register(manager, typeof(BaseField), nameof(BaseField.Subtract), nameof(SubtractCoordinates));
        Register(manager, typeof(BaseField), nameof(BaseField.Multiply), nameof(MultiplyCoordinates));
        return builder;
    }

    private static void Register(IntrinsicImplementationManager manager, Type type, string name, string generator) => manager.RegisterMethod(
        type.GetMethod(name)!,
        new PTXIntrinsic(
            typeof(FieldIntrinsics).GetMethod(generator, BindingFlags.NonPublic | BindingFlags.Static)!, IntrinsicImplementationMode.GenerateCode));

    private static void AddScalars(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Write(generator, value, PtxFieldProgram.Add, Fr.Modulus);

    private static void SubtractScalars(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Write(generator, value, PtxFieldProgram.Subtract, Fr.Modulus);

    private static void MultiplyScalars(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Write(generator, value, PtxFieldProgram.Multiply, Fr.Modulus);

    private static void AddCoordinates(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Write(generator, value, PtxFieldProgram.Add, Fq.Modulus);

    private static void SubtractCoordinates(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Write(generator, value, PtxFieldProgram.Subtract, Fq.Modulus);

    private static void MultiplyCoordinates(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Write(generator, value, PtxFieldProgram.Multiply, Fq.Modulus);

    private static void Write(PTXCodeGenerator generator, Value value, Operation operation, BigInteger modulus)
    {
        var call = (MethodCall)value;
        string[] a = Registers(generator, generator.Load(call.Nodes[0]));
        string[] b = Registers(generator, generator.Load(call.Nodes[1]));
        string[] result = Registers(generator, generator.Allocate(call));
        generator.Builder.Append(operation(modulus, result, a, b));
    }

    /// <summary>The names of the eight registers of an element; constants are moved to registers first.</summary>
    private static string[] Registers(PTXCodeGenerator generator, RegisterAllocator<PTXRegisterKind>.Register element) =>
    [
        .. ((RegisterAllocator<PTXRegisterKind>.CompoundRegister)element).Children.Select(child => "%" + PTXRegisterAllocator.GetStringRepresentation(
            generator.EnsureHardwareRegister((RegisterAllocator<PTXRegisterKind>.PrimitiveRegister)child))),
    ];
}
