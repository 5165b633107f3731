using System.Security.Cryptography;

namespace VerifiableML.Gpu.Tests.Vectors;

/// <summary>The same bytes every time, so that two proofs can be compared.</summary>
internal sealed class SeededRandomness(int seed) : RandomNumberGenerator
{
    private readonly Random _random = new(seed);

    public override void GetBytes(byte[] data) => _random.NextBytes(data);

    public override void GetBytes(Span<byte> data) => _random.NextBytes(data);
}
