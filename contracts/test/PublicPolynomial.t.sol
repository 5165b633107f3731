// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {R} from "../src/libraries/Bn254.sol";
import {PublicPolynomial} from "../src/libraries/PublicPolynomial.sol";

/// @notice The fast evaluation against one that is written as the formula is.
contract PublicPolynomialTest {
    function testFuzz_is_the_polynomial(bytes calldata values, uint256 z) public view {
        z %= R;
        for (uint256 width = 1; width <= 4; width *= 2) {
            bytes calldata whole = values[:values.length - values.length % width];
            require(this.evaluate(whole, width, z) == slow(whole, width, z));
        }
    }

    function test_edges() public view {
        for (uint256 length = 0; length <= 132; length += 4) {
            bytes memory values = new bytes(length);
            for (uint256 i = 0; i < length; i++) {
                values[i] = bytes1(uint8(uint256(keccak256(abi.encode(length, i)))));
            }
            for (uint256 width = 1; width <= 4; width *= 2) {
                this.compare(values, width, uint256(keccak256(abi.encode(length))) % R);
                this.compare(values, width, 0);
                this.compare(values, width, 1);
                this.compare(values, width, R - 1);
            }
        }
    }

    function test_geometric_sums() public pure {
        for (uint256 count = 0; count < 70; count++) {
            uint256 expected;
            for (uint256 i = 0; i < count; i++) {
                expected = addmod(mulmod(expected, 3, R), 1, R);
            }
            require(PublicPolynomial.geometric(count, 3) == expected);
            require(PublicPolynomial.geometric(count, 1) == count);
        }
    }

    function compare(bytes calldata values, uint256 width, uint256 z) external pure {
        require(PublicPolynomial.evaluate(values, width, z) == slow(values, width, z));
    }

    function evaluate(bytes calldata values, uint256 width, uint256 z) external pure returns (uint256) {
        return PublicPolynomial.evaluate(values, width, z);
    }

    function slow(bytes calldata values, uint256 width, uint256 z) private pure returns (uint256 sum) {
        uint256 power = 1;
        for (uint256 i = 0; i < values.length; i += width) {
            uint256 value = uint256(bytes32(values[i:i + width])) >> (256 - 8 * width);
            uint256 range = 1 << (8 * width);
            uint256 residue = value < range / 2 ? value : R - (range - value);
            sum = addmod(sum, mulmod(residue, power, R), R);
            power = mulmod(power, z, R);
        }
    }
}
