// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier as Errors} from "../src/interfaces/IInferenceVerifier.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice Honest proofs are accepted.
contract InferenceVerifierTest is VectorTest {
    function test_accepts_public_values() public {
        assertAccepted(load("dense"));
        vm.snapshotGasLastCall("verify: 3 values in, 3 out, 3 rows");
    }

    function test_accepts_public_values_of_models_with_two_and_with_nine_rows() public {
        assertAccepted(load("small"));
        vm.snapshotGasLastCall("verify: 16 values in, 16 out, 2 rows");
        assertAccepted(load("nine-rows"));
        vm.snapshotGasLastCall("verify: 16 values in, 16 out, 9 rows");
    }

    function test_accepts_another_model_of_the_architecture() public {
        assertAccepted(load("retrained"));
    }

    function test_accepts_committed_values() public {
        assertAccepted(load("committed"));
        vm.snapshotGasLastCall("verify: committed in and out, 5 rows");
    }

    function test_accepts_private_input() public {
        assertAccepted(load("private"));
    }

    function test_accepts_values_of_several_bytes() public {
        assertAccepted(load("wide"));
    }

    function test_accepts_784_values() public {
        assertAccepted(load("pixels"));
        vm.snapshotGasLastCall("verify: 784 values in, 10 out, 2 rows");
    }
}
