// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../../src/interfaces/IInferenceVerifier.sol";
import {IAsset} from "../../src/lending/Asset.sol";
import {FeatureFeed} from "../../src/lending/FeatureFeed.sol";
import {ILendingGuard, LoanTerms} from "../../src/lending/ILendingGuard.sol";
import {LendingGuard} from "../../src/lending/LendingGuard.sol";
import {Vector} from "../utils/VectorTest.sol";
import {LoanTest} from "./LoanTest.sol";

/// @notice The guard lends on a proof of the trained model for the feed's features and the borrower's own margin, and on nothing else.
contract BorrowTest is LoanTest {
    bytes private constant PROOF_INVALID = abi.encodePacked(IInferenceVerifier.ProofInvalid.selector);

    function setUp() public {
        prepare();
    }

    function test_lends_on_a_proof_of_the_market_and_the_margin() public {
        (bytes memory input, uint256 nonce) = guard.request(borrower, 8000 * UNIT);
        require(keccak256(input) == keccak256(loan.input) && nonce == 0, "the vectors are of another loan");
        borrow(loan, 8000 * UNIT);
        vm.snapshotGasLastCall("borrow: risk model");
        require(coin.balanceOf(borrower) == 8000 * UNIT && guard.debt(borrower) == 8000 * UNIT && guard.nonces(borrower) == 1);
    }

    function test_the_next_loan_is_judged_with_the_debt_of_the_first() public {
        borrow(loan, 8000 * UNIT);
        borrow(load("loan-next"), 4000 * UNIT);
        require(guard.debt(borrower) == 12_000 * UNIT && guard.nonces(borrower) == 2);
    }

    function test_a_proof_serves_once() public {
        borrow(loan, 8000 * UNIT);
        // Paid back, so that the same loan would have the same margin: the nonce alone is in the way.
        vm.startPrank(borrower);
        coin.approve(address(guard), type(uint256).max);
        guard.repay(8000 * UNIT);
        vm.stopPrank();
        refuse(loan, borrower, 8000 * UNIT, PROOF_INVALID);
    }

    function test_a_refused_loan_uses_no_nonce() public {
        Vector memory forged = load("loan");
        forged.proof[31] ^= 0x01;
        vm.prank(borrower);
        (bool accepted,) = address(guard).call{gas: GAS}(abi.encodeCall(LendingGuard.borrow, (8000 * UNIT, forged.output, forged.proof)));
        require(!accepted && guard.nonces(borrower) == 0);
        borrow(loan, 8000 * UNIT);
    }

    function testFuzz_a_copied_proof_is_worth_nothing(address copier) public {
        vm.assume(copier != borrower && uint160(copier) > 0x1000 && copier != address(guard));
        pledge(copier, 10 ether);
        refuse(loan, copier, 8000 * UNIT, PROOF_INVALID);
        // And took nothing from whom it was copied from.
        borrow(loan, 8000 * UNIT);
    }

    function test_proofs_for_another_guard_are_refused() public {
        guard = create(verifier, registry, modelId, IAsset(address(coin)), terms());
        coin.mint(address(guard), 100_000 * UNIT);
        pledge(borrower, 10 ether);
        refuse(loan, borrower, 8000 * UNIT, PROOF_INVALID);
    }

    function testFuzz_another_amount_is_another_margin(uint256 amount) public {
        amount = 1 + amount % (15_000 * UNIT);
        // A step is 80: the amounts of this margin are those that the proof is of.
        vm.assume(amount > 8000 * UNIT || amount <= 7920 * UNIT);
        refuse(loan, borrower, amount, PROOF_INVALID);
    }

    function test_amounts_of_the_same_step_share_a_proof_and_one_more_does_not() public {
        refuse(loan, borrower, 8000 * UNIT + 1, PROOF_INVALID);
        refuse(loan, borrower, 7920 * UNIT, PROOF_INVALID);
        borrow(loan, 7920 * UNIT + 1);
    }

    function testFuzz_another_market_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        bytes memory features = market(loan.input);
        index %= features.length;
        features[index] = bytes1(uint8(features[index]) ^ change);
        feed.report(features, PRICE);
        refuse(loan, borrower, 8000 * UNIT, PROOF_INVALID);
    }

    function test_another_price_is_another_margin() public {
        report(loan, 1900e18);
        refuse(loan, borrower, 8000 * UNIT, PROOF_INVALID);
    }

    function testFuzz_another_output_is_refused(uint256 index, uint8 change) public {
        vm.assume(change != 0);
        Vector memory v = load("loan");
        index %= v.output.length;
        v.output[index] = bytes1(uint8(v.output[index]) ^ change);
        refuse(v, borrower, 8000 * UNIT, PROOF_INVALID);
    }

    function testFuzz_outputs_of_another_length_are_refused(uint8 length) public {
        Vector memory v = load("loan");
        vm.assume(length != v.output.length);
        uint256 expected = v.output.length;
        v.output = new bytes(length);
        refuse(v, borrower, 8000 * UNIT, abi.encodeWithSelector(IInferenceVerifier.OutputLength.selector, expected, uint256(length)));
    }

    function test_in_a_storm_the_same_model_refuses() public {
        Vector memory storm = load("loan-in-a-storm");
        report(storm, PRICE);
        int256 risk = toInteger(storm.output) * guard.outputScale();
        refuse(storm, borrower, 15_000 * UNIT, abi.encodeWithSelector(ILendingGuard.RiskTooGreat.selector, risk, guard.greatestRisk()));
        require(guard.nonces(borrower) == 0 && guard.debt(borrower) == 0);
    }

    function test_in_a_storm_honest_proofs_of_something_milder_are_refused() public {
        report(load("loan-in-a-storm"), PRICE);
        refuse(load("loan-of-another-margin"), borrower, 15_000 * UNIT, PROOF_INVALID);
        refuse(load("loan-of-another-market"), borrower, 15_000 * UNIT, PROOF_INVALID);
    }

    function test_the_risk_is_the_scaled_output_and_the_limit_counts_as_allowed() public {
        Vector memory storm = load("loan-in-a-storm");
        report(storm, PRICE);
        LoanTerms memory lenient = terms();
        lenient.greatestRisk = toInteger(storm.output) * guard.outputScale();
        require(lenient.greatestRisk > -2e18 && lenient.greatestRisk < 20e18, "a logit of a high probability");
        lenient.greatestRisk -= 1;
        guard = deploy(lenient);
        refuse(
            storm,
            borrower,
            15_000 * UNIT,
            abi.encodeWithSelector(ILendingGuard.RiskTooGreat.selector, lenient.greatestRisk + 1, lenient.greatestRisk)
        );
        lenient.greatestRisk += 1;
        guard = deploy(lenient);
        borrow(storm, 15_000 * UNIT);
    }

    function test_reports_expire() public {
        vm.warp(START + 1 hours);
        guard.request(borrower, 8000 * UNIT);
        vm.warp(START + 1 hours + 1);
        refuse(loan, borrower, 8000 * UNIT, abi.encodeWithSelector(ILendingGuard.MarketStale.selector, START));
    }

    function testFuzz_reports_of_other_times_are_refused(uint256 updatedAt) public {
        vm.assume(updatedAt > START || updatedAt < START - 1 hours);
        answer(market(loan.input), PRICE, updatedAt);
        refuse(loan, borrower, 8000 * UNIT, abi.encodeWithSelector(ILendingGuard.MarketStale.selector, updatedAt));
    }

    function test_a_feed_that_never_reported_is_refused() public {
        answer(hex"", 0, 0);
        refuse(loan, borrower, 8000 * UNIT, abi.encodeWithSelector(ILendingGuard.MarketStale.selector, 0));
    }

    function testFuzz_prices_out_of_range_are_refused(uint256 price) public {
        price = price % 3 == 0 ? 0 : price | (1 << 128);
        answer(market(loan.input), price, START);
        refuse(loan, borrower, 8000 * UNIT, abi.encodeWithSelector(ILendingGuard.MarketPrice.selector, price));
    }

    function testFuzz_another_number_of_features_is_refused(uint8 count) public {
        vm.assume(count != 7);
        answer(new bytes(count), PRICE, START);
        refuse(loan, borrower, 8000 * UNIT, abi.encodeWithSelector(ILendingGuard.MarketFeatures.selector, 7, uint256(count)));
    }

    function testFuzz_loans_beyond_the_collateral_are_refused(uint256 amount) public {
        vm.assume(amount > 15_000 * UNIT);
        refuse(loan, borrower, amount, abi.encodeWithSelector(ILendingGuard.CollateralTooSmall.selector, 0, amount, 15_000 * UNIT));
    }

    function test_debts_count() public {
        borrow(loan, 8000 * UNIT);
        refuse(
            loan,
            borrower,
            7000 * UNIT + 1,
            abi.encodeWithSelector(ILendingGuard.CollateralTooSmall.selector, 8000 * UNIT, 7000 * UNIT + 1, 15_000 * UNIT)
        );
    }

    function test_nothing_is_no_loan() public {
        refuse(loan, borrower, 0, abi.encodePacked(ILendingGuard.AmountZero.selector));
    }

    function test_a_guard_without_money_lends_none() public {
        guard.reclaim(100_000 * UNIT);
        refuse(loan, borrower, 8000 * UNIT, abi.encodePacked(ILendingGuard.TransferFailed.selector));
        require(guard.debt(borrower) == 0 && guard.nonces(borrower) == 0);
    }

    function test_only_the_reporter_reports() public {
        vm.prank(borrower);
        vm.expectRevert(abi.encodeWithSelector(FeatureFeed.NotReporter.selector, borrower));
        feed.report(hex"00", 1);
        vm.expectRevert(abi.encodeWithSelector(FeatureFeed.PriceOutOfRange.selector, 0));
        feed.report(hex"00", 0);
        vm.expectRevert(abi.encodeWithSelector(FeatureFeed.PriceOutOfRange.selector, 1 << 128));
        feed.report(hex"00", 1 << 128);
        vm.expectRevert(abi.encodeWithSelector(FeatureFeed.FeatureCount.selector, 0));
        feed.report(hex"", 1);
        vm.expectRevert(abi.encodeWithSelector(FeatureFeed.FeatureCount.selector, 1025));
        feed.report(new bytes(1025), 1);
    }

    /// @dev A feed that says anything in the place of the honest one.
    function answer(bytes memory features, uint256 price, uint256 updatedAt) private {
        vm.mockCall(address(feed), abi.encodeCall(FeatureFeed.latest, ()), abi.encode(features, price, updatedAt));
    }

    function toInteger(bytes memory value) private pure returns (int256) {
        require(value.length == 4);
        return int32(uint32(bytes4(value)));
    }
}
