namespace VerifiableML.Gpu;

/// <summary>
/// Marks a kernel: a static method that runs on the device. A test finds all of them and compiles them to PTX, so a kernel without this mark
/// is one that nobody has compiled. A first parameter of an ILGPU index type makes it implicitly grouped; without one it is launched with a
/// grid of its own.
/// </summary>
/// <param name="typeArguments">For a generic kernel, the types that it is used with; one attribute for each set of them.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class KernelAttribute(params Type[] typeArguments) : Attribute
{
    /// <summary>The types that a generic kernel is used with.</summary>
    public IReadOnlyList<Type> TypeArguments => typeArguments;
}
