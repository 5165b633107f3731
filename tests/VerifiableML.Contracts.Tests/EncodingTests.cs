using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Contracts.Tests.Vectors;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Contracts.Tests;

/// <summary>The bytes that C# writes for contracts.</summary>
public sealed class EncodingTests
{
    private static readonly Vector Dense = VectorSet.Shared.Dense;

    [Fact]
    public void Proofs_are_read_back_from_their_calldata()
    {
        foreach (Vector vector in VectorSet.Shared.Vectors)
        {
            byte[] bytes = vector.Calldata;
            Assert.Equal(ProofCalldata.Length(vector.Model.Circuit), bytes.Length);
            Assert.True(ProofCalldata.TryDecode(bytes, vector.Model.Circuit, out WrappedProof? proof, out _));
            Assert.Equal(bytes, ProofCalldata.Encode(proof));
            Assert.Null(vector.Model.Verify(vector.Statement, bytes));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(32)]
    public void A_proof_of_another_length_is_refused(int change)
    {
        byte[] bytes = Dense.Calldata;
        Array.Resize(ref bytes, bytes.Length + change);
        Assert.False(ProofCalldata.TryDecode(bytes, Dense.Model.Circuit, out _, out Rejection? rejection));
        Assert.Equal(RejectionReason.Malformed, rejection.Reason);
    }

    [Fact]
    public void Keys_of_another_circuit_and_of_a_setup_without_contributions_are_not_encoded()
    {
        WrapVerificationKey wrap = Dense.Model.Wrap;
        Assert.Null(KeyBlob.Problem(Dense.Model.Verification, wrap));
        Assert.NotNull(KeyBlob.Problem(Dense.Model.Verification, wrap with { CircuitDigest = [.. new byte[32]] }));
        Assert.NotNull(KeyBlob.Problem(Dense.Model.Verification, wrap with { Groth16 = wrap.Groth16 with { Delta = wrap.Groth16.Gamma } }));
        Assert.Throws<ArgumentException>(() => KeyBlob.Encode(Dense.Model.Verification, wrap with { CircuitDigest = [.. new byte[32]] }));
        Assert.True(KeyBlob.IsInsecure(Dense.Model.KeyBlob));
    }

    [Fact]
    public void Each_part_of_a_request_changes_the_context()
    {
        RequestContext request = Dense.Request;
        RequestContext[] others =
        [
            request with { ChainId = 1 }, request with { Nonce = 8 }, request with { Consumer = request.Requester }, request with { Requester = request.Consumer },
        ];
        Assert.Equal(5, others.Append(request).Select(other => Convert.ToHexString(other.Hash())).Distinct().Count());
        Assert.Throws<ArgumentException>(() => (request with { Consumer = new byte[19] }).Hash());
    }
}
