// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ModelRegistry} from "../src/ModelRegistry.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice Registers models under any names for any owners, and remembers what was there right after.
contract Registrar is VectorTest {
    ModelRegistry public immutable registry;

    bytes32[] private ids;
    mapping(bytes32 id => address) public keyOf;
    mapping(bytes32 id => bytes32) public contentOf;

    constructor(ModelRegistry registry_) {
        registry = registry_;
    }

    function register(uint8 owner, uint8 name, bool other) external {
        Vector memory v = load(other ? "retrained" : "dense");
        string[4] memory names = ["a", "b", "c", "d"];
        address caller = address(uint160(1000 + owner % 3));
        uint256 before = registry.versions(caller, names[name % 4]);
        vm.prank(caller);
        (bytes32 id, uint256 version) = registry.register(names[name % 4], v.key, v.metadata);
        require(version == before + 1 && registry.versions(caller, names[name % 4]) == version, "versions count by one");
        require(keyOf[id] == address(0), "an id was given twice");
        ids.push(id);
        keyOf[id] = registry.key(id);
        contentOf[id] = keccak256(abi.encodePacked(bytes1(0), v.key));
        require(keyOf[id].codehash == contentOf[id], "the key is not what was registered");
    }

    function count() external view returns (uint256) {
        return ids.length;
    }

    function idAt(uint256 index) external view returns (bytes32) {
        return ids[index];
    }
}

/// @notice Whatever is registered later, an entry stays what it was.
contract RegistryInvariantTest {
    Registrar private registrar = new Registrar(new ModelRegistry());

    /// @dev What forge calls at random between the checks.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(registrar);
    }

    function invariant_entries_never_change() public view {
        for (uint256 i = 0; i < registrar.count(); i++) {
            bytes32 id = registrar.idAt(i);
            address key = registrar.registry().key(id);
            require(key == registrar.keyOf(id) && key.codehash == registrar.contentOf(id), "an entry changed");
        }
    }
}
