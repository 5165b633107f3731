using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>The contract for the host's kernels.</summary>
public sealed class FieldKernelsTests() : FieldKernelsContract(FieldKernels.Best, int.MaxValue);
