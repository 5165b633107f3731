// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {Bn254} from "./Bn254.sol";
import {KeyFormat, Shape} from "./KeyFormat.sol";

/// @title What can be seen wrong with a key before any proof
/// @dev The same as `Groth16VerificationKey.FindFault` in C#. With alpha or beta at infinity all-zero proofs would do; with delta at infinity C would be unbound; a
/// signal's point at infinity is a signal that does not count. The constant's point, and those of weights, may be infinity by coincidence.
library KeyCheck {
    bytes32 private constant MODEL = keccak256("VerifiableML/1/model");
    bytes32 private constant SETUP = keccak256("VerifiableML/1/setup");

    /// @dev keccak256 of [alpha]G1 and of [tau]G2 of the development setup, whose secrets are published.
    bytes32 private constant PUBLISHED_ALPHA = 0xb99e2c06e17da9a5646b232db93899edc59a2285a77c316b51e4356bdc2ad639;
    bytes32 private constant PUBLISHED_TAU = 0x50a4ccaff708e23468e584d6e29d986cb0bc6819e58956cb721888c67f689022;

    uint256 private constant POINTS_IN_G2 = 3;

    /// @notice Reverts if a key's fields do not fit each other.
    function checkFields(bytes memory key) internal pure returns (Shape shape) {
        if (key.length <= KeyFormat.WEIGHT_ROWS) revert IModelRegistry.KeyMalformed();
        shape = Shape.wrap(uint256(word(key, KeyFormat.SHAPE)));
        if (shape.version() != KeyFormat.VERSION) revert IModelRegistry.KeyVersion(shape.version());
        if (!shape.isConsistent() || key.length != shape.length()) revert IModelRegistry.KeyMalformed();
    }

    /// @notice Reverts if a point of the key is not what it must be.
    function checkPoints(bytes memory key) internal view {
        requireFinite(key, KeyFormat.ALPHA, Bn254.G1_BYTES);
        requireFinite(key, KeyFormat.TAU, Bn254.G2_BYTES);
        requireFinite(key, KeyFormat.BETA, Bn254.G2_BYTES);
        requireFinite(key, KeyFormat.DELTA, Bn254.G2_BYTES);
        requireInTwist(key, KeyFormat.TAU);
        requireInTwist(key, KeyFormat.BETA);
        requireInTwist(key, KeyFormat.DELTA);
        requireOnCurve(key, KeyFormat.ALPHA);
        for (uint256 offset = KeyFormat.SIGNAL_POINTS; offset < key.length; offset += Bn254.G1_BYTES) {
            bool isSignal = offset > KeyFormat.SIGNAL_POINTS && offset < KeyFormat.WEIGHT_ROWS;
            if (isSignal) requireFinite(key, offset, Bn254.G1_BYTES);
            requireOnCurve(key, offset);
        }
        bytes memory generator = new bytes(Bn254.G2_BYTES);
        Bn254.writeTwistGenerator(position(generator, 0));
        if (hash(key, KeyFormat.DELTA, Bn254.G2_BYTES) == keccak256(generator)) revert IModelRegistry.KeyWithoutContribution();
    }

    /// @notice Reverts unless the model commitment belongs to circuit, metadata and weights. Scales are part of a model: the same integers mean something else under others.
    function checkCommitment(bytes memory key) internal pure returns (bytes32 commitment) {
        commitment = word(key, KeyFormat.MODEL_COMMITMENT);
        bytes memory items = new bytes(96 + key.length - KeyFormat.WEIGHT_ROWS);
        uint256 from = position(key, 0);
        uint256 target = position(items, 0);
        uint256 rows = KeyFormat.WEIGHT_ROWS;
        bytes32 domain = MODEL;
        // Assembly: copies between memory. Circuit digest and hash of the metadata are the first two words.
        assembly ("memory-safe") {
            mstore(target, domain)
            mcopy(add(target, 0x20), from, 0x40)
            mcopy(add(target, 0x60), add(from, rows), sub(mload(key), rows))
        }
        bytes32 expected = keccak256(items);
        if (commitment != expected) revert IModelRegistry.CommitmentMismatch(expected, commitment);
    }

    /// @notice Reverts unless the setup's name belongs to [tau]G2: proofs are bound to the name, and checked with the point.
    function checkSetup(bytes memory key) internal pure {
        bytes32 actual = word(key, KeyFormat.SETUP);
        bytes32 expected = setupName(key, 0);
        if (actual != expected && actual != setupName(key, 1)) revert IModelRegistry.SetupMismatch(expected, actual);
    }

    /// @notice Whether anyone can forge proofs under the key: its owner or the setup's name says so, or it has points of the setup whose secrets are published.
    /// @dev The converse cannot be seen: whoever made a setup alone may call it secure. A user who does not trust the owner compares the setup with that of a known ceremony.
    function isInsecure(bytes memory key, Shape shape) internal pure returns (bool) {
        return shape.isInsecure() || word(key, KeyFormat.SETUP) == setupName(key, 1) || hash(key, KeyFormat.ALPHA, Bn254.G1_BYTES) == PUBLISHED_ALPHA
            || hash(key, KeyFormat.TAU, Bn254.G2_BYTES) == PUBLISHED_TAU;
    }

    /// @dev keccak256 of domain, mark of an insecure setup, [tau]G2.
    function setupName(bytes memory key, uint256 mark) private pure returns (bytes32) {
        bytes memory items = new bytes(64 + Bn254.G2_BYTES);
        bytes32 domain = SETUP;
        uint256 target = position(items, 0);
        uint256 from = position(key, KeyFormat.TAU);
        // Assembly: a copy between memory.
        assembly ("memory-safe") {
            mstore(target, domain)
            mstore(add(target, 0x20), mark)
            mcopy(add(target, 0x40), from, 0x80)
        }
        return keccak256(items);
    }

    function requireFinite(bytes memory key, uint256 offset, uint256 size) private pure {
        uint256 any;
        for (uint256 i = 0; i < size; i += 32) {
            any |= uint256(word(key, offset + i));
        }
        if (any == 0) revert IModelRegistry.KeyPoint(offset);
    }

    /// @dev An addition of infinity: the precompile checks its arguments.
    function requireOnCurve(bytes memory key, uint256 offset) private view {
        bytes memory arguments = new bytes(128);
        uint256 target = position(arguments, 0);
        uint256 from = position(key, offset);
        bool done;
        // Assembly: a call of a precompile.
        assembly ("memory-safe") {
            mcopy(target, from, 0x40)
            done := staticcall(gas(), 6, target, 0x80, target, 0x40)
        }
        if (!done) revert IModelRegistry.KeyPoint(offset);
    }

    /// @dev A pairing with infinity: the precompile checks curve and subgroup of its arguments, whatever the result.
    function requireInTwist(bytes memory key, uint256 offset) private view {
        bytes memory arguments = new bytes(Bn254.PAIR_BYTES);
        uint256 target = position(arguments, 0);
        uint256 from = position(key, offset);
        bool done;
        // Assembly: a call of a precompile.
        assembly ("memory-safe") {
            mcopy(add(target, 0x40), from, 0x80)
            done := staticcall(gas(), 8, target, 0xc0, target, 0x20)
        }
        if (!done) revert IModelRegistry.KeyPoint(offset);
    }

    function word(bytes memory data, uint256 offset) private pure returns (bytes32 value) {
        // Assembly: a word at a computed place; all callers stay below the length that was checked first.
        assembly ("memory-safe") {
            value := mload(add(add(data, 0x20), offset))
        }
    }

    function hash(bytes memory data, uint256 offset, uint256 size) private pure returns (bytes32 value) {
        // Assembly: a hash of a part of memory, without a copy.
        assembly ("memory-safe") {
            value := keccak256(add(add(data, 0x20), offset), size)
        }
    }

    function position(bytes memory data, uint256 offset) private pure returns (uint256 value) {
        // Assembly: the address of a byte.
        assembly ("memory-safe") {
            value := add(add(data, 0x20), offset)
        }
    }
}
