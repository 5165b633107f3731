// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bn254, R} from "./Bn254.sol";

/// @title Commitments to the rows of a matrix, folded at a point
library RowFolding {
    /// @notice Adds `scale * sum of eq(point, i) * row_i` to a sum of points.
    /// @param sum See `Bn254.addMultiple`.
    /// @param rows Memory of the rows.
    /// @param count Number of rows, at most `2^bits`; those after them are zero.
    /// @param point Memory of the coordinates; the first one belongs to the most significant bit of i.
    /// @param bits Number of coordinates.
    function addFolded(uint256 sum, uint256 rows, uint256 count, uint256 point, uint256 bits, uint256 scale) internal view {
        uint256 table = equalities(point, bits, scale);
        unchecked {
            for (uint256 i = 0; i < count; i++) {
                uint256 weight;
                // Assembly: reads of memory at a computed place.
                assembly ("memory-safe") {
                    weight := mload(add(table, shl(5, i)))
                }
                Bn254.addMultiple(sum, rows + i * Bn254.G1_BYTES, weight);
            }
        }
    }

    /// @notice Memory of `scale * eq(point, i)` for all `i < 2^bits`.
    function equalities(uint256 point, uint256 bits, uint256 scale) private pure returns (uint256 table) {
        // Assembly: in-place doubling of a table; from its end, so that no entry is overwritten before it is read.
        assembly ("memory-safe") {
            table := mload(0x40)
            mstore(0x40, add(table, shl(add(bits, 5), 1)))
            mstore(table, scale)
            for { let j := 0 } lt(j, bits) { j := add(j, 1) } {
                let coordinate := mload(add(point, shl(5, j)))
                for { let i := shl(j, 1) } i {} {
                    i := sub(i, 1)
                    let entry := mload(add(table, shl(5, i)))
                    let upper := mulmod(entry, coordinate, R)
                    let pair := add(table, shl(6, i))
                    mstore(pair, addmod(entry, sub(R, upper), R))
                    mstore(add(pair, 0x20), upper)
                }
            }
        }
    }
}
