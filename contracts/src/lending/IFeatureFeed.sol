// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What the market looks like, as the inputs of a model
interface IFeatureFeed {
    /// @notice The newest features and price.
    /// @return features The model's quantized input, packed as `IInferenceVerifier` takes it.
    /// @return price Units of the lent asset for one unit of collateral, with 18 decimals.
    /// @return updatedAt Time of the report in seconds; zero if there was none.
    function latest() external view returns (bytes memory features, uint256 price, uint256 updatedAt);
}
