// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Verifier of wrapped proofs of inference
/// @notice Anyone may call it about any model; it holds no state. It returns nothing: a call that does not revert is a proof that was accepted.
interface IInferenceVerifier {
    /// @notice The selector is of no function here.
    error UnknownFunction();
    /// @notice The arguments are not encoded in the one way that encoders of this ABI do it: offsets, padding or length differ.
    error CalldataNotCanonical();
    /// @notice The key's account holds no key of this version.
    error KeyNotFound(address key);
    /// @notice A field of the key is out of its range, or its length is not what its fields say.
    error KeyMalformed();
    /// @notice The public input has a wrong number of bytes.
    error InputLength(uint256 expected, uint256 actual);
    /// @notice The public output has a wrong number of bytes.
    error OutputLength(uint256 expected, uint256 actual);
    /// @notice The proof has a wrong number of bytes.
    error ProofLength(uint256 expected, uint256 actual);
    /// @notice A scalar of the proof is not below the group order; the index counts 32-byte words of the proof.
    error ScalarNotCanonical(uint256 index);
    /// @notice A of the Groth16 proof is infinity or the negative of the canonical one.
    error ProofNotCanonical();
    /// @notice The proof is about another committed input.
    error WrongCommittedInput();
    /// @notice The proof is about another committed output.
    error WrongCommittedOutput();
    /// @notice A point of the proof or of the key is no point of its group, or has a coordinate that is not below the field's modulus.
    error PointNotInGroup();
    /// @notice The pairing equation does not hold: the proof is not of this statement.
    error ProofInvalid();

    /// @notice Reverts unless the proof shows that the model gives this output for this input, and was made for this very request.
    /// @dev The request is the chain, the caller, `requester` and `nonce`. A proof that was made for one is refused for every other, so a copied
    /// submission is worth nothing to whoever copies it, as long as the caller passes its own user as `requester` and counts nonces.
    /// @param key Account whose code is the model's key; from the registry. A caller who takes it from elsewhere trusts that source.
    /// @param requester Who acts through the caller.
    /// @param nonce The caller's number of the request.
    /// @param input Packed big-endian integers in two's complement; or the 32-byte hash of a committed input; or nothing where it is private.
    /// @param output The same of the output.
    /// @param proof Points and scalars in the order of `ProofFormat`.
    function verify(
        address key,
        address requester,
        uint256 nonce,
        bytes calldata input,
        bytes calldata output,
        bytes calldata proof
    ) external view;
}
