// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PatientConsumer} from "./utils/PatientConsumer.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice A limit on gas and a `try`: a refusal costs a known amount, and nobody can make a right proof look wrong.
contract PatientConsumerTest is VectorTest {
    Vector private v;
    PatientConsumer private consumer;
    address private key;

    function setUp() public {
        v = load("dense");
        key = place(v.key);
        // Proofs are made for one consumer: its code is put there.
        vm.etch(v.consumer, address(new PatientConsumer(verifier)).code);
        consumer = PatientConsumer(v.consumer);
    }

    function test_a_right_proof_is_right() public {
        (bool done, bool verdict) = ask(v.proof, GAS);
        require(done && verdict);
    }

    function test_a_point_off_the_curve_burns_the_limit_and_no_more() public {
        bytes memory proof = v.proof;
        proof[31] ^= 0x01;
        uint256 before = gasleft();
        (bool done, bool verdict) = ask(proof, GAS);
        uint256 used = before - gasleft();
        require(done && !verdict && used > 400_000 && used < consumer.VERIFICATION() + 100_000, "gas");
    }

    function testFuzz_with_too_little_gas_there_is_no_verdict(uint256 gas_) public {
        (bool done, bool verdict) = ask(v.proof, gas_ % 600_000);
        require(!done || verdict, "a right proof looked wrong");
    }

    function ask(bytes memory proof, uint256 gas_) private returns (bool done, bool verdict) {
        bytes memory data = abi.encodeCall(PatientConsumer.isRight, (key, v.nonce, v.input, v.output, proof));
        vm.prank(v.requester);
        bytes memory returned;
        (done, returned) = address(consumer).call{gas: gas_}(data);
        verdict = done && abi.decode(returned, (bool));
    }
}
