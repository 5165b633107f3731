// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {R} from "./Bn254.sol";
import {KeyFormat, Shape} from "./KeyFormat.sol";
import {ProofFormat} from "./ProofFormat.sol";

/// @title The challenges that are drawn outside of the circuit
/// @dev Each is Keccak-256 over the hash of its own name and items of fixed lengths. Assembly throughout: the items lie in memory next to each other already, or
/// are put there behind the free memory pointer, which is not moved, as nothing is kept but the hash.
library Transcript {
    bytes32 private constant CONTEXT = keccak256("VerifiableML/1/context");
    bytes32 private constant SEED = keccak256("VerifiableML/1/seed");
    bytes32 private constant PUBLIC_VALUES = keccak256("VerifiableML/1/public values");
    bytes32 private constant COMMITTED_COLUMN = keccak256("VerifiableML/1/committed column");
    bytes32 private constant OPENING_POINT = keccak256("VerifiableML/1/opening point");
    bytes32 private constant OPENING_BATCH = keccak256("VerifiableML/1/opening batch");
    bytes32 private constant OPENING_EVALUATION = keccak256("VerifiableML/1/opening evaluation");
    bytes32 private constant WRAP_SIGNALS = keccak256("VerifiableML/1/wrap signals");
    bytes32 private constant WRAP_PAIRING = keccak256("VerifiableML/1/wrap pairing");


    /// @notice What the proof is bound to beside its statement: this chain, who called this contract, for whom, and which request.
    function context(address requester, uint256 nonce) internal view returns (bytes32) {
        return keccak256(abi.encode(CONTEXT, block.chainid, msg.sender, requester, nonce));
    }

    /// @notice Hash of public values; of nothing where they are not public.
    function publicValues(bytes calldata values, bool arePublic) internal pure returns (bytes32 hash) {
        bytes32 domain = PUBLIC_VALUES;
        assembly ("memory-safe") {
            let start := mload(0x40)
            let size := mul(values.length, arePublic)
            mstore(start, domain)
            calldatacopy(add(start, 0x20), values.offset, size)
            hash := keccak256(start, add(size, 0x20))
        }
    }

    /// @notice Hash of the rows that a column has for itself.
    function committedColumn(uint256 rows, uint256 count) internal pure returns (bytes32 hash) {
        bytes32 domain = COMMITTED_COLUMN;
        assembly ("memory-safe") {
            let start := mload(0x40)
            let size := shl(6, count)
            mstore(start, domain)
            mcopy(add(start, 0x20), rows, size)
            hash := keccak256(start, add(size, 0x20))
        }
    }

    /// @notice The seed of the proof's transcript.
    function seed(uint256 key, bytes32 requestContext, bytes32 input, bytes32 output, uint256 rows, uint256 rowCount)
        internal
        pure
        returns (uint256 challenge)
    {
        bytes32 domain = SEED;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, domain)
            // Circuit digest, model commitment, setup: words 0, 2 and 3 of the key.
            mstore(add(start, 0x20), mload(key))
            mcopy(add(start, 0x40), add(key, 0x40), 0x40)
            mstore(add(start, 0x80), requestContext)
            mstore(add(start, 0xa0), input)
            mstore(add(start, 0xc0), output)
            mcopy(add(start, 0xe0), rows, shl(6, rowCount))
            challenge := mod(keccak256(start, add(0xe0, shl(6, rowCount))), R)
        }
    }

    /// @notice The opening's point x, from the link to the circuit's transcript and the cross commitment.
    function openingPoint(uint256 opening) internal pure returns (uint256 challenge) {
        bytes32 domain = OPENING_POINT;
        uint256 link = opening + ProofFormat.TOLD + 0x20;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, domain)
            mstore(add(start, 0x20), mload(link))
            mcopy(add(start, 0x40), opening, 0x40)
            challenge := mod(keccak256(start, 0x80), R)
        }
    }

    /// @notice The challenge that joins row and cross polynomial.
    /// @param values Memory of the four opened values.
    function openingBatch(uint256 x, uint256 values) internal pure returns (uint256 challenge) {
        bytes32 domain = OPENING_BATCH;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, domain)
            mstore(add(start, 0x20), x)
            mcopy(add(start, 0x40), values, 0x80)
            challenge := mod(keccak256(start, 0xc0), R)
        }
    }

    /// @notice The point at which the quotient is compared.
    function openingEvaluation(uint256 gamma, uint256 opening) internal pure returns (uint256 challenge) {
        bytes32 domain = OPENING_EVALUATION;
        uint256 quotient = opening + ProofFormat.QUOTIENT;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, domain)
            mstore(add(start, 0x20), gamma)
            mcopy(add(start, 0x40), quotient, 0x40)
            challenge := mod(keccak256(start, 0x80), R)
        }
    }

    /// @notice The challenge rho and the shared values as a polynomial at rho: the circuit's two signals stand for all values that it shares with
    /// this contract. The first of them, which the prover tells, is a hash of the others that the circuit computes.
    /// @param opening The proof behind its rows, with the told scalars.
    function signals(uint256 opening, Shape shape, uint256 seedValue, uint256 input, uint256 output, uint256 x)
        internal
        pure
        returns (uint256 rho, uint256 compressed)
    {
        bytes32 domain = WRAP_SIGNALS;
        uint256 told = opening + ProofFormat.TOLD;
        uint256 told32 = ProofFormat.toldCount(shape) * 32;
        assembly ("memory-safe") {
            // Name; then the shared values: binding, seed, input, output, link, x, and all told scalars from the trace on.
            let start := mload(0x40)
            mstore(start, domain)
            mstore(add(start, 0x20), mload(told))
            mstore(add(start, 0x40), seedValue)
            mstore(add(start, 0x60), input)
            mstore(add(start, 0x80), output)
            mstore(add(start, 0xa0), mload(add(told, 0x20)))
            mstore(add(start, 0xc0), x)
            mcopy(add(start, 0xe0), add(told, 0x40), sub(told32, 0x40))
            let size := add(0xa0, told32)
            rho := mod(keccak256(start, size), R)
            let first := add(start, 0x20)
            for { let at := add(start, size) } gt(at, first) {} {
                at := sub(at, 0x20)
                compressed := addmod(mulmod(compressed, rho, R), mload(at), R)
            }
        }
    }

    /// @notice The challenge that joins the equation of Groth16 with that of the opening: it comes after everything in either.
    function pairing(uint256 rho, uint256 opening) internal pure returns (uint256 challenge) {
        bytes32 domain = WRAP_PAIRING;
        uint256 items = opening + ProofFormat.QUOTIENT;
        uint256 size = ProofFormat.QUOTIENT_TO_C;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, domain)
            mstore(add(start, 0x20), rho)
            mcopy(add(start, 0x40), items, size)
            challenge := mod(keccak256(start, add(size, 0x40)), R)
        }
    }
}
