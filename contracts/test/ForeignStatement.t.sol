// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier as Errors} from "../src/interfaces/IInferenceVerifier.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice Honest proofs of something else: another model, value, request, chain or caller; keys and calls that are not what they should be.
contract ForeignStatementTest is VectorTest {
    uint256 private constant SHAPE = 4 * 32;

    function testFuzz_another_input_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("pixels");
        index %= v.input.length;
        v.input[index] = bytes1(uint8(v.input[index]) ^ change);
        assertRefused(v, Errors.ProofInvalid.selector);
    }

    function testFuzz_another_output_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("wide");
        index %= v.output.length;
        v.output[index] = bytes1(uint8(v.output[index]) ^ change);
        assertRefused(v, Errors.ProofInvalid.selector);
    }

    function testFuzz_another_length_of_values_is_refused(uint8 length) public {
        Vector memory v = load("dense");
        vm.assume(length != v.input.length);
        bytes memory input = v.input;
        v.input = new bytes(length);
        assertRefused(v, Errors.InputLength.selector);
        v.input = input;
        v.output = new bytes(length);
        assertRefused(v, Errors.OutputLength.selector);
    }

    function test_another_committed_value_is_refused() public {
        Vector memory v = load("committed");
        v.input[31] ^= 0x01;
        assertRefused(v, Errors.WrongCommittedInput.selector);
        v = load("committed");
        v.output[0] ^= 0x80;
        assertRefused(v, Errors.WrongCommittedOutput.selector);
        v = load("committed");
        v.input = hex"";
        assertRefused(v, Errors.InputLength.selector);
    }

    function test_a_private_value_is_not_taken() public {
        Vector memory v = load("private");
        v.input = new bytes(3);
        assertRefused(v, Errors.InputLength.selector);
    }

    function testFuzz_another_request_is_refused(address consumer, address requester, uint256 nonce) public {
        Vector memory v = load("dense");
        vm.assume(consumer != v.consumer && requester != v.requester && nonce != v.nonce);
        (address honestConsumer, address honestRequester, uint256 honestNonce) = (v.consumer, v.requester, v.nonce);
        v.consumer = consumer;
        assertRefused(v, Errors.ProofInvalid.selector);
        (v.consumer, v.requester) = (honestConsumer, requester);
        assertRefused(v, Errors.ProofInvalid.selector);
        (v.requester, v.nonce) = (honestRequester, nonce);
        assertRefused(v, Errors.ProofInvalid.selector);
        v.nonce = honestNonce;
        assertAccepted(v);
    }

    function testFuzz_another_chain_is_refused(uint64 id) public {
        vm.assume(id != block.chainid && id != 0);
        vm.chainId(id);
        assertRefused(load("dense"), Errors.ProofInvalid.selector);
    }

    function test_proofs_are_of_one_model() public {
        Vector memory v = load("dense");
        v.key = load("retrained").key;
        assertRefused(v, Errors.ProofInvalid.selector);
        v.key = load("private").key;
        assertRefused(v, Errors.InputLength.selector);
        v = load("dense");
        v.proof = load("dense-again").proof;
        assertAccepted(v);
        v.proof = load("retrained").proof;
        assertRefused(v, Errors.ProofInvalid.selector);
    }

    function test_accounts_without_a_key_are_refused() public {
        Vector memory v = load("dense");
        address[4] memory others = [address(0), address(1), address(this), address(0xdead)];
        for (uint256 i = 0; i < others.length; i++) {
            (bool accepted, bytes memory reason) = callWith(v, others[i]);
            assertReason(accepted, reason, Errors.KeyNotFound.selector);
        }
    }

    function testFuzz_malformed_keys_are_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        // Metadata and the note about the setup are the registry's affair: whether a proof is right does not depend on them.
        index %= v.key.length;
        vm.assume((index < 32 || index >= 64) && !(index == SHAPE + 20 && change == 1));
        v.key[index] = bytes1(uint8(v.key[index]) ^ change);
        (bool accepted, bytes memory reason) = call(v);
        require(!accepted && reason.length >= 4, "accepted");
    }

    function testFuzz_layouts_out_of_range_are_refused(uint256 shape) public {
        Vector memory v = load("dense");
        bytes memory key = v.key;
        shape = (shape >> 8) | (1 << 248);
        assembly ("memory-safe") {
            mstore(add(key, 0xa0), shape)
        }
        assertRefused(v, Errors.KeyMalformed.selector);
    }

    function test_keys_of_other_lengths_are_refused() public {
        Vector memory v = load("dense");
        bytes memory honest = v.key;
        v.key = bytes.concat(honest, hex"00");
        assertRefused(v, Errors.KeyMalformed.selector);
        v.key = bytes.concat(honest, new bytes(64));
        assertRefused(v, Errors.KeyMalformed.selector);
        assembly ("memory-safe") {
            mstore(honest, sub(mload(honest), 64))
        }
        v.key = honest;
        assertRefused(v, Errors.KeyMalformed.selector);
    }

    function test_calls_of_another_encoding_are_refused() public {
        Vector memory v = load("dense");
        bytes memory honest = encode(v);
        refuse(v, bytes.concat(honest, hex"00"));
        refuse(v, bytes.concat(honest, new bytes(32)));

        // Padding of the input, which has three bytes.
        bytes memory data = encode(v);
        data[4 + 6 * 32 + 32 + 3] = 0x01;
        refuse(v, data);

        // Two arguments that share their bytes.
        data = encode(v);
        assembly ("memory-safe") {
            mstore(add(data, add(0x24, 0x80)), mload(add(data, add(0x24, 0x60))))
        }
        refuse(v, data);

        // A gap before the first.
        data = bytes.concat(
            abi.encodeWithSelector(Errors.verify.selector, place(v.key), v.requester, v.nonce),
            abi.encode(0xe0, 0x120, 0x160, uint256(0)),
            abi.encode(3, bytes32(v.input), 3, bytes32(v.output), v.proof.length),
            v.proof
        );
        refuse(v, data);
    }

    /// @dev Selector, key, requester, nonce, and where the three byte strings are: none of it can be written in another way.
    function testFuzz_any_changed_byte_of_the_head_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        bytes memory data = encode(v);
        index %= 4 + 6 * 32;
        data[index] = bytes1(uint8(data[index]) ^ change);
        (bool accepted, bytes memory reason) = callRaw(v.consumer, data);
        require(!accepted && reason.length >= 4);
    }

    function testFuzz_other_offsets_and_lengths_are_refused(uint256 index, uint256 value) public {
        Vector memory v = load("dense");
        bytes memory data = encode(v);
        // Three offsets, and the lengths of input, output and proof, each of the first two of which has one word of bytes.
        uint256[6] memory words = [uint256(3), 4, 5, 6, 8, 10];
        uint256 place_ = 0x24 + 32 * words[index % 6];
        uint256 honest;
        assembly ("memory-safe") {
            honest := mload(add(data, place_))
            mstore(add(data, place_), value)
        }
        vm.assume(value != honest);
        (bool accepted, bytes memory reason) = callRaw(v.consumer, data);
        require(!accepted && reason.length >= 4);
    }

    function test_arguments_in_another_order_are_refused() public {
        Vector memory v = load("dense");
        // Output first, then input: both have three bytes, so that the offsets alone change places.
        refuse(
            v,
            bytes.concat(
                abi.encodeWithSelector(Errors.verify.selector, place(v.key), v.requester, v.nonce),
                abi.encode(0x100, 0xc0, 0x140),
                abi.encode(3, bytes32(v.output), 3, bytes32(v.input), v.proof.length),
                v.proof
            )
        );
    }

    function testFuzz_junk_is_refused_with_a_reason(bytes calldata junk, bool known) public {
        Vector memory v = load("dense");
        bytes memory data = known ? bytes.concat(Errors.verify.selector, junk) : bytes(junk);
        (bool accepted, bytes memory reason) = callRaw(v.consumer, data);
        require(!accepted && reason.length >= 4);
    }

    function testFuzz_cut_calls_are_refused_with_a_reason(uint16 length) public {
        Vector memory v = load("dense");
        bytes memory data = encode(v);
        vm.assume(length < data.length);
        assembly ("memory-safe") {
            mstore(data, length)
        }
        (bool accepted, bytes memory reason) = callRaw(v.consumer, data);
        require(!accepted && reason.length >= 4);
    }

    function test_unknown_functions_are_refused() public {
        (bool accepted, bytes memory reason) = callRaw(address(this), hex"01020304");
        assertReason(accepted, reason, Errors.UnknownFunction.selector);
        (accepted, reason) = callRaw(address(this), hex"");
        assertReason(accepted, reason, Errors.UnknownFunction.selector);
    }

    function encode(Vector memory v) private returns (bytes memory) {
        return abi.encodeCall(Errors.verify, (place(v.key), v.requester, v.nonce, v.input, v.output, v.proof));
    }

    function refuse(Vector memory v, bytes memory data) private {
        (bool accepted, bytes memory reason) = callRaw(v.consumer, data);
        assertReason(accepted, reason, Errors.CalldataNotCanonical.selector);
    }
}
