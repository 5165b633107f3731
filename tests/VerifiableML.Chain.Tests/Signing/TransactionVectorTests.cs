using System.Numerics;
using System.Text.Json;
using VerifiableML.Algebra;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Tests.Vectors;

namespace VerifiableML.Chain.Tests.Signing;

/// <summary>Bytes of signed transactions, as another implementation makes them.</summary>
public sealed class TransactionVectorTests
{
    [Fact]
    public void Signed_transactions_are_those_of_ethers()
    {
        JsonElement[] vectors = VectorFile.Read("transactions.json");
        Assert.True(vectors.Length > 50);
        foreach (JsonElement vector in vectors)
        {
            Assert.True(PrivateKey.TryParse(vector.Text("key"), out PrivateKey? key));
            Address? to = null;
            if (vector.GetProperty("to").ValueKind != JsonValueKind.Null)
            {
                Assert.True(Address.TryParse(vector.Text("to"), out Address address));
                to = address;
            }

            var transaction = new FeeMarketTransaction(
                vector.GetProperty("chainId").GetUInt64(), vector.GetProperty("nonce").GetUInt64(), Number(vector, "maximumPriorityFee"),
                Number(vector, "maximumFee"), vector.GetProperty("gasLimit").GetUInt64(), to, Number(vector, "value"), VectorFile.Bytes(vector.Text("data")));
            SignedTransaction signed = transaction.Sign(key);
            Assert.Equal(vector.Text("raw"), "0x" + Convert.ToHexStringLower(signed.Raw.Span));
            Assert.Equal(vector.Text("hash"), signed.Hash.ToString());
            Assert.Equal(vector.Text("address"), signed.From.ToString());
        }
    }

    [Fact]
    public void Signatures_are_those_of_ethers_and_lead_back_to_their_key()
    {
        foreach (JsonElement vector in VectorFile.Read("signatures.json"))
        {
            Assert.True(PrivateKey.TryParse(vector.Text("key"), out PrivateKey? key));
            byte[] digest = VectorFile.Bytes(vector.Text("digest"));
            EcdsaSignature signature = key.Sign(digest);
            Assert.Equal(new BigInteger(VectorFile.Bytes(vector.Text("r")), true, true), signature.R);
            Assert.Equal(new BigInteger(VectorFile.Bytes(vector.Text("s")), true, true), signature.S);
            Assert.Equal(vector.GetProperty("yParity").GetInt32(), signature.YParity);
            Assert.Equal(key.Address, new Address(Keccak256.Hash(Secp256k1.Recover(digest, signature)!).AsSpan(12)));
            digest[0] ^= 1;
            Assert.NotEqual(key.Address, new Address(Keccak256.Hash(Secp256k1.Recover(digest, signature)!).AsSpan(12)));
        }
    }

    [Fact]
    public void Nothing_is_recovered_from_signatures_out_of_range()
    {
        var order = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", System.Globalization.NumberStyles.HexNumber);
        byte[] digest = Keccak256.Hash("x"u8);
        EcdsaSignature honest = PrivateKey.Generate().Sign(digest);
        Assert.Null(Secp256k1.Recover(digest, honest with { S = order - honest.S }));
        Assert.Null(Secp256k1.Recover(digest, honest with { R = 0 }));
        Assert.Null(Secp256k1.Recover(digest, honest with { S = 0 }));
        Assert.Null(Secp256k1.Recover(digest, honest with { R = order }));
        Assert.Null(Secp256k1.Recover(digest, honest with { YParity = 2 }));
    }

    private static BigInteger Number(JsonElement vector, string name) => BigInteger.Parse(vector.Text(name));
}
