using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Protocol.Tests;

/// <summary>Field elements from a counter.</summary>
internal static class Draw
{
    public static Fr Scalar(int index) => Fr.FromWideBytes(Keccak256.Hash(BitConverter.GetBytes(index)));

    public static Fr[] Scalars(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => Scalar((seed * 10000) + i))];

    public static EvaluationPoint<Fr> Point(int count, int seed = 0) => new(Scalars(count, seed));
}
