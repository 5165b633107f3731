// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCoin} from "../../src/demo/DemoCoin.sol";
import {IInferenceVerifier} from "../../src/interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../../src/interfaces/IModelRegistry.sol";
import {IAsset} from "../../src/lending/Asset.sol";
import {ILendingGuard, LoanTerms} from "../../src/lending/ILendingGuard.sol";
import {LendingGuard} from "../../src/lending/LendingGuard.sol";
import {ModelMetadata} from "../../src/libraries/ModelMetadata.sol";
import {ModelRegistry} from "../../src/ModelRegistry.sol";
import {Vector} from "../utils/VectorTest.sol";
import {LoanTest} from "./LoanTest.sol";

/// @notice What a guard cannot be deployed with.
contract TermsTest is LoanTest {
    uint256 private constant WAD = 1e18;

    function setUp() public {
        prepare();
    }

    function test_insecure_setups_are_refused_by_default() public {
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.SetupInsecure.selector, modelId));
        new LendingGuard(verifier, registry, modelId, feed, IAsset(address(coin)), terms(), false);
    }

    function testFuzz_unknown_models_are_refused(bytes32 id) public {
        vm.assume(id != modelId);
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.ModelUnknown.selector, id));
        create(verifier, registry, id, IAsset(address(coin)), terms());
    }

    function test_models_of_another_form_are_refused() public {
        refuseModel("dense", abi.encodeWithSelector(ILendingGuard.ModelOutput.selector, 3));
        refuseModel("pixels", abi.encodeWithSelector(ILendingGuard.ModelOutput.selector, 10));
        refuseModel("wide", abi.encodeWithSelector(ILendingGuard.ModelInput.selector, 37, 2));
        refuseModel("private", abi.encodePacked(ILendingGuard.ModelNotPublic.selector));
        refuseModel("committed", abi.encodePacked(ILendingGuard.ModelNotPublic.selector));
    }

    /// @dev The scale is a 64-bit number in the metadata; a registry that says anything stands in for one with such a model.
    function testFuzz_scales_that_say_nothing_are_refused(uint64 bits) public {
        answerMetadata(bits);
        uint256 exponent = (bits >> 52) & 0x7ff;
        if (bits >> 63 != 0 || exponent < 900 || exponent > 1100) {
            vm.expectRevert(ModelMetadata.MetadataMalformed.selector);
            create(verifier, registry, modelId, IAsset(address(coin)), terms());
            return;
        }
        uint256 mantissa = (uint256(bits) & ((1 << 52) - 1)) | (1 << 52);
        uint256 scale = exponent < 1075 ? mantissa * WAD / (1 << (1075 - exponent)) : mantissa * WAD * (1 << (exponent - 1075));
        if (scale < 1e6 || scale > 1e36) {
            vm.expectRevert(abi.encodeWithSelector(ILendingGuard.ModelScale.selector, scale));
            create(verifier, registry, modelId, IAsset(address(coin)), terms());
        } else {
            LendingGuard made = create(verifier, registry, modelId, IAsset(address(coin)), terms());
            require(uint256(made.outputScale()) == scale, "scale");
        }
    }

    function test_scales_of_zero_and_without_end_are_refused() public {
        uint64[4] memory malformed = [uint64(0), 1 << 63, 0x7ff0000000000000, 0x7ff8000000000000];
        for (uint256 i = 0; i < malformed.length; i++) {
            answerMetadata(malformed[i]);
            vm.expectRevert(ModelMetadata.MetadataMalformed.selector);
            create(verifier, registry, modelId, IAsset(address(coin)), terms());
        }
        // 2^-123, of which 18 decimals leave nothing: every output would be a risk of zero.
        answerMetadata(900 << 52);
        vm.expectRevert(abi.encodeWithSelector(ILendingGuard.ModelScale.selector, 0));
        create(verifier, registry, modelId, IAsset(address(coin)), terms());
        // The greatest that metadata can say.
        answerMetadata((1101 << 52) - 1);
        vm.expectRevert(abi.encodeWithSelector(ILendingGuard.ModelScale.selector, ((1 << 53) - 1) * WAD << 25));
        create(verifier, registry, modelId, IAsset(address(coin)), terms());
    }

    function test_the_greatest_scale_times_the_greatest_output_is_a_number() public {
        answerMetadata((1082 << 52) - 1);
        LendingGuard made = create(verifier, registry, modelId, IAsset(address(coin)), terms());
        require(made.outputScale() * type(int32).min / made.outputScale() == type(int32).min);
    }

    function testFuzz_terms_that_contradict_each_other_are_refused(uint256 value, uint256 threshold, uint256 bonus, uint256 age) public {
        LoanTerms memory t = terms();
        (t.loanToValue, t.liquidationThreshold) = (value % (2 * WAD), threshold % (2 * WAD));
        (t.liquidationBonus, t.greatestAge) = (bonus % (2 * WAD), age % 4);
        bool isConsistent = t.loanToValue > 0 && t.loanToValue < t.liquidationThreshold && t.greatestAge > 0
            && t.liquidationThreshold * (WAD + t.liquidationBonus) < WAD * WAD && t.liquidationBonus < WAD;
        if (!isConsistent) vm.expectRevert(ILendingGuard.TermsInconsistent.selector);
        create(verifier, registry, modelId, IAsset(address(coin)), t);
    }

    function test_terms_out_of_range_are_refused_without_overflow() public {
        LoanTerms memory t = terms();
        t.liquidationBonus = type(uint256).max;
        refuseTerms(t);
        t = terms();
        t.liquidationThreshold = type(uint256).max;
        refuseTerms(t);
        t = terms();
        t.loanToValue = t.liquidationThreshold;
        refuseTerms(t);
        t = terms();
        t.loanToValue = 0;
        refuseTerms(t);
        t = terms();
        t.greatestAge = 0;
        refuseTerms(t);
        // 0.8 * 1.25 = 1: the bonus would leave collateral short.
        t = terms();
        t.liquidationBonus = 0.25e18;
        refuseTerms(t);
        t.liquidationBonus -= 1;
        create(verifier, registry, modelId, IAsset(address(coin)), t);
    }

    function testFuzz_assets_of_many_decimals_are_refused(uint8 decimals) public {
        DemoCoin other = new DemoCoin(decimals);
        if (decimals > 18) vm.expectRevert(abi.encodeWithSelector(ILendingGuard.AssetDecimals.selector, uint256(decimals)));
        create(verifier, registry, modelId, IAsset(address(other)), terms());
    }

    function refuseTerms(LoanTerms memory t) private {
        vm.expectRevert(ILendingGuard.TermsInconsistent.selector);
        create(verifier, registry, modelId, IAsset(address(coin)), t);
    }

    function refuseModel(string memory name, bytes memory expected) private {
        Vector memory v = load(name);
        (bytes32 id,) = registry.register(name, v.key, v.metadata);
        vm.expectRevert(expected);
        create(verifier, registry, id, IAsset(address(coin)), terms());
    }

    /// @dev Empty names and a scale of the output; little-endian.
    function answerMetadata(uint64 bits) private {
        bytes memory metadata = new bytes(4 + 4 + 8 + 4 + 8 + 1);
        for (uint256 i = 0; i < 8; i++) {
            metadata[20 + i] = bytes1(uint8(bits >> (8 * i)));
        }
        address account = place(metadata);
        vm.mockCall(address(registry), abi.encodeCall(ModelRegistry.metadata, (modelId)), abi.encode(account));
    }
}
