// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";

/// @notice The word of a key that says how its proofs are laid out. Fields from the most significant byte down: version, witness rows, bits of the witness row,
/// bits of the weight row, visibility of input and output, bytes of a value of input and output, number of values of input and output (4 bytes each), first
/// row and number of rows of the committed input and output, whether the setup is insecure; then zeros.
type Shape is uint256;

using KeyFormat for Shape global;

/// @title A model's key as the code of an account
/// @dev 32-byte words behind one zero byte, which no call can execute: 0 circuit digest, 1 hash of the metadata, 2 model commitment, 3 setup, 4 shape,
/// 5 [tau]G2, 9 alpha, 11 beta, 15 delta, 19 the three points of the signals, 25 the rows of the weights. Code costs less to read than storage, and nobody can change it.
library KeyFormat {
    uint256 internal constant CIRCUIT_DIGEST = 0;
    uint256 internal constant METADATA_HASH = 0x20;
    uint256 internal constant MODEL_COMMITMENT = 0x40;
    uint256 internal constant SETUP = 0x60;
    uint256 internal constant SHAPE = 0x80;
    uint256 internal constant TAU = 0xa0;
    uint256 internal constant ALPHA = 0x120;
    uint256 internal constant BETA = 0x160;
    uint256 internal constant DELTA = 0x1e0;
    uint256 internal constant SIGNAL_POINTS = 0x260;
    uint256 internal constant WEIGHT_ROWS = 0x320;

    uint256 internal constant PUBLIC = 0;
    uint256 internal constant COMMITTED = 1;
    uint256 internal constant PRIVATE = 2;

    uint256 internal constant VERSION = 1;
    uint256 private constant MAXIMUM_ROW_BITS = 5;
    uint256 private constant MAXIMUM_COUNT = 1 << 24;

    /// @notice Copies a key to memory and checks that its fields fit each other.
    /// @return key Where it is.
    /// @return shape Its shape.
    function load(address account) internal view returns (uint256 key, Shape shape) {
        uint256 size;
        // Assembly: code of another account can be read in no other way without a copy.
        assembly ("memory-safe") {
            size := extcodesize(account)
            key := mload(0x40)
            mstore(0x40, add(key, and(add(size, 0x3f), not(0x1f))))
            // Past the zero byte; what lies beyond the code reads as zero.
            extcodecopy(account, key, 1, size)
            shape := mload(add(key, SHAPE))
        }
        if (size <= WEIGHT_ROWS || shape.version() != VERSION) revert IInferenceVerifier.KeyNotFound(account);
        if (!isConsistent(shape) || size != 1 + length(shape)) revert IInferenceVerifier.KeyMalformed();
    }

    /// @notice Whether the fields are in their ranges and fit each other.
    function isConsistent(Shape shape) internal pure returns (bool) {
        return shape.witnessRowBits() <= MAXIMUM_ROW_BITS && shape.weightRowBits() <= MAXIMUM_ROW_BITS && shape.witnessRows() != 0
            && shape.witnessRows() <= 1 << shape.witnessRowBits()
            && isConsistent(shape, shape.inputVisibility(), shape.inputWidth(), shape.inputCount(), shape.inputRowFirst(), shape.inputRowCount())
            && isConsistent(shape, shape.outputVisibility(), shape.outputWidth(), shape.outputCount(), shape.outputRowFirst(), shape.outputRowCount())
            && uint256(field(shape, 20, 1)) <= 1 && uint88(Shape.unwrap(shape)) == 0;
    }

    function isConsistent(Shape shape, uint256 visibility, uint256 width, uint256 count, uint256 first, uint256 rows) private pure returns (bool) {
        bool hasRows = visibility == COMMITTED ? rows != 0 && first + rows <= shape.witnessRows() : first + rows == 0;
        return visibility <= PRIVATE && (width == 1 || width == 2 || width == 4) && count != 0 && count <= MAXIMUM_COUNT && hasRows;
    }

    /// @notice Bytes of a key, without the zero byte before it.
    function length(Shape shape) internal pure returns (uint256) {
        return WEIGHT_ROWS + (64 << shape.weightRowBits());
    }

    function version(Shape shape) internal pure returns (uint256) {
        return field(shape, 0, 1);
    }

    function witnessRows(Shape shape) internal pure returns (uint256) {
        return field(shape, 1, 1);
    }

    function witnessRowBits(Shape shape) internal pure returns (uint256) {
        return field(shape, 2, 1);
    }

    function weightRowBits(Shape shape) internal pure returns (uint256) {
        return field(shape, 3, 1);
    }

    function inputVisibility(Shape shape) internal pure returns (uint256) {
        return field(shape, 4, 1);
    }

    function outputVisibility(Shape shape) internal pure returns (uint256) {
        return field(shape, 5, 1);
    }

    function inputWidth(Shape shape) internal pure returns (uint256) {
        return field(shape, 6, 1);
    }

    function outputWidth(Shape shape) internal pure returns (uint256) {
        return field(shape, 7, 1);
    }

    function inputCount(Shape shape) internal pure returns (uint256) {
        return field(shape, 8, 4);
    }

    function outputCount(Shape shape) internal pure returns (uint256) {
        return field(shape, 12, 4);
    }

    function inputRowFirst(Shape shape) internal pure returns (uint256) {
        return field(shape, 16, 1);
    }

    function inputRowCount(Shape shape) internal pure returns (uint256) {
        return field(shape, 17, 1);
    }

    function outputRowFirst(Shape shape) internal pure returns (uint256) {
        return field(shape, 18, 1);
    }

    function outputRowCount(Shape shape) internal pure returns (uint256) {
        return field(shape, 19, 1);
    }

    /// @notice Whether the key's owner says that anyone can forge proofs under it.
    function isInsecure(Shape shape) internal pure returns (bool) {
        return field(shape, 20, 1) != 0;
    }

    function field(Shape shape, uint256 firstByte, uint256 bytesCount) private pure returns (uint256) {
        unchecked {
            return (Shape.unwrap(shape) << (8 * firstByte)) >> (256 - 8 * bytesCount);
        }
    }
}
