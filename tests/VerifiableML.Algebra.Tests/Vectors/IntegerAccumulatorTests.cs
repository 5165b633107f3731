using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>The contract for the host's accumulator.</summary>
public sealed class IntegerAccumulatorTests() : IntegerAccumulatorContract(FieldKernels.Best, int.MaxValue);
