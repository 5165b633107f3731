using VerifiableML.Algebra;
using VerifiableML.Algebra.Polynomials;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;
using VerifiableML.Prover.Tests;

namespace VerifiableML.Circuits.Tests;

/// <summary>Field elements and points from a counter, and circuits of the hand-built models.</summary>
internal static class Draw
{
    public static TheoryData<string> CaseNames => [.. RelationCases.All.Keys];

    public static Fr Scalar(int index) => Fr.FromWideBytes(Keccak256.Hash(BitConverter.GetBytes(index)));

    public static EvaluationPoint<Fr> Point(int count, int seed = 0) =>
        new(Enumerable.Range(0, count).Select(i => Scalar((seed * 1000) + i)).ToArray());

    public static Fr Extension(Fr[] values, EvaluationPoint<Fr> point) => MultilinearPolynomial.Evaluate(values, point.Coordinates);

    public static Circuit Circuit(string name)
    {
        (QuantizedModel model, CircuitOptions options) = RelationCases.All[name]();
        return CircuitCompiler.Compile(model, options);
    }
}
