using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Tests.Abi;

/// <summary>What is sent to the registry and read from it, against ethers 6.17.0.</summary>
public sealed class ModelRegistryTests
{
    private const string Topic = "0xb611c83db2cf4a761d9e64eddacc1923744e8f471cf6e3a4b907a6db8266bce5";
    private const string ModelId = "0x4947313c71db47705298470371ab96514b477971d6969cd1dec8c9cb0a6decb9";

    private static readonly Address Owner = Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

    [Fact]
    public void The_call_of_a_registration_and_the_identity_of_a_model_are_those_of_ethers()
    {
        byte[] key = [.. Enumerable.Repeat((byte)0x12, 33)];
        Assert.Equal(AbiVectors.Register, Convert.ToHexStringLower(ModelRegistryClient.EncodeRegister("LeNet-5", key, [0xab, 0xcd])));
        Assert.Equal(ModelId, ModelRegistryClient.ModelId(Owner, "LeNet-5", 3).ToString());
    }

    [Fact]
    public void The_event_of_a_registration_is_read()
    {
        Assert.True(ModelRegistryClient.TryRead(Log(Convert.FromHexString(AbiVectors.ModelRegistered)), out ModelRegistration? read));
        Assert.Equal(ModelId, read.Id.ToString());
        Assert.Equal(Owner, read.Owner);
        Assert.Equal("LeNet-5", read.Name);
        Assert.Equal(3, read.Version);
        Assert.Equal("0x" + string.Concat(Enumerable.Repeat("cd", 32)), read.ModelCommitment.ToString());
        Assert.Equal("0x5FbDB2315678afecb367f032d93F642f64180aa3", read.Key.ToString());
        Assert.Equal("0xB82008565FdC7e44609fA118A4a681E92581e680", read.Metadata.ToString());
        Assert.True(read.IsInsecure);
    }

    [Fact]
    public void An_event_that_is_cut_off_or_of_another_kind_is_not_read()
    {
        byte[] data = Convert.FromHexString(AbiVectors.ModelRegistered);
        LogEntry log = Log(data);
        Assert.False(ModelRegistryClient.TryRead(log with { Data = data.AsMemory(0, data.Length - 32) }, out _));
        Assert.False(ModelRegistryClient.TryRead(log with { Data = default }, out _));
        Assert.False(ModelRegistryClient.TryRead(log with { Topics = [log.Topics[1], log.Topics[1], log.Topics[2]] }, out _));
        Assert.False(ModelRegistryClient.TryRead(log with { Topics = [log.Topics[0]] }, out _));
        data[0] = 0xff;
        Assert.False(ModelRegistryClient.TryRead(Log(data), out _));
    }

    private static LogEntry Log(byte[] data)
    {
        Assert.True(Bytes32.TryParse(Topic, out Bytes32 topic));
        Assert.True(Bytes32.TryParse(ModelId, out Bytes32 modelId));
        return new LogEntry(Owner, [topic, modelId, new Bytes32([.. new byte[12], .. Owner.ToArray()])], data);
    }

    private static Address Parse(string text) => Address.TryParse(text, out Address address) ? address : throw new FormatException(text);
}
