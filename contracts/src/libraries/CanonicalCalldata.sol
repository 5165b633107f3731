// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";

/// @title One call, one encoding
/// @dev Decoders accept overlapping or far-away arguments and any padding. Whoever hashes or logs calldata should not meet two encodings of one call.
library CanonicalCalldata {
    /// @notice Reverts unless three byte strings, behind three words, are the last arguments of this call and nothing follows them.
    function check(bytes calldata first, bytes calldata second, bytes calldata third) internal pure {
        uint256 expected = 4 + 6 * 32;
        uint256 wrong;
        (expected, wrong) = next(first, expected, wrong);
        (expected, wrong) = next(second, expected, wrong);
        (expected, wrong) = next(third, expected, wrong);
        if (wrong | (expected ^ msg.data.length) != 0) revert IInferenceVerifier.CalldataNotCanonical();
    }

    /// @return end Where the next argument's length must be.
    /// @return wrong Not zero if anything so far was wrong.
    function next(bytes calldata item, uint256 start, uint256 wrongBefore) private pure returns (uint256 end, uint256 wrong) {
        // Assembly: offsets in calldata and padding are out of the language's reach. Lengths are below calldata's: no sum overflows.
        assembly ("memory-safe") {
            let used := and(item.length, 0x1f)
            let padding := shl(mul(8, used), calldataload(add(item.offset, sub(item.length, used))))
            wrong := or(or(wrongBefore, xor(item.offset, add(start, 0x20))), mul(padding, iszero(iszero(used))))
            end := add(add(start, 0x20), and(add(item.length, 0x1f), not(0x1f)))
        }
    }
}
