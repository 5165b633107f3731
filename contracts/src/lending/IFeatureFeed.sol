// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What the market looks like: features of a model, and a price
/// @dev Both come from one report, so that no one can combine an old price with new features.
interface IFeatureFeed {
    /// @notice The newest features and price.
    /// @return features Of the market, quantized: one byte each in two's complement, in the model's order.
    /// @return price Units of the lent asset for one unit of collateral, with 18 decimals.
    /// @return updatedAt Time of the report in seconds; zero if there was none.
    function latest() external view returns (bytes memory features, uint256 price, uint256 updatedAt);
}
