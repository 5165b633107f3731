// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";
import {Bn254, P, R} from "./Bn254.sol";
import {Shape} from "./KeyFormat.sol";

/// @title The bytes of a proof
/// @dev Commitments to the witness rows; cross, quotient and evaluation of the opening; A, B, C of Groth16; then the told scalars: binding, link, trace,
/// combination, the witness row's coordinates, the weight row's, and four opened values. The offsets are relative to the point after the rows.
library ProofFormat {
    uint256 internal constant QUOTIENT = 0x40;
    uint256 internal constant EVALUATION = 0x80;
    uint256 internal constant A = 0xc0;
    uint256 internal constant B = 0x100;
    uint256 internal constant C = 0x180;
    uint256 internal constant TOLD = 0x1c0;

    /// @notice Bytes from the quotient to the end of C, which are hashed together.
    uint256 internal constant QUOTIENT_TO_C = 0x180;

    uint256 private constant FIXED_TOLD = 8;

    /// @notice Number of told scalars.
    function toldCount(Shape shape) internal pure returns (uint256) {
        unchecked {
            return FIXED_TOLD + shape.witnessRowBits() + shape.weightRowBits();
        }
    }

    /// @notice Bytes of a proof.
    function length(Shape shape) internal pure returns (uint256) {
        unchecked {
            return shape.witnessRows() * Bn254.G1_BYTES + TOLD + 32 * toldCount(shape);
        }
    }

    /// @notice Copies a proof to memory and checks all that can be seen without arithmetic: length, scalars, and the sign of A.
    /// @dev Points are checked by the precompile that each of them goes through.
    /// @return rows Where the rows are.
    /// @return opening Where the rest is, from the cross commitment on.
    function load(bytes calldata proof, Shape shape) internal pure returns (uint256 rows, uint256 opening) {
        uint256 size = length(shape);
        if (proof.length != size) revert IInferenceVerifier.ProofLength(size, proof.length);
        uint256 bad;
        uint256 ax;
        uint256 ay;
        uint256 bytesOfRows = shape.witnessRows() * Bn254.G1_BYTES;
        // Assembly: one copy in place of a checked read for each word.
        assembly ("memory-safe") {
            rows := mload(0x40)
            mstore(0x40, add(rows, size))
            calldatacopy(rows, proof.offset, size)
            opening := add(rows, bytesOfRows)
            ax := mload(add(opening, A))
            ay := mload(add(opening, add(A, 0x20)))
            let end := add(rows, size)
            for { let at := add(opening, TOLD) } lt(at, end) { at := add(at, 0x20) } {
                if iszero(lt(mload(at), R)) {
                    bad := at
                    break
                }
            }
        }
        if (bad != 0) revert IInferenceVerifier.ScalarNotCanonical((bad - rows) / 32);
        if (ay > P / 2 || ax | ay == 0) revert IInferenceVerifier.ProofNotCanonical();
    }
}
