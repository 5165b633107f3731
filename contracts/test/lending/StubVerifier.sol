// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../../src/interfaces/IInferenceVerifier.sol";

/// @notice Accepts everything: for tests of what a guard does beside verifying, with any amounts.
contract StubVerifier is IInferenceVerifier {
    function verify(address, address, uint256, bytes calldata, bytes calldata, bytes calldata) external view {}
}
