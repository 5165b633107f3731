// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Registry of models
/// @notice Anyone registers models under names of their own. An entry never changes: a new version is a new entry, and whoever uses the old one goes on
/// using it until they choose otherwise.
interface IModelRegistry {
    /// @notice A model was registered.
    /// @param modelId Hash of owner, name and version.
    /// @param key Account whose code is the key, as `IInferenceVerifier` wants it.
    /// @param metadata Account whose code, behind a zero byte, is the metadata: names and scales of the values, as the model commitment fixes them.
    event ModelRegistered(
        bytes32 indexed modelId, address indexed owner, string name, uint256 version, bytes32 modelCommitment, address key, address metadata, bool isInsecure
    );

    /// @notice There is no such model.
    error ModelUnknown(bytes32 modelId);
    /// @notice Whoever made the setup of this model, or anyone, can forge proofs.
    error SetupInsecure(bytes32 modelId);
    /// @notice A name has 1 to 64 bytes.
    error NameLength(uint256 actual);
    /// @notice The key's length is not what its fields say, or a field is out of its range.
    error KeyMalformed();
    /// @notice The key is of a version that this registry does not know.
    error KeyVersion(uint256 actual);
    /// @notice A point of the key is no point of its group, or infinity where that would switch off a part of the check; the offset is in bytes.
    error KeyPoint(uint256 offset);
    /// @notice Delta is the generator: nobody contributed to the key's setup, and everyone can turn one proof into others.
    error KeyWithoutContribution();
    /// @notice The name of the setup, which proofs are bound to, is not that of the key's [tau]G2.
    error SetupMismatch(bytes32 expected, bytes32 actual);
    /// @notice The metadata are not those whose hash the key holds.
    error MetadataMismatch();
    /// @notice The model commitment does not belong to the key's circuit, metadata and weights.
    error CommitmentMismatch(bytes32 expected, bytes32 actual);
    /// @notice The code of the key could not be stored.
    error StorageFailed();

    /// @notice Registers the next version of the caller's model of this name.
    /// @param name Any text of 1 to 64 bytes.
    /// @param key The words of `KeyFormat`.
    /// @param metadata The bytes whose hash the key holds.
    function register(string calldata name, bytes calldata key, bytes calldata metadata) external returns (bytes32 modelId, uint256 version);

    /// @notice The key of a model, secure or not.
    function key(bytes32 modelId) external view returns (address);

    /// @notice The key of a model whose setup is not known to be insecure: what a consumer should ask for.
    function secureKey(bytes32 modelId) external view returns (address);

    /// @notice Reverts if the model is unknown or its setup insecure.
    function requireSecure(bytes32 modelId) external view;

    /// @notice The account of a model's metadata.
    function metadata(bytes32 modelId) external view returns (address);

    /// @notice The identity of a version, registered or not.
    function modelIdOf(address owner, string calldata name, uint256 version) external pure returns (bytes32);

    /// @notice Number of versions of a model; they count from 1.
    function versions(address owner, string calldata name) external view returns (uint256);
}
