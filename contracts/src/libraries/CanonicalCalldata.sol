// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";

/// @title One call, one encoding
/// @dev The compiler's decoder accepts overlapping or far-away arguments and any padding, and reverts without a name where it refuses. Whoever hashes or logs calldata should not meet two
/// encodings of one call, and whoever is refused should read why.
library CanonicalCalldata {
    uint256 private constant HEAD = 6 * 32;

    /// @notice The arguments of `IInferenceVerifier.verify`. Reverts unless this call's data are the encoding of two accounts, a number and three byte strings that other encoders
    /// make too: one string behind the other in their order, padded with zeros, and nothing after them.
    function read()
        internal
        pure
        returns (
            address key,
            address requester,
            uint256 nonce,
            bytes calldata input,
            bytes calldata output,
            bytes calldata proof
        )
    {
        uint256 wrong;
        uint256 end;
        // Assembly: calldata by its bytes. Accounts have 160 bits.
        assembly ("memory-safe") {
            key := calldataload(0x04)
            requester := calldataload(0x24)
            nonce := calldataload(0x44)
            wrong := or(shr(160, key), shr(160, requester))
        }
        (input, end, wrong) = next(0x64, HEAD, wrong);
        (output, end, wrong) = next(0x84, end, wrong);
        (proof, end, wrong) = next(0xa4, end, wrong);
        // Wrong lengths have been read as zeros behind the data, and do not fit either.
        if (wrong | ((end + 4) ^ msg.data.length) != 0) revert IInferenceVerifier.CalldataNotCanonical();
    }

    /// @param place Where the offset of the byte string stands.
    /// @param start What it must be: where its length stands, counted from behind the selector.
    /// @return item The byte string.
    /// @return end What the next offset must be.
    /// @return wrong Not zero if anything so far was wrong.
    function next(uint256 place, uint256 start, uint256 wrongBefore) private pure returns (bytes calldata item, uint256 end, uint256 wrong) {
        // Assembly: as above. Lengths beyond calldata's are taken for zero and noted, so that no sum overflows.
        assembly ("memory-safe") {
            let length := calldataload(add(start, 0x04))
            let tooLong := gt(length, calldatasize())
            length := mul(length, iszero(tooLong))
            item.offset := add(start, 0x24)
            item.length := length
            let used := and(length, 0x1f)
            let padding := shl(mul(8, used), calldataload(add(item.offset, sub(length, used))))
            wrong := or(or(wrongBefore, tooLong), or(xor(calldataload(place), start), mul(padding, iszero(iszero(used)))))
            end := add(add(start, 0x20), and(add(length, 0x1f), not(0x1f)))
        }
    }
}
