// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFeatureFeed} from "./IFeatureFeed.sol";

/// @title A feed with one reporter
/// @notice The simplest feed that a guard can read. Who uses it trusts the reporter about the market, and nobody about the model.
contract FeatureFeed is IFeatureFeed {
    /// @notice Only the reporter reports.
    error NotReporter(address caller);
    /// @notice A price is not zero, and at most 128 bits.
    error PriceOutOfRange(uint256 price);
    /// @notice A report has 1 to 1024 features.
    error FeatureCount(uint256 actual);

    event Reported(bytes features, uint256 price);

    uint256 private constant MOST_FEATURES = 1024;

    address public immutable reporter;

    bytes private features;
    // One word of storage for both.
    uint128 private price;
    uint64 private updatedAt;

    constructor(address reporter_) {
        reporter = reporter_;
    }

    /// @notice Replaces the features and the price.
    function report(bytes calldata features_, uint256 price_) external {
        if (msg.sender != reporter) revert NotReporter(msg.sender);
        if (price_ == 0 || price_ > type(uint128).max) revert PriceOutOfRange(price_);
        if (features_.length == 0 || features_.length > MOST_FEATURES) revert FeatureCount(features_.length);
        (features, price, updatedAt) = (features_, uint128(price_), uint64(block.timestamp));
        emit Reported(features_, price_);
    }

    /// @inheritdoc IFeatureFeed
    function latest() external view returns (bytes memory, uint256, uint256) {
        return (features, price, updatedAt);
    }
}
