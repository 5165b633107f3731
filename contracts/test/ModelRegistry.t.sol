// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IModelRegistry} from "../src/interfaces/IModelRegistry.sol";
import {P} from "../src/libraries/Bn254.sol";
import {CodeStorage} from "../src/libraries/CodeStorage.sol";
import {KeyFormat} from "../src/libraries/KeyFormat.sol";
import {ModelRegistry} from "../src/ModelRegistry.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice What the registry takes, and that entries stay as they are.
contract ModelRegistryTest is VectorTest {
    ModelRegistry private registry = new ModelRegistry();

    function test_registered_models_verify_proofs() public {
        string[7] memory names = ["dense", "small", "retrained", "committed", "private", "wide", "nine-rows"];
        for (uint256 i = 0; i < names.length; i++) {
            Vector memory v = load(names[i]);
            (bytes32 id,) = registry.register(names[i], v.key, v.metadata);
            (bool accepted,) = callWith(v, registry.key(id));
            require(accepted, names[i]);
            require(keccak256(CodeStorage.read(registry.metadata(id))) == keccak256(v.metadata), "metadata");
        }
    }

    function test_register_costs() public {
        Vector memory v = load("dense");
        registry.register("model", v.key, v.metadata);
        vm.snapshotGasLastCall("register: 2 rows of weights");
    }

    function test_versions_count_for_each_owner_and_name() public {
        Vector memory v = load("dense");
        (bytes32 first, uint256 one) = registry.register("model", v.key, v.metadata);
        address before = registry.key(first);
        (bytes32 second, uint256 two) = registry.register("model", load("retrained").key, v.metadata);
        require(one == 1 && two == 2 && first != second && registry.versions(address(this), "model") == 2);
        require(registry.key(first) == before && registry.key(second) != before, "an entry changed");
        require(first == registry.modelIdOf(address(this), "model", 1));

        vm.prank(address(1));
        (bytes32 foreign, uint256 version) = registry.register("model", v.key, v.metadata);
        require(version == 1 && foreign != first && registry.versions(address(this), "model") == 2);
    }

    function test_unknown_models_are_refused() public {
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.ModelUnknown.selector, bytes32(0)));
        registry.key(bytes32(0));
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.ModelUnknown.selector, bytes32(0)));
        registry.secureKey(bytes32(0));
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.ModelUnknown.selector, bytes32(0)));
        registry.requireSecure(bytes32(0));
    }

    function test_insecure_setups_are_marked_whatever_the_key_says() public {
        Vector memory v = load("dense");
        requireInsecure(register("a", v));

        // The mark removed: alpha and tau are still those that everyone knows.
        v.key[KeyFormat.SHAPE + 20] = 0x00;
        requireInsecure(register("b", v));

        // Another alpha, the published tau.
        setPoint(v.key, KeyFormat.ALPHA, 1, 2);
        requireInsecure(register("c", v));

        // The published alpha, another tau: the key's beta.
        v = load("dense");
        v.key[KeyFormat.SHAPE + 20] = 0x00;
        copy(v.key, KeyFormat.BETA, KeyFormat.TAU, 128);
        nameSetup(v.key, 0);
        requireInsecure(register("d", v));

        // Neither, but the setup's name, which proofs are bound to, says it.
        setPoint(v.key, KeyFormat.ALPHA, 1, 2);
        nameSetup(v.key, 1);
        requireInsecure(register("e", v));

        // Nothing is known against this one.
        nameSetup(v.key, 0);
        bytes32 id = register("f", v);
        registry.requireSecure(id);
        require(registry.secureKey(id) == registry.key(id));
    }

    function testFuzz_the_setups_name_belongs_to_its_point(uint256 index, uint8 change, bool ofName) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        bytes32 honest = wordOf(v.key, KeyFormat.SETUP);
        if (ofName) {
            index = KeyFormat.SETUP + index % 32;
            v.key[index] = bytes1(uint8(v.key[index]) ^ change);
        } else {
            // Another point of the group: that of delta.
            copy(v.key, KeyFormat.DELTA, KeyFormat.TAU, 128);
        }
        bytes32 actual = wordOf(v.key, KeyFormat.SETUP);
        nameSetup(v.key, 0);
        bytes32 expected = wordOf(v.key, KeyFormat.SETUP);
        assembly ("memory-safe") {
            mstore(add(mload(v), 0x80), actual)
        }
        require(ofName == (actual != honest));
        refuse("model", v, abi.encodeWithSelector(IModelRegistry.SetupMismatch.selector, expected, actual));
    }

    /// @dev Of the layout the registry sees whether it is possible, not whether it is the circuit's: another one makes proofs unacceptable, or zeros of values that are not there.
    function testFuzz_any_changed_byte_is_refused_by_name(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        index %= v.key.length;
        vm.assume(index < KeyFormat.SHAPE || index >= KeyFormat.TAU);
        v.key[index] = bytes1(uint8(v.key[index]) ^ change);
        (bool accepted, bytes memory reason) = attempt("model", v);
        require(!accepted && reason.length >= 4, "accepted");
        bytes4 name = bytes4(reason);
        require(
            name == IModelRegistry.KeyMalformed.selector || name == IModelRegistry.KeyVersion.selector || name == IModelRegistry.KeyPoint.selector
                || name == IModelRegistry.MetadataMismatch.selector || name == IModelRegistry.CommitmentMismatch.selector
                || name == IModelRegistry.SetupMismatch.selector,
            hexOf(reason)
        );
    }

    function testFuzz_coordinates_beyond_the_modulus_are_refused(uint256 index, uint8 times) public {
        Vector memory v = load("dense");
        // All words of points but the weights', which the commitment covers.
        uint256 offset = KeyFormat.TAU + 32 * (index % ((KeyFormat.WEIGHT_ROWS - KeyFormat.TAU) / 32));
        addToWord(v.key, offset, (1 + times % 4) * P);
        refuseAny(v, IModelRegistry.KeyPoint.selector);
    }

    function testFuzz_junk_is_refused_with_a_reason(bytes calldata junk) public {
        (bool accepted, bytes memory reason) = address(registry).call{gas: GAS}(bytes.concat(IModelRegistry.register.selector, junk));
        require(!accepted && reason.length >= 4);
    }

    function test_names_have_limits() public {
        Vector memory v = load("dense");
        refuse("", v, abi.encodeWithSelector(IModelRegistry.NameLength.selector, 0));
        refuse(string(new bytes(65)), v, abi.encodeWithSelector(IModelRegistry.NameLength.selector, 65));
        register(string(new bytes(64)), v);
    }

    function test_metadata_must_be_those_of_the_key() public {
        Vector memory v = load("dense");
        v.metadata = bytes.concat(v.metadata, hex"00");
        refuse("model", v, abi.encodePacked(IModelRegistry.MetadataMismatch.selector));
    }

    function testFuzz_the_commitment_covers_circuit_metadata_and_weights(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        index %= 96 + v.key.length - KeyFormat.WEIGHT_ROWS;
        if (index >= 96) index += KeyFormat.WEIGHT_ROWS - 96;
        v.key[index] = bytes1(uint8(v.key[index]) ^ change);
        (bool accepted, bytes memory reason) = attempt("model", v);
        bytes4 expected = index >= 32 && index < 64 ? IModelRegistry.MetadataMismatch.selector : IModelRegistry.CommitmentMismatch.selector;
        assertReason(accepted, reason, expected);
    }

    function test_points_must_be_in_their_groups() public {
        for (uint256 offset = KeyFormat.TAU; offset < KeyFormat.WEIGHT_ROWS; offset += 32) {
            Vector memory v = load("dense");
            addToWord(v.key, offset, 1);
            refuseAny(v, IModelRegistry.KeyPoint.selector);
            v = load("dense");
            addToWord(v.key, offset, P);
            refuseAny(v, IModelRegistry.KeyPoint.selector);
        }
    }

    function test_points_at_infinity_are_refused() public {
        uint256[6] memory offsets = [
            KeyFormat.ALPHA, KeyFormat.TAU, KeyFormat.BETA, KeyFormat.DELTA, KeyFormat.SIGNAL_POINTS + 64, KeyFormat.SIGNAL_POINTS + 128
        ];
        for (uint256 i = 0; i < offsets.length; i++) {
            Vector memory v = load("dense");
            clear(v.key, offsets[i], i > 0 && i < 4 ? 128 : 64);
            refuse("model", v, abi.encodeWithSelector(IModelRegistry.KeyPoint.selector, offsets[i]));
        }
        // The constant's point may be infinity by coincidence.
        Vector memory constant_ = load("dense");
        clear(constant_.key, KeyFormat.SIGNAL_POINTS, 64);
        register("model", constant_);
    }

    function test_points_of_the_twist_outside_of_the_subgroup_are_refused() public {
        // x = 1 + i·k for the least k with a square on the curve's right side would do; this one is the point that C# puts in place of B.
        bytes memory outside = vm.readFileBinary("artifacts/vectors/outside-of-subgroup");
        require(outside.length == 128);
        uint256[3] memory offsets = [KeyFormat.TAU, KeyFormat.BETA, KeyFormat.DELTA];
        for (uint256 k = 0; k < offsets.length; k++) {
            Vector memory v = load("dense");
            for (uint256 i = 0; i < 128; i++) {
                v.key[offsets[k] + i] = outside[i];
            }
            refuse("model", v, abi.encodeWithSelector(IModelRegistry.KeyPoint.selector, offsets[k]));
        }
    }

    function test_keys_without_a_contribution_are_refused() public {
        Vector memory v = load("dense");
        bytes memory generator = abi.encode(
            0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2,
            0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed,
            0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b,
            0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa
        );
        for (uint256 i = 0; i < 128; i++) {
            v.key[KeyFormat.DELTA + i] = generator[i];
        }
        refuse("model", v, abi.encodePacked(IModelRegistry.KeyWithoutContribution.selector));
    }

    function testFuzz_layouts_out_of_range_are_refused(uint256 shape) public {
        Vector memory v = load("dense");
        bytes memory key = v.key;
        shape = (shape >> 8) | (1 << 248);
        assembly ("memory-safe") {
            mstore(add(key, 0xa0), shape)
        }
        refuse("model", v, abi.encodePacked(IModelRegistry.KeyMalformed.selector));
    }

    function test_versions_of_the_format_and_lengths_are_checked() public {
        Vector memory v = load("dense");
        v.key[KeyFormat.SHAPE] = 0x02;
        refuse("model", v, abi.encodeWithSelector(IModelRegistry.KeyVersion.selector, 2));
        v = load("dense");
        v.key = bytes.concat(v.key, new bytes(64));
        refuse("model", v, abi.encodePacked(IModelRegistry.KeyMalformed.selector));
        v.key = hex"";
        refuse("model", v, abi.encodePacked(IModelRegistry.KeyMalformed.selector));
    }

    function register(string memory name, Vector memory v) private returns (bytes32 id) {
        (id,) = registry.register(name, v.key, v.metadata);
    }

    function requireInsecure(bytes32 id) private {
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.SetupInsecure.selector, id));
        registry.requireSecure(id);
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.SetupInsecure.selector, id));
        registry.secureKey(id);
        require(registry.key(id) != address(0));
    }

    function attempt(string memory name, Vector memory v) private returns (bool accepted, bytes memory reason) {
        return address(registry).call{gas: GAS}(abi.encodeCall(IModelRegistry.register, (name, v.key, v.metadata)));
    }

    function refuse(string memory name, Vector memory v, bytes memory expected) private {
        (bool accepted, bytes memory reason) = attempt(name, v);
        require(!accepted && keccak256(reason) == keccak256(expected), hexOf(reason));
    }

    function refuseAny(Vector memory v, bytes4 expected) private {
        (bool accepted, bytes memory reason) = attempt("model", v);
        assertReason(accepted, reason, expected);
    }

    /// @dev The name of the setup of the key's [tau]G2.
    function nameSetup(bytes memory key, uint256 mark) private pure {
        bytes memory tau = new bytes(128);
        for (uint256 i = 0; i < 128; i++) {
            tau[i] = key[KeyFormat.TAU + i];
        }
        bytes32 name = keccak256(abi.encodePacked(keccak256("VerifiableML/1/setup"), mark, tau));
        assembly ("memory-safe") {
            mstore(add(key, 0x80), name)
        }
    }

    function wordOf(bytes memory key, uint256 offset) private pure returns (bytes32 value) {
        assembly ("memory-safe") {
            value := mload(add(add(key, 0x20), offset))
        }
    }

    function setPoint(bytes memory key, uint256 offset, uint256 x, uint256 y) private pure {
        assembly ("memory-safe") {
            mstore(add(add(key, 0x20), offset), x)
            mstore(add(add(key, 0x40), offset), y)
        }
    }

    function addToWord(bytes memory key, uint256 offset, uint256 change) private pure {
        assembly ("memory-safe") {
            let place_ := add(add(key, 0x20), offset)
            mstore(place_, add(mload(place_), change))
        }
    }

    function copy(bytes memory key, uint256 from, uint256 to, uint256 size) private pure {
        for (uint256 i = 0; i < size; i++) {
            key[to + i] = key[from + i];
        }
    }

    function clear(bytes memory key, uint256 offset, uint256 size) private pure {
        for (uint256 i = 0; i < size; i++) {
            key[offset + i] = 0;
        }
    }
}
