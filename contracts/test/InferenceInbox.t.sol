// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../src/interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../src/interfaces/IModelRegistry.sol";
import {ModelRegistry} from "../src/ModelRegistry.sol";
import {InferenceInbox} from "../templates/InferenceInbox.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice The template's reading of packed integers, within reach.
contract OpenInbox is InferenceInbox {
    constructor(IInferenceVerifier verifier_, IModelRegistry registry, bytes32 id) InferenceInbox(verifier_, registry, id, true) {}

    function unpackOf(bytes memory packed, uint256 width) external pure returns (int256[] memory) {
        return unpack(packed, width);
    }
}

/// @notice The template for consumers keeps what was proven to it, for its own users, once.
contract InferenceInboxTest is VectorTest {
    ModelRegistry private registry = new ModelRegistry();
    InferenceInbox private inbox;
    bytes32 private modelId;
    Vector private first;

    function setUp() public {
        first = load("loan");
        (modelId,) = registry.register("risk", first.key, first.metadata);
        // The proofs were made for one address, so the inbox's code is put there.
        vm.etch(first.consumer, address(new InferenceInbox(verifier, registry, modelId, true)).code);
        inbox = InferenceInbox(first.consumer);
        vm.warp(1_000_000);
    }

    function test_keeps_what_was_proven() public {
        require(submit(first, first.requester) == 0);
        (bytes32 inputHash, uint64 time, bytes memory output) = inbox.inference(first.requester, 0);
        require(inputHash == keccak256(first.input) && time == 1_000_000 && keccak256(output) == keccak256(first.output));
        int256[] memory values = inbox.values(first.requester, 0);
        require(inbox.outputWidth() == 4 && inbox.outputScale() > 1e12, "a logit in steps of some millionths");
        require(values.length == 1 && values[0] == int32(uint32(bytes4(first.output))) * int256(inbox.outputScale()));
    }

    function test_a_proof_serves_once_and_the_next_needs_the_next_nonce() public {
        submit(first, first.requester);
        refuse(first, first.requester, IInferenceVerifier.ProofInvalid.selector);
        require(submit(load("loan-next"), first.requester) == 1 && inbox.nonces(first.requester) == 2);
    }

    function test_a_copied_proof_is_worth_nothing() public {
        refuse(first, address(0xbad), IInferenceVerifier.ProofInvalid.selector);
        submit(first, first.requester);
    }

    function test_what_was_refused_leaves_nothing_behind() public {
        first.output[0] ^= 0x01;
        refuse(first, first.requester, IInferenceVerifier.ProofInvalid.selector);
        require(inbox.nonces(first.requester) == 0);
        vm.expectRevert(abi.encodeWithSelector(InferenceInbox.NothingSubmitted.selector, first.requester, 0));
        inbox.inference(first.requester, 0);
        vm.expectRevert(abi.encodeWithSelector(InferenceInbox.NothingSubmitted.selector, first.requester, 0));
        inbox.values(first.requester, 0);
    }

    function test_insecure_setups_and_private_outputs_are_refused() public {
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.SetupInsecure.selector, modelId));
        new InferenceInbox(verifier, registry, modelId, false);
        Vector memory committed = load("committed");
        (bytes32 id,) = registry.register("committed", committed.key, committed.metadata);
        vm.expectRevert(InferenceInbox.OutputNotPublic.selector);
        new InferenceInbox(verifier, registry, id, true);
    }

    function testFuzz_integers_are_read_back(int32[] calldata integers) public {
        OpenInbox open = new OpenInbox(verifier, registry, modelId);
        bytes[3] memory packed;
        for (uint256 i = 0; i < integers.length; i++) {
            packed[0] = bytes.concat(packed[0], bytes1(uint8(int8(integers[i]))));
            packed[1] = bytes.concat(packed[1], bytes2(uint16(int16(integers[i]))));
            packed[2] = bytes.concat(packed[2], bytes4(uint32(integers[i])));
        }
        int256[] memory one = open.unpackOf(packed[0], 1);
        int256[] memory two = open.unpackOf(packed[1], 2);
        int256[] memory four = open.unpackOf(packed[2], 4);
        require(one.length == integers.length && two.length == integers.length && four.length == integers.length);
        for (uint256 i = 0; i < integers.length; i++) {
            require(one[i] == int8(integers[i]) && two[i] == int16(integers[i]) && four[i] == integers[i]);
        }
    }

    function submit(Vector memory v, address requester) private returns (uint256) {
        vm.prank(requester);
        return inbox.submit(v.input, v.output, v.proof);
    }

    function refuse(Vector memory v, address requester, bytes4 expected) private {
        vm.prank(requester);
        (bool accepted, bytes memory reason) =
            address(inbox).call{gas: GAS}(abi.encodeCall(InferenceInbox.submit, (v.input, v.output, v.proof)));
        assertReason(accepted, reason, expected);
    }
}
