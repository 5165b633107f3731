using System.Text;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Tests.Groth16;

public sealed class SnarkjsJsonTests
{
    private const string P = "21888242871839275222246405745257275088696311157297823662689037894645226208583";
    private const string R = "21888242871839275222246405745257275088548364400416034343698204186575808495617";

    private static readonly string Proof = Encoding.UTF8.GetString(SnarkjsFixture.ProofBytes);
    private static readonly string Key = Encoding.UTF8.GetString(SnarkjsFixture.KeyBytes);

    /// <summary>Changes of text in the proof: what, by what, and a word of the error.</summary>
    public static TheoryData<string, string, string> ProofChanges => new()
    {
        { "groth16", "plonk", "protocol" },
        { "bn128", "bls12381", "curve" },
        { "\"protocol\": \"groth16\",\n ", "", "there is no \"protocol\"" },
        { "\"curve\"", "\"extra\"", "unknown property" },
        { "\"pi_c\"", "\"pi_a\"", "twice" },
        { "pi_c", "\\ud800", "Unicode" },
        { "\"1459092585672", "\"01459092585672", "zero in front" },
        { "\"1459092585672", "\"-1459092585672", "digits" },
        { "\"1459092585672", "\"+1459092585672", "digits" },
        { "\"1459092585672", "\" 1459092585672", "digits" },
        { "\"1459092585672", "\"0x1459092585672", "digits" },
        { "\"1459092585672", "\"\\u00311459092585672", "digits" },
        { "\"1459092585672", "\"11459092585672", "more digits" },
        { "\"14590925856728916426972148338481487817101640972418237008695693874406529484571\"", "\"\"", "digits" },
        { "\"14590925856728916426972148338481487817101640972418237008695693874406529484571\"", "5", "string" },
        { "\"14590925856728916426972148338481487817101640972418237008695693874406529484571\"", "null", "string" },
        { "14590925856728916426972148338481487817101640972418237008695693874406529484571", P, "modulus" },
        { "14590925856728916426972148338481487817101640972418237008695693874406529484571", "1", "not a point of the curve" },
        { "3497730976248467870065265890769083512370768381789648726905123048463093286632", "1", "not a point of the twist" },
        { "],\n \"pi_b\"", "]\n \"pi_b\"", "not valid JSON" },
        { "\"1\"\n ],\n \"pi_b\"", "\"2\"\n ],\n \"pi_b\"", "third coordinate" },
        { "\"1\"\n ],\n \"pi_b\"", "\"0\"\n ],\n \"pi_b\"", "third coordinate" },
        { "\"1\"\n ],\n \"pi_b\"", "\"1\", \"1\"\n ],\n \"pi_b\"", "4 elements" },
        { "  [\n   \"1\",\n   \"0\"\n  ]", "  [\n   \"0\",\n   \"1\"\n  ]", "third coordinate" },
        { "  [\n   \"1\",\n   \"0\"\n  ]", "  [\n   \"1\"\n  ]", "1 elements" },
        { "  [\n   \"1\",\n   \"0\"\n  ]", "  \"1\"", "not an array" },
        { "\"bn128\"\n}", "\"bn128\"\n} x", "not valid JSON" },
        { "\"bn128\"", "[[[[[[[[[[[[\"bn128\"]]]]]]]]]]]]", "not valid JSON" },
    };

    /// <summary>Changes of text in the key.</summary>
    public static TheoryData<string, string, string> KeyChanges => new()
    {
        { "\"nPublic\": 2", "\"nPublic\": 1", "nPublic" },
        { "\"nPublic\": 2", "\"nPublic\": -2", "nPublic" },
        { "\"nPublic\": 2", "\"nPublic\": 1e99", "nPublic" },
        { "\"nPublic\": 2", "\"nPublic\": \"2\"", "nPublic" },
        { "11862881895066009514752127903311879130941560432461790442507618780880808545913", "5", "vk_alpha_1" },
        { "3751921701556533350275178166001432765573084605564004321935372394134385419373", "7", "not the pairing" },
        { "vk_alphabeta_12", "vk_alphabeta_13", "unknown property" },
        { "vk_delta_2", "vk_delta_3", "unknown property" },
    };

    [Fact]
    public void Files_of_snarkjs_come_out_again_byte_for_byte()
    {
        Assert.Equal(SnarkjsFixture.ProofBytes, ProofJson.Encode(SnarkjsFixture.Proof));
        Assert.Equal(SnarkjsFixture.SignalBytes, PublicSignalsJson.Encode(SnarkjsFixture.Signals));
        Assert.Equal(SnarkjsFixture.KeyBytes, VerificationKeyJson.Encode(SnarkjsFixture.Key));
    }

    [Fact]
    public void No_signals_are_written_as_snarkjs_writes_them()
    {
        Assert.Equal("[\n]"u8, PublicSignalsJson.Encode(Array.Empty<Fr>()));
        Assert.True(PublicSignalsJson.TryDecode("[\n]"u8.ToArray(), "public", out Fr[]? signals, out _));
        Assert.Empty(signals);
    }

