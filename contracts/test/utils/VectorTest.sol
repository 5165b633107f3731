// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../../src/interfaces/IInferenceVerifier.sol";
import {InferenceVerifier} from "../../src/InferenceVerifier.sol";
import {Vm} from "./Vm.sol";

/// @notice A model's key and a proof, made in C# for one request.
struct Vector {
    bytes key;
    bytes metadata;
    address consumer;
    address requester;
    uint256 nonce;
    bytes input;
    bytes output;
    bytes proof;
}

/// @notice What tests of the verifier start from. The vectors are written by `dotnet test tests/VerifiableML.Contracts.Tests`.
abstract contract VectorTest {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev A precompile that refuses a point burns all gas that it was given; so tests give little.
    uint256 internal constant GAS = 3_000_000;

    IInferenceVerifier internal verifier = IInferenceVerifier(address(new InferenceVerifier()));

    function load(string memory name) internal view returns (Vector memory v) {
        string memory json = vm.readFile(string.concat("artifacts/vectors/", name, ".json"));
        v.key = vm.parseJsonBytes(json, ".key");
        v.metadata = vm.parseJsonBytes(json, ".metadata");
        v.consumer = vm.parseJsonAddress(json, ".consumer");
        v.requester = vm.parseJsonAddress(json, ".requester");
        v.nonce = vm.parseJsonUint(json, ".nonce");
        v.input = vm.parseJsonBytes(json, ".input");
        v.output = vm.parseJsonBytes(json, ".output");
        v.proof = vm.parseJsonBytes(json, ".proof");
    }

    /// @notice Puts a key where code lives, without asking a registry.
    function place(bytes memory key) internal returns (address account) {
        bytes memory code = bytes.concat(hex"00", key);
        account = address(uint160(uint256(keccak256(code))));
        vm.etch(account, code);
    }

    function call(Vector memory v) internal returns (bool accepted, bytes memory reason) {
        return callWith(v, place(v.key));
    }

    function callWith(Vector memory v, address key) internal returns (bool accepted, bytes memory reason) {
        bytes memory data =
            abi.encodeCall(IInferenceVerifier.verify, (key, v.requester, v.nonce, v.input, v.output, v.proof));
        return callRaw(v.consumer, data);
    }

    function callRaw(address consumer, bytes memory data) internal returns (bool accepted, bytes memory reason) {
        vm.prank(consumer);
        (accepted, reason) = address(verifier).call{gas: GAS}(data);
    }

    function assertAccepted(Vector memory v) internal {
        (bool accepted, bytes memory reason) = call(v);
        if (!accepted) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    function assertRefused(Vector memory v, bytes4 expected) internal {
        (bool accepted, bytes memory reason) = call(v);
        assertReason(accepted, reason, expected);
    }

    function assertReason(bool accepted, bytes memory reason, bytes4 expected) internal pure {
        require(!accepted, "accepted");
        require(reason.length >= 4 && bytes4(reason) == expected, string.concat("another error: ", hexOf(reason)));
    }

    function hexOf(bytes memory data) internal pure returns (string memory) {
        bytes memory digits = "0123456789abcdef";
        bytes memory text = new bytes(2 * data.length);
        for (uint256 i = 0; i < data.length; i++) {
            text[2 * i] = digits[uint8(data[i]) >> 4];
            text[2 * i + 1] = digits[uint8(data[i]) & 15];
        }
        return string(text);
    }
}
