using System.Numerics;
using System.Text.RegularExpressions;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Tests.Anvil;

namespace VerifiableML.Chain.Tests.Abi;

/// <summary>Calldata and errors against another implementation's.</summary>
public sealed partial class AbiTests
{
    private static readonly Address Key = Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static readonly Address Requester = Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

    [Fact]
    public void The_call_of_a_verification_is_that_of_ethers()
    {
        byte[] proof = [.. Enumerable.Repeat((byte)0xab, 33)];
        var submission = new ProofSubmission(Key, Requester, 7, new byte[] { 1, 2 }, default, proof);
        Assert.Equal(AbiVectors.Verify, Convert.ToHexStringLower(InferenceVerifierClient.Encode(submission)));
    }

    [Fact]
    public void Static_and_dynamic_arguments_are_those_of_ethers_and_are_read_back()
    {
        BigInteger largest = BigInteger.Pow(2, 256) - 1;
        var word = new Bytes32(Enumerable.Repeat((byte)0x11, 32).ToArray());
        AbiArguments arguments = new AbiArguments().Add(largest).Add("grüße").Add(word).Add(true);
        Assert.Equal(AbiVectors.F, Convert.ToHexStringLower(arguments.ToCall("f(uint256,string,bytes32,bool)")));
        var reader = new AbiReader(arguments.ToArray());
        Assert.True(reader.TryNumber(0, out BigInteger number) && number == largest);
        Assert.True(reader.TryText(1, out string? text) && text == "grüße");
        Assert.True(reader.TryWord(2, out Bytes32 read) && read == word);
        Assert.True(reader.TryBoolean(3, out bool flag) && flag);
        Assert.False(reader.TryAddress(0, out _));
        Assert.False(reader.TryBytes(2, out _));
        Assert.False(reader.TryBoolean(2, out _));
        Assert.True(reader.TryWord(5, out _));
        Assert.False(reader.TryWord(6, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbiArguments().Add(largest + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbiArguments().Add(-1));
    }

    [Theory]
    [InlineData(AbiVectors.InputLength, "InputLength", "InputLength(expected: 784, actual: 783)")]
    [InlineData(AbiVectors.KeyNotFound, "KeyNotFound", "KeyNotFound(key: 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266)")]
    [InlineData(AbiVectors.ProofInvalid, "ProofInvalid", "ProofInvalid()")]
    [InlineData(AbiVectors.Error, "Error", "not enough")]
    [InlineData(AbiVectors.Panic, "Panic", "panic 0x11 (arithmetic overflow)")]
    [InlineData("", "", "reverted without a reason")]
    [InlineData("01", "", "reverted with an unknown error 0x01")]
    [InlineData("0102030405", "", "reverted with an unknown error 0x01020304")]
    [InlineData("f744573e00", "InputLength", "InputLength(expected: ?, actual: ?)")]
    [InlineData("08c379a0ff", "Error", "Error(?)")]
    [InlineData("4e487b71", "Panic", "panic without a code")]
    public void Reverts_are_named(string data, string name, string description)
    {
        RevertReason reason = RevertReason.Read(Convert.FromHexString(data), InferenceVerifierClient.Errors);
        Assert.Equal(name, reason.Name);
        Assert.Equal(description, reason.Description);
    }

    [Fact]
    public void Whatever_a_contract_reverts_with_is_one_line()
    {
        var random = new Random(1);
        byte[][] known = [.. InferenceVerifierClient.Errors.Select(error => error.Selector.ToArray()), [0x08, 0xc3, 0x79, 0xa0], [0x4e, 0x48, 0x7b, 0x71]];
        for (int i = 0; i < 5000; i++)
        {
            byte[] data = new byte[random.Next(140)];
            random.NextBytes(data);
            if (data.Length >= 36)
            {
                known[random.Next(known.Length)].CopyTo(data, 0);
                data.AsSpan(4, 31).Clear();
                data[35] = (byte)random.Next(96);
            }

            string description = RevertReason.Read(data, InferenceVerifierClient.Errors).Description;
            Assert.DoesNotContain(description, char.IsControl);
            Assert.True(description.Length < 700);
        }

        byte[] shouting = [0x08, 0xc3, 0x79, 0xa0, .. new AbiArguments().Add("a\nb\u001b[31m\u202e").ToArray()];
        Assert.Equal("a b [31m ", RevertReason.Read(shouting, []).Description);
    }

    /// <summary>The contracts' interfaces are what is true.</summary>
    [Fact]
    public void The_errors_known_here_are_those_that_the_interfaces_declare()
    {
        Assert.Equal(Declared("IInferenceVerifier"), Signatures(InferenceVerifierClient.Errors));
        Assert.Equal(Declared("IModelRegistry"), Signatures(ModelRegistryClient.Errors));
    }

    private static IEnumerable<string> Signatures(IEnumerable<ContractError> errors) =>
        errors.Select(error => error.Signature).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Declared(string contract)
    {
        string source = File.ReadAllText(Path.Combine(ContractsFolder.Path, "src", "interfaces", contract + ".sol"));
        return ErrorDeclaration().Matches(source).Select(match => new ContractError(match.Groups[1].Value).Signature).Order(StringComparer.Ordinal);
    }

    private static Address Parse(string text) => Address.TryParse(text, out Address address) ? address : throw new FormatException(text);

    [GeneratedRegex(@"^\s*error\s+(\w+\([^)]*\));", RegexOptions.Multiline)]
    private static partial Regex ErrorDeclaration();
}
