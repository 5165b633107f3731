// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILendingGuard} from "./ILendingGuard.sol";

/// @notice What is used of the lent asset (ERC-20).
interface IAsset {
    function decimals() external view returns (uint8);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @title Transfers that either happen or revert with a name
/// @dev Some assets return nothing where the standard says true; some return false where others revert. An account without code is no asset.
library Asset {
    function send(IAsset asset, address to, uint256 amount) internal {
        call(asset, abi.encodeCall(IAsset.transfer, (to, amount)));
    }

    function take(IAsset asset, address from, uint256 amount) internal {
        call(asset, abi.encodeCall(IAsset.transferFrom, (from, address(this), amount)));
    }

    function call(IAsset asset, bytes memory data) private {
        (bool done, bytes memory returned) = address(asset).call(data);
        bool agrees = returned.length == 0 ? address(asset).code.length != 0 : returned.length >= 32 && uint256(bytes32(returned)) == 1;
        if (!done || !agrees) revert ILendingGuard.TransferFailed();
    }
}
