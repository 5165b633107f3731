// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";

/// @dev Modulus of the coordinates.
uint256 constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

/// @dev Order of the groups, modulus of the scalars. These are constants of the file, as assembly knows no others.
uint256 constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

/// @title The curve BN254 by precompiled contracts (EIP-196, EIP-197, EIP-1108)
/// @dev The precompiles check coordinates, curve and, in G2, subgroup. All available gas goes along: their prices differ between chains.
library Bn254 {
    uint256 internal constant G1_BYTES = 64;
    uint256 internal constant G2_BYTES = 128;
    uint256 internal constant PAIR_BYTES = 192;

    /// @notice Memory for a running sum: the sum, and room for the arguments of the precompiles.
    uint256 internal constant SUM_BYTES = 160;

    uint256 private constant ADD = 6;
    uint256 private constant MULTIPLY = 7;
    uint256 private constant PAIRING = 8;

    /// @notice Adds `scalar * point` to the sum.
    /// @param sum Memory of `SUM_BYTES`, whose first 64 bytes are the sum.
    /// @param point Memory of the point; 64 bytes.
    function addMultiple(uint256 sum, uint256 point, uint256 scalar) internal view {
        bool done;
        // Assembly: the product is written where the addition wants its second argument, so that nothing is copied between the two calls.
        assembly ("memory-safe") {
            let product := add(sum, 0x40)
            mcopy(product, point, 0x40)
            mstore(add(sum, 0x80), scalar)
            done := staticcall(gas(), MULTIPLY, product, 0x60, product, 0x40)
            done := and(staticcall(gas(), ADD, sum, 0x80, sum, 0x40), done)
        }
        if (!done) revert IInferenceVerifier.PointNotInGroup();
    }

    /// @notice Adds `scalar` times the generator to the sum.
    function addMultipleOfGenerator(uint256 sum, uint256 scalar) internal view {
        // Assembly: the generator goes to scratch space, which needs no allocation.
        assembly ("memory-safe") {
            mstore(0x00, 1)
            mstore(0x20, 2)
        }
        addMultiple(sum, 0x00, scalar);
    }

    /// @notice Writes `scalar * point` to `target`, which has room for 96 bytes.
    function multiply(uint256 target, uint256 point, uint256 scalar) internal view {
        bool done;
        // Assembly: a call of a precompile.
        assembly ("memory-safe") {
            mcopy(target, point, 0x40)
            mstore(add(target, 0x40), scalar)
            done := staticcall(gas(), MULTIPLY, target, 0x60, target, 0x40)
        }
        if (!done) revert IInferenceVerifier.PointNotInGroup();
    }

    /// @notice Whether the product of the pairings is one. Reverts where a point is not of its group.
    /// @param pairs Memory of `count` pairs, each 64 bytes of G1 and 128 of G2.
    function productIsOne(uint256 pairs, uint256 count) internal view returns (bool holds) {
        bool done;
        // Assembly: a call of a precompile.
        assembly ("memory-safe") {
            done := staticcall(gas(), PAIRING, pairs, mul(count, PAIR_BYTES), 0x00, 0x20)
            holds := eq(mload(0x00), 1)
        }
        if (!done) revert IInferenceVerifier.PointNotInGroup();
    }

    /// @notice Writes the generator of G2.
    function writeTwistGenerator(uint256 target) internal pure {
        // Assembly: plain stores to memory that the caller allocated.
        assembly ("memory-safe") {
            mstore(target, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(add(target, 0x20), 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(add(target, 0x40), 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b)
            mstore(add(target, 0x60), 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa)
        }
    }
}
