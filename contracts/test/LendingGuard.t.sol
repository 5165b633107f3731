// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../src/interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../src/interfaces/IModelRegistry.sol";
import {FeatureFeed} from "../src/lending/FeatureFeed.sol";
import {IAsset, LendingGuard} from "../src/lending/LendingGuard.sol";
import {ModelRegistry} from "../src/ModelRegistry.sol";
import {Vector, VectorTest} from "./utils/VectorTest.sol";

/// @notice An asset that cannot fail.
contract Coin is IAsset {
    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

/// @notice The guard lends on a proof of the feed's features, and on nothing else.
contract LendingGuardTest is VectorTest {
    FeatureFeed private feed = new FeatureFeed(address(this));
    ModelRegistry private registry = new ModelRegistry();
    Coin private coin = new Coin();
    LendingGuard private guard;
    bytes32 private modelId;
    Vector private loan;

    function setUp() public {
        loan = load("loan");
        (modelId,) = registry.register("risk", loan.key, loan.metadata);
        guard = deploy(1e36);
        vm.warp(1_000_000);
        feed.report(loan.input, 2e18);
        coin.mint(address(guard), 100 ether);
        vm.deal(loan.requester, 10 ether);
        vm.prank(loan.requester);
        guard.deposit{value: 10 ether}();
    }

    function test_lends_on_a_proof_of_the_features_of_the_feed() public {
        borrow(loan, 10 ether);
        require(coin.balanceOf(loan.requester) == 10 ether && guard.debt(loan.requester) == 10 ether && guard.nonces(loan.requester) == 1);
    }

    function test_a_proof_serves_once_and_the_next_needs_the_next_nonce() public {
        borrow(loan, 1 ether);
        refuse(loan, loan.requester, 1 ether, IInferenceVerifier.ProofInvalid.selector);
        borrow(load("loan-next"), 1 ether);
        require(guard.debt(loan.requester) == 2 ether);
    }

    function test_a_copied_proof_is_worth_nothing() public {
        vm.deal(address(0xbad), 10 ether);
        vm.prank(address(0xbad));
        guard.deposit{value: 10 ether}();
        refuse(loan, address(0xbad), 1 ether, IInferenceVerifier.ProofInvalid.selector);
        borrow(loan, 1 ether);
    }

    function test_proofs_for_another_guard_are_refused() public {
        LendingGuard other = new LendingGuard(verifier, registry, modelId, feed, coin, 1e36, 0.75e18, true);
        vm.prank(loan.requester);
        (bool accepted, bytes memory reason) = address(other).call(abi.encodeCall(LendingGuard.borrow, (0, loan.output, loan.proof)));
        assertReason(accepted, reason, IInferenceVerifier.ProofInvalid.selector);
    }

    function test_a_proof_of_earlier_features_is_refused() public {
        bytes memory features = loan.input;
        features[0] ^= 0x01;
        feed.report(features, 2e18);
        refuse(loan, loan.requester, 1 ether, IInferenceVerifier.ProofInvalid.selector);
    }

    function test_features_that_nobody_renewed_are_refused() public {
        vm.warp(1_000_000 + 1 hours);
        borrow(loan, 1 ether);
        vm.warp(1_000_000 + 1 hours + 1);
        refuse(load("loan-next"), loan.requester, 1 ether, LendingGuard.FeaturesStale.selector);
    }

    function testFuzz_another_output_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = loan;
        index %= v.output.length;
        v.output[index] = bytes1(uint8(v.output[index]) ^ change);
        refuse(v, v.requester, 1 ether, IInferenceVerifier.ProofInvalid.selector);
    }

    function test_the_risk_is_the_scaled_output() public {
        require(guard.outputScale() == 1e18, "tiny models have a scale of one");
        int256 risk = int256(int8(uint8(loan.output[loan.output.length - 1]))) * 1e18;
        guard = deploy(risk);
        vm.prank(loan.requester);
        guard.deposit{value: 0}();
        borrow(loan, 0);

        vm.etch(loan.consumer, hex"");
        guard = deploy(risk - 1);
        refuse(load("loan-next"), loan.requester, 0, LendingGuard.RiskTooGreat.selector);
    }

    function test_loans_stay_below_the_value_of_the_collateral() public {
        refuse(loan, loan.requester, 15 ether + 1, LendingGuard.CollateralTooSmall.selector);
        borrow(loan, 15 ether);
    }

    function test_collateral_returns_when_the_debt_is_paid() public {
        borrow(loan, 5 ether);
        vm.startPrank(loan.requester);
        vm.expectRevert(abi.encodeWithSelector(LendingGuard.DebtOutstanding.selector, 5 ether));
        guard.withdraw(1 ether);
        guard.repay(5 ether);
        guard.withdraw(10 ether);
        vm.stopPrank();
        require(loan.requester.balance == 10 ether && guard.debt(loan.requester) == 0);
    }

    function test_insecure_setups_are_refused_by_default() public {
        vm.expectRevert(abi.encodeWithSelector(IModelRegistry.SetupInsecure.selector, modelId));
        new LendingGuard(verifier, registry, modelId, feed, coin, 1e36, 0.75e18, false);
    }

    function test_models_with_more_outputs_or_private_ones_are_refused() public {
        string[3] memory names = ["dense", "private", "committed"];
        for (uint256 i = 0; i < names.length; i++) {
            Vector memory v = load(names[i]);
            (bytes32 id,) = registry.register(names[i], v.key, v.metadata);
            vm.expectRevert(LendingGuard.ModelUnsuitable.selector);
            new LendingGuard(verifier, registry, id, feed, coin, 1e36, 0.75e18, true);
        }
    }

    function test_only_the_reporter_reports() public {
        vm.prank(address(0xbad));
        vm.expectRevert(abi.encodeWithSelector(FeatureFeed.NotReporter.selector, address(0xbad)));
        feed.report(hex"00", 1);
        vm.expectRevert(FeatureFeed.PriceZero.selector);
        feed.report(hex"00", 0);
    }

    /// @dev The proofs were made for one address, so the guard's code is put there.
    function deploy(int256 greatestRisk) private returns (LendingGuard) {
        LendingGuard made = new LendingGuard(verifier, registry, modelId, feed, coin, greatestRisk, 0.75e18, true);
        vm.etch(loan.consumer, address(made).code);
        return LendingGuard(loan.consumer);
    }

    function borrow(Vector memory v, uint256 amount) private {
        vm.prank(v.requester);
        guard.borrow(amount, v.output, v.proof);
    }

    function refuse(Vector memory v, address borrower, uint256 amount, bytes4 expected) private {
        vm.prank(borrower);
        (bool accepted, bytes memory reason) =
            address(guard).call{gas: GAS}(abi.encodeCall(LendingGuard.borrow, (amount, v.output, v.proof)));
        assertReason(accepted, reason, expected);
    }
}
