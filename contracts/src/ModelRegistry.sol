// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IModelRegistry} from "./interfaces/IModelRegistry.sol";
import {CodeStorage} from "./libraries/CodeStorage.sol";
import {KeyCheck} from "./libraries/KeyCheck.sol";
import {KeyFormat, Shape} from "./libraries/KeyFormat.sol";

/// @title Registry of models
/// @notice No owner, no upgrade, no way to change or remove an entry: nobody can swap a model under its users.
contract ModelRegistry is IModelRegistry {
    uint256 private constant LONGEST_NAME = 64;

    struct Entry {
        address key;
        bool isInsecure;
        address metadata;
    }

    mapping(bytes32 modelId => Entry) private entries;
    mapping(address owner => mapping(bytes32 nameHash => uint256)) private counts;

    /// @inheritdoc IModelRegistry
    function register(string calldata name, bytes calldata key_, bytes calldata metadata_)
        external
        returns (bytes32 modelId, uint256 version)
    {
        if (bytes(name).length == 0 || bytes(name).length > LONGEST_NAME) revert NameLength(bytes(name).length);
        bytes memory words = key_;
        Shape shape = KeyCheck.checkFields(words);
        if (keccak256(metadata_) != bytes32(key_[KeyFormat.METADATA_HASH:KeyFormat.METADATA_HASH + 32])) revert MetadataMismatch();
        bytes32 commitment = KeyCheck.checkCommitment(words);
        KeyCheck.checkPoints(words);
        KeyCheck.checkSetup(words);

        version = ++counts[msg.sender][keccak256(bytes(name))];
        modelId = identity(msg.sender, name, version);
        Entry memory entry = Entry(CodeStorage.write(words), KeyCheck.isInsecure(words, shape), CodeStorage.write(metadata_));
        if (entry.key == address(0) || entry.metadata == address(0)) revert StorageFailed();
        entries[modelId] = entry;
        emit ModelRegistered(modelId, msg.sender, name, version, commitment, entry.key, entry.metadata, entry.isInsecure);
    }

    /// @inheritdoc IModelRegistry
    function key(bytes32 modelId) external view returns (address) {
        return known(modelId).key;
    }

    /// @inheritdoc IModelRegistry
    function secureKey(bytes32 modelId) external view returns (address) {
        return secure(modelId).key;
    }

    /// @inheritdoc IModelRegistry
    function requireSecure(bytes32 modelId) external view {
        secure(modelId);
    }

    /// @inheritdoc IModelRegistry
    function metadata(bytes32 modelId) external view returns (address) {
        return known(modelId).metadata;
    }

    /// @inheritdoc IModelRegistry
    function modelIdOf(address owner, string calldata name, uint256 version) external pure returns (bytes32) {
        return identity(owner, name, version);
    }

    /// @inheritdoc IModelRegistry
    function versions(address owner, string calldata name) external view returns (uint256) {
        return counts[owner][keccak256(bytes(name))];
    }

    function identity(address owner, string calldata name, uint256 version) private pure returns (bytes32) {
        return keccak256(abi.encode(owner, keccak256(bytes(name)), version));
    }

    function known(bytes32 modelId) private view returns (Entry storage entry) {
        entry = entries[modelId];
        if (entry.key == address(0)) revert ModelUnknown(modelId);
    }

    function secure(bytes32 modelId) private view returns (Entry storage entry) {
        entry = known(modelId);
        if (entry.isInsecure) revert SetupInsecure(modelId);
    }
}
