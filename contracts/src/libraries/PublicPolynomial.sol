// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {R} from "./Bn254.sol";

/// @title Packed integers as the polynomial whose coefficients they are
library PublicPolynomial {
    /// @notice `sum of value_i * z^i` modulo the group order.
    /// @dev Integers are made unsigned by adding half of their range, which costs an operation for 32 bytes and not one for each; what that adds
    /// to the polynomial is a geometric sum and is subtracted at the end. Horner's rule runs from the last value to the first.
    /// @param values Big-endian integers in two's complement, `width` bytes each.
    /// @param width 1, 2 or 4.
    function evaluate(bytes calldata values, uint256 width, uint256 z) internal pure returns (uint256 sum) {
        uint256 bits;
        uint256 half;
        unchecked {
            bits = 8 * width;
            half = 1 << (bits - 1);
        }
        // The sign bit of each value of a word.
        uint256 signs = half * (type(uint256).max / ((1 << bits) - 1));
        uint256 head = values.length & 0x1f;
        // Assembly: some 26 gas a value. A sum needs no reduction before the next product, which reduces anyhow: it stays below 2^255.
        assembly ("memory-safe") {
            let words := add(values.offset, head)
            for { let at := add(values.offset, values.length) } gt(at, words) {} {
                at := sub(at, 0x20)
                let w := xor(calldataload(at), signs)
                switch width
                case 1 {
                    sum := add(mulmod(sum, z, R), byte(31, w))
                    sum := add(mulmod(sum, z, R), byte(30, w))
                    sum := add(mulmod(sum, z, R), byte(29, w))
                    sum := add(mulmod(sum, z, R), byte(28, w))
                    sum := add(mulmod(sum, z, R), byte(27, w))
                    sum := add(mulmod(sum, z, R), byte(26, w))
                    sum := add(mulmod(sum, z, R), byte(25, w))
                    sum := add(mulmod(sum, z, R), byte(24, w))
                    sum := add(mulmod(sum, z, R), byte(23, w))
                    sum := add(mulmod(sum, z, R), byte(22, w))
                    sum := add(mulmod(sum, z, R), byte(21, w))
                    sum := add(mulmod(sum, z, R), byte(20, w))
                    sum := add(mulmod(sum, z, R), byte(19, w))
                    sum := add(mulmod(sum, z, R), byte(18, w))
                    sum := add(mulmod(sum, z, R), byte(17, w))
                    sum := add(mulmod(sum, z, R), byte(16, w))
                    sum := add(mulmod(sum, z, R), byte(15, w))
                    sum := add(mulmod(sum, z, R), byte(14, w))
                    sum := add(mulmod(sum, z, R), byte(13, w))
                    sum := add(mulmod(sum, z, R), byte(12, w))
                    sum := add(mulmod(sum, z, R), byte(11, w))
                    sum := add(mulmod(sum, z, R), byte(10, w))
                    sum := add(mulmod(sum, z, R), byte(9, w))
                    sum := add(mulmod(sum, z, R), byte(8, w))
                    sum := add(mulmod(sum, z, R), byte(7, w))
                    sum := add(mulmod(sum, z, R), byte(6, w))
                    sum := add(mulmod(sum, z, R), byte(5, w))
                    sum := add(mulmod(sum, z, R), byte(4, w))
                    sum := add(mulmod(sum, z, R), byte(3, w))
                    sum := add(mulmod(sum, z, R), byte(2, w))
                    sum := add(mulmod(sum, z, R), byte(1, w))
                    sum := add(mulmod(sum, z, R), byte(0, w))
                }
                default {
                    let mask := sub(shl(bits, 1), 1)
                    for { let shift := 0 } lt(shift, 256) { shift := add(shift, bits) } {
                        sum := add(mulmod(sum, z, R), and(shr(shift, w), mask))
                    }
                }
            }
            // The first values, which do not fill a word.
            if head {
                let w := shr(sub(256, mul(8, head)), xor(calldataload(values.offset), signs))
                let mask := sub(shl(bits, 1), 1)
                for { let shift := 0 } lt(shift, mul(8, head)) { shift := add(shift, bits) } {
                    sum := add(mulmod(sum, z, R), and(shr(shift, w), mask))
                }
            }
        }
        unchecked {
            sum = addmod(sum, R - mulmod(half, geometric(values.length / width, z), R), R);
        }
    }

    /// @notice `sum of z^i` for `i < count`: one step for each bit of the count, by S(2k) = S(k)(1 + z^k) and S(k + 1) = z S(k) + 1.
    function geometric(uint256 count, uint256 z) internal pure returns (uint256 sum) {
        // Assembly: no overflow checks in the loop; all values stay below 2^255.
        assembly ("memory-safe") {
            let power := 1
            let bit := 1
            for {} iszero(gt(bit, count)) { bit := shl(1, bit) } {}
            for { bit := shr(1, bit) } bit { bit := shr(1, bit) } {
                sum := mulmod(sum, add(power, 1), R)
                power := mulmod(power, power, R)
                if and(count, bit) {
                    sum := addmod(mulmod(sum, z, R), 1, R)
                    power := mulmod(power, z, R)
                }
            }
        }
    }
}
