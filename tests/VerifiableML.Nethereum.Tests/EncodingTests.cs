using Nethereum.Contracts;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;

namespace VerifiableML.Nethereum.Tests;

/// <summary>Our calldata is what Nethereum's encoder writes, for byte strings that end within a word, at its end, and are empty.</summary>
public sealed class EncodingTests
{
    [Theory]
    [InlineData(0, 1, 640)]
    [InlineData(31, 32, 33)]
    [InlineData(784, 10, 705)]
    public void Calldata_of_a_verification_is_nethereum_s(int input, int output, int proof)
    {
        var random = new Random(input);
        var submission = new ProofSubmission(
            new Address(Bytes(random, 20)), new Address(Bytes(random, 20)), 1 + ((System.Numerics.BigInteger)random.NextInt64() << 100), Bytes(random, input),
            Bytes(random, output), Bytes(random, proof));
        var message = new VerifyFunction
        {
            Key = submission.Key.ToString(),
            Requester = submission.Requester.ToString(),
            Number = submission.Nonce,
            Input = submission.Input.ToArray(),
            Output = submission.Output.ToArray(),
            Proof = submission.Proof.ToArray(),
        };
        Assert.Equal(message.GetCallData(), InferenceVerifierClient.Encode(submission));
    }

    [Theory]
    [InlineData("lenet5", 928, 77)]
    [InlineData("a name with ümlauts that is longer than one word", 32, 0)]
    public void Calldata_of_a_registration_is_nethereum_s(string name, int key, int metadata)
    {
        var random = new Random(key);
        var message = new RegisterFunction { Name = name, Key = Bytes(random, key), Metadata = Bytes(random, metadata) };
        Assert.Equal(message.GetCallData(), ModelRegistryClient.EncodeRegister(name, message.Key, message.Metadata));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