    [Fact]
    public void Infinity_has_one_spelling()
    {
        var proof = new Groth16Proof(G1.Infinity, G2.Infinity, SnarkjsFixture.Proof.C);
        byte[] bytes = ProofJson.Encode(proof);
        Assert.Contains("\"pi_a\": [\n  \"0\",\n  \"1\",\n  \"0\"\n ]", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.True(ProofJson.TryDecode(bytes, "proof", out Groth16Proof? decoded, out _));
        Assert.Equal(proof, decoded);
        string other = Encoding.UTF8.GetString(bytes).Replace("\"0\",\n  \"1\",\n  \"0\"", "\"0\",\n  \"0\",\n  \"1\"", StringComparison.Ordinal);
        Assert.False(ProofJson.TryDecode(Encoding.UTF8.GetBytes(other), "proof", out _, out _));
    }

    [Fact]
    public void A_key_need_not_name_its_pairing()
    {
        int start = Key.IndexOf(" \"vk_alphabeta_12\"", StringComparison.Ordinal);
        int end = Key.IndexOf(" \"IC\"", StringComparison.Ordinal);
        string without = Key.Remove(start, end - start);
        Assert.True(VerificationKeyJson.TryDecode(Encoding.UTF8.GetBytes(without), "key", out Groth16VerificationKey? key, out _));
        Assert.Equal(SnarkjsFixture.Key, key);
    }

    [Theory]
    [MemberData(nameof(ProofChanges))]
    public void A_bad_proof_file_is_refused_in_one_line(string from, string to, string expected)
    {
        Assert.Contains(from, Proof, StringComparison.Ordinal);
        Assert.False(ProofJson.TryDecode(Replace(Proof, from, to), "proof.json", out _, out FileError? error));
        AssertMessage(error, expected);
    }

    [Theory]
    [MemberData(nameof(KeyChanges))]
    public void A_bad_key_file_is_refused_in_one_line(string from, string to, string expected)
    {
        Assert.Contains(from, Key, StringComparison.Ordinal);
        Assert.False(VerificationKeyJson.TryDecode(Replace(Key, from, to), "key.json", out _, out FileError? error));
        AssertMessage(error, expected);
    }

    [Theory]
    [InlineData("[\"" + R + "\"]", "order r")]
    [InlineData("[\"-1\"]", "digits")]
    [InlineData("[1]", "string")]
    [InlineData("{}", "array")]
    [InlineData("", "JSON")]
    [InlineData("[\"1\",]", "JSON")]
    public void Bad_signals_are_refused_in_one_line(string text, string expected)
    {
        Assert.False(PublicSignalsJson.TryDecode(Encoding.UTF8.GetBytes(text), "public.json", out _, out FileError? error));
        AssertMessage(error, expected);
    }

    [Fact]
    public void Long_files_and_bytes_that_are_no_text_are_refused()
    {
        Assert.False(ProofJson.TryDecode(new byte[ProofJson.MaximumLength + 1], "proof.json", out _, out FileError? error));
        AssertMessage(error, "length");
        Assert.False(ProofJson.TryDecode(new byte[] { (byte)'"', 0xff, (byte)'"' }, "proof.json", out _, out error));
        AssertMessage(error, "UTF-8");
        string many = $"[{string.Join(',', Enumerable.Repeat("\"1\"", PublicSignalsJson.MaximumCount + 1))}]";
        Assert.False(PublicSignalsJson.TryDecode(Encoding.UTF8.GetBytes(many), "public.json", out _, out error));
        AssertMessage(error, "4097 elements");
    }

    [Fact]
    public void A_cut_file_is_never_accepted_and_never_an_exception()
    {
        for (int length = 0; length < SnarkjsFixture.ProofBytes.Length; length++)
        {
            Assert.False(ProofJson.TryDecode(SnarkjsFixture.ProofBytes.AsMemory(0, length), "proof.json", out _, out FileError? error));
            Assert.NotNull(error);
        }
    }

    [Fact]
    public void Changed_bytes_are_refused_or_mean_what_they_say()
    {
        const string Alphabet = "0123456789\"[]{}:,-+.eE\\u \n";
        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. SnarkjsFixture.ProofBytes];
            bytes[random.Next(bytes.Length)] = random.Next(8) == 0 ? (byte)random.Next(256) : (byte)Alphabet[random.Next(Alphabet.Length)];
            if (ProofJson.TryDecode(bytes, "proof.json", out Groth16Proof? proof, out FileError? error))
            {
                Assert.Equal(WithoutSpace(bytes), WithoutSpace(ProofJson.Encode(proof)));
            }
            else
            {
                Assert.DoesNotContain('\n', error.ToString());
            }
        }
    }

    [Fact]
    public void Files_are_written_and_read_back()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "file.json");
        ProofJson.Write(path, SnarkjsFixture.Proof);
        Assert.True(ProofJson.TryRead(path, out Groth16Proof? proof, out _));
        VerificationKeyJson.Write(path, SnarkjsFixture.Key);
        Assert.True(VerificationKeyJson.TryRead(path, out Groth16VerificationKey? key, out _));
        PublicSignalsJson.Write(path, SnarkjsFixture.Signals);
        Assert.True(PublicSignalsJson.TryRead(path, out Fr[]? signals, out _));
        Assert.Equal((SnarkjsFixture.Proof, SnarkjsFixture.Key), (proof, key));
        Assert.Equal(SnarkjsFixture.Signals, signals);
        Directory.Delete(folder, recursive: true);
        Assert.False(ProofJson.TryRead(path, out _, out FileError? error));
        AssertMessage(error, "no such file");
    }

    private static string WithoutSpace(byte[] bytes) => string.Concat(Encoding.UTF8.GetString(bytes).Where(c => !char.IsWhiteSpace(c)));

    private static byte[] Replace(string text, string from, string to)
    {
        int at = text.IndexOf(from, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]);
    }

    private static void AssertMessage(FileError? error, string expected)
    {
        Assert.NotNull(error);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.ToString());
    }
}
