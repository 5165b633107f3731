// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Bytes as the code of an account
/// @dev Reading code costs 2,600 gas and 3 a word, where storage costs 2,100 a word; and code cannot be changed. The zero byte in front is an instruction that stops, so
/// that nobody can run the bytes, nor destroy the account with them.
library CodeStorage {
    /// @notice Stores bytes.
    /// @return account Where they are; zero if the account could not be made.
    function write(bytes memory data) internal returns (address account) {
        // The constructor returns what follows it: codesize - 11 bytes from 11 on.
        bytes memory constructor_ = bytes.concat(hex"600b380380600b5f395ff3", hex"00", data);
        // Assembly: there is no other way to create an account from bytes.
        assembly ("memory-safe") {
            account := create(0, add(constructor_, 0x20), mload(constructor_))
        }
    }

    /// @notice The bytes of an account that `write` made.
    function read(address account) internal view returns (bytes memory data) {
        // Assembly: the language reads code of other accounts from their first byte only.
        assembly ("memory-safe") {
            data := mload(0x40)
            let size := extcodesize(account)
            size := sub(size, gt(size, 0))
            mstore(data, size)
            extcodecopy(account, add(data, 0x20), 1, size)
            mstore(0x40, and(add(add(data, size), 0x3f), not(0x1f)))
        }
    }
}
