// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../../src/interfaces/IInferenceVerifier.sol";

/// @notice How a consumer checks a proof and lives on if it is refused: see the README.
contract PatientConsumer {
    /// @notice The caller gave too little gas for a verdict.
    error GasTooLittle(uint256 needed);

    /// @notice What a verification may cost. More than any model of this consumer takes; a precompile that meets a point off the curve burns all of it.
    uint256 public constant VERIFICATION = 500_000;

    IInferenceVerifier private immutable verifier;

    constructor(IInferenceVerifier verifier_) {
        verifier = verifier_;
    }

    /// @notice Whether a proof is right. Reverts where that cannot be told.
    function isRight(address key, uint256 nonce, bytes calldata input, bytes calldata output, bytes calldata proof) external view returns (bool) {
        // A call gets at most 63/64 of what is left. Without this check whoever sends too little gas makes a right proof look wrong.
        if (gasleft() < VERIFICATION * 64 / 63 + 20_000) revert GasTooLittle(VERIFICATION * 64 / 63 + 20_000);
        try verifier.verify{gas: VERIFICATION}(key, msg.sender, nonce, input, output, proof) {
            return true;
        } catch {
            return false;
        }
    }
}
