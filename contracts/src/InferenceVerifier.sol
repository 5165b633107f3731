// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "./interfaces/IInferenceVerifier.sol";
import {Bn254, P, R} from "./libraries/Bn254.sol";
import {CanonicalCalldata} from "./libraries/CanonicalCalldata.sol";
import {KeyFormat, Shape} from "./libraries/KeyFormat.sol";
import {ProofFormat} from "./libraries/ProofFormat.sol";
import {PublicPolynomial} from "./libraries/PublicPolynomial.sol";
import {RowFolding} from "./libraries/RowFolding.sol";
import {Transcript} from "./libraries/Transcript.sol";

/// @title Verifier of wrapped proofs of inference
/// @notice One deployment serves all models; it has no state, no owner and no upgrade. Step by step it does what `WrappedVerifier` does in C#. Its one function is that of
/// `IInferenceVerifier`.
contract InferenceVerifier {
    uint256 private constant PAIRS = 5;

    /// @notice What the steps hand on. Positions are in memory.
    struct Proving {
        Shape shape;
        uint256 key;
        uint256 rows;
        uint256 opening;
        uint256 seed;
        uint256 x;
        uint256 rho;
        uint256 compressed;
        uint256 pairing;
    }

    /// @dev Takes every call, as the compiler's decoder would refuse some without a name.
    fallback() external {
        if (msg.sig != IInferenceVerifier.verify.selector) revert IInferenceVerifier.UnknownFunction();
        (
            address key,
            address requester,
            uint256 nonce,
            bytes calldata input,
            bytes calldata output,
            bytes calldata proof
        ) = CanonicalCalldata.read();
        verify(key, requester, nonce, input, output, proof);
    }

    /// @notice See `IInferenceVerifier`.
    function verify(
        address key,
        address requester,
        uint256 nonce,
        bytes calldata input,
        bytes calldata output,
        bytes calldata proof
    ) private view {
        Proving memory p;
        (p.key, p.shape) = KeyFormat.load(key);
        checkPublicData(p.shape, input, output);
        (p.rows, p.opening) = ProofFormat.load(proof, p.shape);
        checkCommittedColumns(p, input, output);
        computeSignals(p, Transcript.context(requester, nonce), input, output);
        if (!pairingHolds(p)) revert IInferenceVerifier.ProofInvalid();
    }

    /// @notice Lengths of what is public, 32 bytes where a hash stands for it, nothing where it is private.
    function checkPublicData(Shape shape, bytes calldata input, bytes calldata output) private pure {
        uint256 expected = publicLength(shape.inputVisibility(), shape.inputCount() * shape.inputWidth());
        if (input.length != expected) revert IInferenceVerifier.InputLength(expected, input.length);
        expected = publicLength(shape.outputVisibility(), shape.outputCount() * shape.outputWidth());
        if (output.length != expected) revert IInferenceVerifier.OutputLength(expected, output.length);
    }

    function publicLength(uint256 visibility, uint256 bytesOfValues) private pure returns (uint256) {
        if (visibility == KeyFormat.PUBLIC) return bytesOfValues;
        return visibility == KeyFormat.COMMITTED ? 32 : 0;
    }

    /// @notice Columns that are published by their commitment have rows of their own, whose hash is the public datum.
    function checkCommittedColumns(Proving memory p, bytes calldata input, bytes calldata output) private pure {
        Shape shape = p.shape;
        if (shape.inputVisibility() == KeyFormat.COMMITTED) {
            uint256 first = p.rows + shape.inputRowFirst() * Bn254.G1_BYTES;
            if (Transcript.committedColumn(first, shape.inputRowCount()) != bytes32(input)) revert IInferenceVerifier.WrongCommittedInput();
        }
        if (shape.outputVisibility() == KeyFormat.COMMITTED) {
            uint256 first = p.rows + shape.outputRowFirst() * Bn254.G1_BYTES;
            if (Transcript.committedColumn(first, shape.outputRowCount()) != bytes32(output)) revert IInferenceVerifier.WrongCommittedOutput();
        }
    }

    /// @notice The seed, the public values at the seed, x, and the two signals that stand for all shared values.
    function computeSignals(Proving memory p, bytes32 context, bytes calldata input, bytes calldata output) private pure {
        Shape shape = p.shape;
        bool publicInput = shape.inputVisibility() == KeyFormat.PUBLIC;
        bool publicOutput = shape.outputVisibility() == KeyFormat.PUBLIC;
        uint256 seed = Transcript.seed(
            p.key,
            context,
            Transcript.publicValues(input, publicInput),
            Transcript.publicValues(output, publicOutput),
            p.rows,
            shape.witnessRows()
        );
        uint256 inputValue = publicInput ? PublicPolynomial.evaluate(input, shape.inputWidth(), seed) : 0;
        uint256 outputValue = publicOutput ? PublicPolynomial.evaluate(output, shape.outputWidth(), seed) : 0;
        p.x = Transcript.openingPoint(p.opening);
        (p.rho, p.compressed) = Transcript.signals(p.opening, shape, seed, inputValue, outputValue, p.x);
    }

    /// @notice `e(-A, B) e(alpha, beta) e(signals + u left, [1]) e(C, delta) e(-u right, [tau]) = 1`: Groth16's equation and, times a random u, that of the
    /// opening. Both have the generator of G2 in them, as Groth16's gamma is one.
    function pairingHolds(Proving memory p) private view returns (bool) {
        uint256 u = Transcript.pairing(p.rho, p.opening);
        uint256 pairs;
        uint256 key = p.key;
        uint256 opening = p.opening;
        // Assembly: the pairs are laid out as the precompile reads them. Behind them is room for the arguments of other precompiles, since a sum is made in place.
        assembly ("memory-safe") {
            pairs := mload(0x40)
            mstore(0x40, add(pairs, 0x420))
            // (-A, B): A's y is neither zero nor above the modulus on a point of the curve, and the precompile refuses all others.
            mcopy(pairs, add(opening, 0xc0), 0xc0)
            mstore(add(pairs, 0x20), sub(P, mload(add(pairs, 0x20))))
            // (alpha, beta) are neighbours in the key.
            mcopy(add(pairs, 0xc0), add(key, 0x120), 0xc0)
            // (C, delta)
            mcopy(add(pairs, 0x180), add(opening, 0x180), 0x40)
            mcopy(add(pairs, 0x1c0), add(key, 0x1e0), 0x80)
            // (-u right, [tau]): the first is computed below.
            mcopy(add(pairs, 0x280), add(key, 0xa0), 0x80)
        }
        unchecked {
            // u may be zero with a chance of one in R: R - 0 is reduced by the precompile.
            Bn254.multiply(pairs + 0x300, opening + ProofFormat.EVALUATION, R - u);
        }
        // Assembly: moves the product before [tau], where a product of three words would have overwritten it.
        assembly ("memory-safe") {
            mcopy(add(pairs, 0x240), add(pairs, 0x300), 0x40)
        }
        uint256 sum = pairs + 0x300;
        addSignals(p, sum);
        addOpening(p, sum, u);
        Bn254.writeTwistGenerator(sum + Bn254.G1_BYTES);
        return Bn254.productIsOne(pairs, PAIRS);
    }

    /// @notice The sum starts as the points of Groth16's signals: constant, rho, and the shared values at rho.
    function addSignals(Proving memory p, uint256 sum) private view {
        uint256 points = p.key + KeyFormat.SIGNAL_POINTS;
        // Assembly: words in memory.
        assembly ("memory-safe") {
            mcopy(sum, points, 0x40)
        }
        unchecked {
            Bn254.addMultiple(sum, points + 0x40, p.rho);
            Bn254.addMultiple(sum, points + 0x80, p.compressed);
        }
    }

    /// @notice Adds `u left`: with f = row + gamma cross and its remainder at z, `f - remainder(z) - vanishing(z) quotient + z evaluation`, where the vanishing polynomial
    /// is `X^2 - trace X + 1`.
    function addOpening(Proving memory p, uint256 sum, uint256 u) private view {
        uint256 gamma;
        uint256 z;
        uint256 opening = p.opening;
        unchecked {
            uint256 values = opening + ProofFormat.TOLD + (ProofFormat.toldCount(p.shape) - 4) * 32;
            gamma = Transcript.openingBatch(p.x, values);
            z = Transcript.openingEvaluation(gamma, opening);
            uint256 remainder;
            uint256 vanishing;
            uint256 trace = opening + ProofFormat.TOLD + 0x40;
            // Assembly: told scalars are below R, so no subtraction from R goes below zero.
            assembly ("memory-safe") {
                let slope := addmod(mload(add(values, 0x20)), mulmod(gamma, mload(add(values, 0x60)), R), R)
                remainder := addmod(mload(values), mulmod(gamma, mload(add(values, 0x40)), R), R)
                remainder := addmod(remainder, mulmod(z, slope, R), R)
                vanishing := addmod(mulmod(z, addmod(z, sub(R, mload(trace)), R), R), 1, R)
            }
            Bn254.addMultiple(sum, opening, mulmod(gamma, u, R));
            Bn254.addMultipleOfGenerator(sum, R - mulmod(remainder, u, R));
            Bn254.addMultiple(sum, opening + ProofFormat.QUOTIENT, R - mulmod(vanishing, u, R));
            Bn254.addMultiple(sum, opening + ProofFormat.EVALUATION, mulmod(z, u, R));
        }
        addRows(p, sum, u);
    }

    /// @notice Adds `u row`: the witness's rows folded at their point, and the weights' rows at theirs, times the combination.
    function addRows(Proving memory p, uint256 sum, uint256 u) private view {
        unchecked {
            Shape shape = p.shape;
            uint256 told = p.opening + ProofFormat.TOLD;
            uint256 point = told + 0x80;
            uint256 combination;
            // Assembly: a word in memory.
            assembly ("memory-safe") {
                combination := mload(add(told, 0x60))
            }
            uint256 bits = shape.witnessRowBits();
            RowFolding.addFolded(sum, p.rows, shape.witnessRows(), point, bits, u);
            uint256 weightBits = shape.weightRowBits();
            RowFolding.addFolded(
                sum, p.key + KeyFormat.WEIGHT_ROWS, 1 << weightBits, point + bits * 32, weightBits, mulmod(combination, u, R)
            );
        }
    }
}
