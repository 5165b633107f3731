// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {CodeStorage} from "../libraries/CodeStorage.sol";
import {KeyFormat, Shape} from "../libraries/KeyFormat.sol";
import {ModelMetadata} from "../libraries/ModelMetadata.sol";
import {IFeatureFeed} from "./IFeatureFeed.sol";

/// @notice What is used of the lent asset.
interface IAsset {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @title Loans that are granted while a model says that liquidation is unlikely
/// @notice The borrower brings the model's output and a proof. Nothing else of theirs is believed: features and price are read from the feed, the request is theirs alone, and
/// each nonce serves once. A proof of earlier features is refused as soon as the feed has others.
contract LendingGuard {
    error ModelUnsuitable();
    error FeaturesStale(uint256 updatedAt);
    error RiskTooGreat(int256 risk, int256 greatest);
    error CollateralTooSmall(uint256 debt, uint256 limit);
    error DebtOutstanding(uint256 debt);
    error TransferFailed();

    event Borrowed(address indexed borrower, uint256 amount, int256 risk);
    event Repaid(address indexed borrower, uint256 amount);

    uint256 public constant GREATEST_AGE = 1 hours;
    uint256 private constant WAD = 1e18;

    IInferenceVerifier public immutable verifier;
    IFeatureFeed public immutable feed;
    IAsset public immutable asset;
    address public immutable key;

    /// @notice Real value of one step of the model's output; 18 decimals.
    uint256 public immutable outputScale;
    /// @notice Loans are granted up to this risk; 18 decimals.
    int256 public immutable greatestRisk;
    /// @notice Part of the collateral's value that can be borrowed; 18 decimals.
    uint256 public immutable loanToValue;

    mapping(address borrower => uint256) public collateral;
    mapping(address borrower => uint256) public debt;
    /// @notice The nonce that a borrower's next proof has to be made for.
    mapping(address borrower => uint256) public nonces;

    /// @param registry Where the model is registered.
    /// @param modelId The model: one public value out, its input in the feed's form.
    /// @param acceptsInsecureSetup True only for development: then anyone can forge proofs.
    constructor(
        IInferenceVerifier verifier_,
        IModelRegistry registry,
        bytes32 modelId,
        IFeatureFeed feed_,
        IAsset asset_,
        int256 greatestRisk_,
        uint256 loanToValue_,
        bool acceptsInsecureSetup
    ) {
        (verifier, feed, asset, greatestRisk, loanToValue) = (verifier_, feed_, asset_, greatestRisk_, loanToValue_);
        key = acceptsInsecureSetup ? registry.key(modelId) : registry.secureKey(modelId);
        outputScale = ModelMetadata.outputScale(CodeStorage.read(registry.metadata(modelId)));
        (, Shape shape) = KeyFormat.load(key);
        bool isPublic = shape.inputVisibility() == KeyFormat.PUBLIC && shape.outputVisibility() == KeyFormat.PUBLIC;
        if (!isPublic || shape.outputCount() != 1) revert ModelUnsuitable();
    }

    /// @notice Adds to the caller's collateral.
    function deposit() external payable {
        collateral[msg.sender] += msg.value;
    }

    /// @notice Lends to the caller, if the model's output for the feed's features shows no greater risk than allowed.
    /// @param output The model's output, as proven.
    /// @param proof Made for this contract, the caller and their next nonce.
    function borrow(uint256 amount, bytes calldata output, bytes calldata proof) external {
        (bytes memory features, uint256 price, uint256 updatedAt) = feed.latest();
        // A report from the future is none; a subtraction of it would revert without a name.
        if (updatedAt > block.timestamp || block.timestamp - updatedAt > GREATEST_AGE) revert FeaturesStale(updatedAt);
        verifier.verify(key, msg.sender, nonces[msg.sender]++, features, output, proof);

        int256 risk = toInteger(output) * int256(outputScale);
        if (risk > greatestRisk) revert RiskTooGreat(risk, greatestRisk);
        uint256 owed = debt[msg.sender] + amount;
        uint256 limit = collateral[msg.sender] * price / WAD * loanToValue / WAD;
        if (owed > limit) revert CollateralTooSmall(owed, limit);
        debt[msg.sender] = owed;
        emit Borrowed(msg.sender, amount, risk);
        if (!asset.transfer(msg.sender, amount)) revert TransferFailed();
    }

    /// @notice Pays back a part of the caller's debt.
    function repay(uint256 amount) external {
        debt[msg.sender] -= amount;
        emit Repaid(msg.sender, amount);
        if (!asset.transferFrom(msg.sender, address(this), amount)) revert TransferFailed();
    }

    /// @notice Takes back collateral once nothing is owed.
    function withdraw(uint256 amount) external {
        if (debt[msg.sender] != 0) revert DebtOutstanding(debt[msg.sender]);
        collateral[msg.sender] -= amount;
        (bool sent,) = msg.sender.call{value: amount}("");
        if (!sent) revert TransferFailed();
    }

    /// @dev The verifier has checked that there is one value, of 1, 2 or 4 bytes. An arithmetic shift extends its sign.
    function toInteger(bytes calldata value) private pure returns (int256) {
        return int256(uint256(bytes32(value))) >> (256 - 8 * value.length);
    }
}
