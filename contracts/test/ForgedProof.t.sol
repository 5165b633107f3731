// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier as Errors} from "../src/interfaces/IInferenceVerifier.sol";
import {P, R} from "../src/libraries/Bn254.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice Proofs that were changed: each is refused, and says why.
contract ForgedProofTest is VectorTest {
    uint256 private constant ROWS = 2;
    uint256 private constant WORDS = TOLD + 9;
    uint256 private constant A = 2 * ROWS + 6;
    uint256 private constant TOLD = 2 * ROWS + 14;

    function test_proof_has_the_words_that_these_tests_count() public view {
        require(load("dense").proof.length == WORDS * 32);
    }

    function testFuzz_any_changed_word_is_refused(uint256 index, uint256 change) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        index %= WORDS;
        setWord(v.proof, index, word(v.proof, index) ^ change);
        (bool accepted, bytes memory reason) = call(v);
        assertNamed(accepted, reason);
    }

    function testFuzz_any_changed_byte_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("dense");
        index %= v.proof.length;
        v.proof[index] = bytes1(uint8(v.proof[index]) ^ change);
        (bool accepted, bytes memory reason) = call(v);
        assertNamed(accepted, reason);
    }

    function test_scalars_plus_the_order_are_refused() public {
        for (uint256 i = TOLD; i < WORDS; i++) {
            for (uint256 times = 1; times <= 4; times++) {
                Vector memory v = load("dense");
                setWord(v.proof, i, word(v.proof, i) + times * R);
                (bool accepted, bytes memory reason) = call(v);
                require(!accepted && keccak256(reason) == keccak256(abi.encodeWithSelector(Errors.ScalarNotCanonical.selector, i)));
            }
        }
    }

    function test_scalars_changed_by_one_are_refused() public {
        for (uint256 i = TOLD; i < WORDS; i++) {
            Vector memory v = load("dense");
            setWord(v.proof, i, addmod(word(v.proof, i), 1, R));
            assertRefused(v, Errors.ProofInvalid.selector);
        }
    }

    function test_coordinates_plus_the_modulus_are_refused() public {
        for (uint256 i = 0; i < TOLD; i++) {
            Vector memory v = load("dense");
            setWord(v.proof, i, word(v.proof, i) + P);
            assertRefused(v, i == A + 1 ? Errors.ProofNotCanonical.selector : Errors.PointNotInGroup.selector);
        }
    }

    function test_coordinates_changed_by_one_are_refused() public {
        for (uint256 i = 0; i < TOLD; i++) {
            Vector memory v = load("dense");
            setWord(v.proof, i, word(v.proof, i) + 1);
            assertRefused(v, Errors.PointNotInGroup.selector);
        }
    }

    function test_negated_points_are_refused() public {
        for (uint256 i = 1; i < TOLD; i += 2) {
            if (i > A + 1 && i < A + 6) continue;
            Vector memory v = load("dense");
            setWord(v.proof, i, P - word(v.proof, i));
            assertRefused(v, i == A + 1 ? Errors.ProofNotCanonical.selector : Errors.ProofInvalid.selector);
        }
    }

    function test_negative_of_a_and_b_is_refused() public {
        Vector memory v = load("dense");
        setWord(v.proof, A + 4, P - word(v.proof, A + 4));
        setWord(v.proof, A + 5, P - word(v.proof, A + 5));
        assertRefused(v, Errors.ProofInvalid.selector);
        setWord(v.proof, A + 1, P - word(v.proof, A + 1));
        assertRefused(v, Errors.ProofNotCanonical.selector);
    }

    function test_swapped_coordinates_are_refused() public {
        for (uint256 i = 0; i < TOLD; i += 2) {
            Vector memory v = load("dense");
            uint256 first = word(v.proof, i);
            setWord(v.proof, i, word(v.proof, i + 1));
            setWord(v.proof, i + 1, first);
            assertRefused(v, i == A && first > P / 2 ? Errors.ProofNotCanonical.selector : Errors.PointNotInGroup.selector);
        }
    }

    function test_points_at_infinity_are_refused() public {
        for (uint256 i = 0; i < TOLD; i += 2) {
            if (i > A && i < A + 6) continue;
            Vector memory v = load("dense");
            setWord(v.proof, i, 0);
            setWord(v.proof, i + 1, 0);
            assertRefused(v, i == A ? Errors.ProofNotCanonical.selector : Errors.ProofInvalid.selector);
        }
        Vector memory twist = load("dense");
        for (uint256 i = A + 2; i < A + 6; i++) {
            setWord(twist.proof, i, 0);
        }
        assertRefused(twist, Errors.ProofInvalid.selector);
    }

    function test_zeros_are_refused() public {
        Vector memory v = load("dense");
        v.proof = new bytes(v.proof.length);
        assertRefused(v, Errors.ProofNotCanonical.selector);
        // A is the generator, so that the zeros get as far as the pairing.
        setWord(v.proof, A, 1);
        setWord(v.proof, A + 1, 2);
        assertRefused(v, Errors.ProofInvalid.selector);
    }

    function testFuzz_other_lengths_are_refused(uint16 length) public {
        Vector memory v = load("dense");
        vm.assume(length != v.proof.length);
        bytes memory proof = new bytes(length);
        for (uint256 i = 0; i < length && i < v.proof.length; i++) {
            proof[i] = v.proof[i];
        }
        v.proof = proof;
        assertRefused(v, Errors.ProofLength.selector);
    }

    function test_proofs_with_more_behind_are_refused() public {
        Vector memory v = load("dense");
        bytes memory honest = v.proof;
        v.proof = bytes.concat(honest, hex"00");
        assertRefused(v, Errors.ProofLength.selector);
        v.proof = bytes.concat(honest, new bytes(32));
        assertRefused(v, Errors.ProofLength.selector);
    }

    function test_verdict_is_that_of_the_verifier_in_csharp() public {
        compare("dense");
        compare("committed");
    }

    /// @dev The file: for each proof a byte that is one where C# accepted it, the length in four bytes, the bytes.
    function compare(string memory name) private {
        Vector memory v = load(name);
        address key = place(v.key);
        bytes memory all = vm.readFileBinary(string.concat("artifacts/vectors/", name, ".mutations"));
        uint256 position;
        uint256 count;
        uint256 accepted;
        while (position < all.length) {
            bool expected = all[position] == 0x01;
            uint256 length = word(all, position + 1, 4);
            v.proof = slice(all, position + 5, length);
            position += 5 + length;
            (bool verdict, bytes memory reason) = callWith(v, key);
            require(verdict == expected, string.concat("C# and Solidity differ about ", hexOf(v.proof)));
            if (!verdict) assertNamed(verdict, reason);
            count++;
            accepted += verdict ? 1 : 0;
            reset(v);
        }
        require(count >= 1000 && accepted >= 2, "too few");
    }

    /// @dev Memory is never given back, and costs more the more there is: each proof goes where the last one was.
    function reset(Vector memory v) private pure {
        bytes memory proof = v.proof;
        assembly ("memory-safe") {
            mstore(0x40, proof)
        }
    }

    function assertNamed(bool accepted, bytes memory reason) private pure {
        require(!accepted, "accepted");
        bytes4 name = bytes4(reason);
        require(
            name == Errors.PointNotInGroup.selector || name == Errors.ProofInvalid.selector || name == Errors.ProofNotCanonical.selector
                || name == Errors.ScalarNotCanonical.selector || name == Errors.ProofLength.selector
                || name == Errors.WrongCommittedInput.selector || name == Errors.WrongCommittedOutput.selector,
            string.concat("another error: ", hexOf(reason))
        );
    }

    function word(bytes memory data, uint256 index) private pure returns (uint256) {
        return word(data, index * 32, 32);
    }

    function word(bytes memory data, uint256 offset, uint256 length) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, mul(8, length)), mload(add(add(data, 0x20), offset)))
        }
    }

    function setWord(bytes memory data, uint256 index, uint256 value) private pure {
        assembly ("memory-safe") {
            mstore(add(data, mul(add(index, 1), 0x20)), value)
        }
    }

    function slice(bytes memory data, uint256 offset, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(data, 0x20), offset), length)
        }
    }
}
