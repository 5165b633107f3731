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
        // Assembly: some 26 gas a value. A sum needs no reduction before the next product, which reduces anyhow: it stays below 2^255. The last word comes first; past its
        // end it is zero, which leaves the sum at zero.
        assembly ("memory-safe") {
            function lowerBytes(before, z_, w) -> sum_ {
                sum_ := before
                sum_ := add(mulmod(sum_, z_, R), byte(31, w))
                sum_ := add(mulmod(sum_, z_, R), byte(30, w))
                sum_ := add(mulmod(sum_, z_, R), byte(29, w))
                sum_ := add(mulmod(sum_, z_, R), byte(28, w))
                sum_ := add(mulmod(sum_, z_, R), byte(27, w))
                sum_ := add(mulmod(sum_, z_, R), byte(26, w))
                sum_ := add(mulmod(sum_, z_, R), byte(25, w))
                sum_ := add(mulmod(sum_, z_, R), byte(24, w))
                sum_ := add(mulmod(sum_, z_, R), byte(23, w))
                sum_ := add(mulmod(sum_, z_, R), byte(22, w))
                sum_ := add(mulmod(sum_, z_, R), byte(21, w))
                sum_ := add(mulmod(sum_, z_, R), byte(20, w))
                sum_ := add(mulmod(sum_, z_, R), byte(19, w))
                sum_ := add(mulmod(sum_, z_, R), byte(18, w))
                sum_ := add(mulmod(sum_, z_, R), byte(17, w))
                sum_ := add(mulmod(sum_, z_, R), byte(16, w))
            }
            function upperBytes(before, z_, w) -> sum_ {
                sum_ := before
                sum_ := add(mulmod(sum_, z_, R), byte(15, w))
                sum_ := add(mulmod(sum_, z_, R), byte(14, w))
                sum_ := add(mulmod(sum_, z_, R), byte(13, w))
                sum_ := add(mulmod(sum_, z_, R), byte(12, w))
                sum_ := add(mulmod(sum_, z_, R), byte(11, w))
                sum_ := add(mulmod(sum_, z_, R), byte(10, w))
                sum_ := add(mulmod(sum_, z_, R), byte(9, w))
                sum_ := add(mulmod(sum_, z_, R), byte(8, w))
                sum_ := add(mulmod(sum_, z_, R), byte(7, w))
                sum_ := add(mulmod(sum_, z_, R), byte(6, w))
                sum_ := add(mulmod(sum_, z_, R), byte(5, w))
                sum_ := add(mulmod(sum_, z_, R), byte(4, w))
                sum_ := add(mulmod(sum_, z_, R), byte(3, w))
                sum_ := add(mulmod(sum_, z_, R), byte(2, w))
                sum_ := add(mulmod(sum_, z_, R), byte(1, w))
                sum_ := add(mulmod(sum_, z_, R), byte(0, w))
            }
            let tail := and(values.length, 0x1f)
            let position := add(values.offset, sub(values.length, tail))
            let w := and(xor(calldataload(position), signs), not(shr(mul(8, tail), not(0))))
            let used := tail
            for {} 1 {} {
                switch width
                case 1 {
                    if gt(used, 16) { sum := lowerBytes(sum, z, w) }
                    if used { sum := upperBytes(sum, z, w) }
                }
                default {
                    let mask := sub(shl(bits, 1), 1)
                    for { let shift := sub(256, mul(8, used)) } lt(shift, 256) { shift := add(shift, bits) } {
                        sum := add(mulmod(sum, z, R), and(shr(shift, w), mask))
                    }
                }
                if eq(position, values.offset) { break }
                position := sub(position, 0x20)
                w := xor(calldataload(position), signs)
                used := 32
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
