// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILendingGuard} from "../../src/lending/ILendingGuard.sol";
import {LendingGuard} from "../../src/lending/LendingGuard.sol";
import {LoanTest} from "./LoanTest.sol";

/// @notice Repayment, collateral, liquidation, and what is left to the lender.
contract RepaymentTest is LoanTest {
    address private constant LIQUIDATOR = address(0x11d);

    function setUp() public {
        prepare();
        borrow(loan, 8000 * UNIT);
        vm.prank(borrower);
        coin.approve(address(guard), type(uint256).max);
        coin.mint(LIQUIDATOR, 100_000 * UNIT);
        vm.prank(LIQUIDATOR);
        coin.approve(address(guard), type(uint256).max);
    }

    function test_collateral_returns_when_the_debt_is_paid() public {
        vm.startPrank(borrower);
        guard.repay(3000 * UNIT);
        vm.expectRevert(abi.encodeWithSelector(ILendingGuard.DebtOutstanding.selector, 5000 * UNIT));
        guard.withdraw(1);
        guard.repay(5000 * UNIT);
        vm.expectRevert(abi.encodeWithSelector(ILendingGuard.CollateralExceeded.selector, 10 ether + 1, 10 ether));
        guard.withdraw(10 ether + 1);
        guard.withdraw(10 ether);
        vm.stopPrank();
        require(borrower.balance == 10 ether && guard.debt(borrower) == 0 && guard.collateral(borrower) == 0);
    }

    function testFuzz_more_than_the_debt_is_not_taken(uint256 amount) public {
        vm.assume(amount > 8000 * UNIT);
        refuseCall(borrower, abi.encodeCall(LendingGuard.repay, (amount)), abi.encodeWithSelector(ILendingGuard.DebtExceeded.selector, amount, 8000 * UNIT));
    }

    function test_nobody_repays_without_coins() public {
        vm.startPrank(borrower);
        coin.transfer(address(1), 8000 * UNIT);
        vm.stopPrank();
        refuseCall(borrower, abi.encodeCall(LendingGuard.repay, (1)), abi.encodePacked(ILendingGuard.TransferFailed.selector));
        require(guard.debt(borrower) == 8000 * UNIT);
    }

    function testFuzz_healthy_loans_are_not_liquidated(uint256 price) public {
        // The limit is 8 coins' worth: at 1,000 each exactly the debt.
        price = 1000e18 + price % 1e24;
        report(loan, price);
        (,, uint256 limit) = guard.standing(borrower);
        refuseCall(
            LIQUIDATOR,
            abi.encodeCall(LendingGuard.liquidate, (borrower, 1)),
            abi.encodeWithSelector(ILendingGuard.LoanHealthy.selector, 8000 * UNIT, limit)
        );
    }

    function test_a_step_below_the_limit_anyone_may_liquidate() public {
        report(loan, 1000e18 - 1);
        (, uint256 borrowLimit, uint256 limit) = guard.standing(borrower);
        require(limit == 8000 * UNIT - 1 && borrowLimit == 7500 * UNIT - 1);
        vm.prank(LIQUIDATOR);
        guard.liquidate(borrower, 4000 * UNIT);
        // 4,000 are worth 4 coins and a little, as the price is a little less than 1,000.
        require(LIQUIDATOR.balance == (4 ether + 0) * 105 / 100, "4.2 coins");
        require(guard.debt(borrower) == 4000 * UNIT && guard.collateral(borrower) == 5.8 ether && coin.balanceOf(LIQUIDATOR) == 96_000 * UNIT);
        // What remains is healthier than before: 4,000 of 4,640.
        refuseCall(
            LIQUIDATOR,
            abi.encodeCall(LendingGuard.liquidate, (borrower, 1)),
            abi.encodeWithSelector(ILendingGuard.LoanHealthy.selector, 4000 * UNIT, 4640 * UNIT - 1)
        );
    }

    function testFuzz_a_liquidator_gets_the_worth_and_the_bonus_and_no_more(uint256 price, uint256 amount) public {
        price = 1 + price % (1000e18 - 1);
        report(loan, price);
        amount = 1 + amount % (8000 * UNIT);
        uint256 worth = amount * 1e30 / price;
        uint256 seized = worth + worth / 20;
        bytes memory data = abi.encodeCall(LendingGuard.liquidate, (borrower, amount));
        if (worth > 10 ether || seized > 10 ether) {
            // Either is named: where the bonus alone is too much, it is part of the sum.
            refuseCall(
                LIQUIDATOR, data, abi.encodeWithSelector(ILendingGuard.CollateralExceeded.selector, worth > 10 ether ? worth : seized, 10 ether)
            );
            return;
        }
        vm.prank(LIQUIDATOR);
        guard.liquidate(borrower, amount);
        require(LIQUIDATOR.balance == seized && guard.collateral(borrower) == 10 ether - seized && guard.debt(borrower) == 8000 * UNIT - amount);
        require(coin.balanceOf(LIQUIDATOR) == 100_000 * UNIT - amount);
    }

    function test_liquidations_have_their_refusals() public {
        report(loan, 900e18);
        refuseCall(LIQUIDATOR, abi.encodeCall(LendingGuard.liquidate, (borrower, 0)), abi.encodePacked(ILendingGuard.AmountZero.selector));
        refuseCall(
            LIQUIDATOR,
            abi.encodeCall(LendingGuard.liquidate, (borrower, 8000 * UNIT + 1)),
            abi.encodeWithSelector(ILendingGuard.DebtExceeded.selector, 8000 * UNIT + 1, 8000 * UNIT)
        );
        refuseCall(
            address(0xbad), abi.encodeCall(LendingGuard.liquidate, (borrower, 8000 * UNIT)), abi.encodePacked(ILendingGuard.TransferFailed.selector)
        );
        vm.warp(START + 1 hours + 1);
        refuseCall(
            LIQUIDATOR, abi.encodeCall(LendingGuard.liquidate, (borrower, 1)), abi.encodeWithSelector(ILendingGuard.MarketStale.selector, START)
        );
        require(guard.debt(borrower) == 8000 * UNIT && guard.collateral(borrower) == 10 ether);
    }

    function test_who_owes_nothing_cannot_be_liquidated() public {
        report(loan, 1);
        refuseCall(LIQUIDATOR, abi.encodeCall(LendingGuard.liquidate, (LIQUIDATOR, 1)), abi.encodeWithSelector(ILendingGuard.LoanHealthy.selector, 0, 0));
    }

    function test_without_reports_debts_can_be_paid_and_collateral_taken_back() public {
        vm.warp(START + 365 days);
        vm.startPrank(borrower);
        guard.repay(8000 * UNIT);
        guard.withdraw(10 ether);
        vm.stopPrank();
        require(borrower.balance == 10 ether);
    }

    function test_only_the_lender_reclaims_and_only_what_is_not_lent() public {
        refuseCall(borrower, abi.encodeCall(LendingGuard.reclaim, (1)), abi.encodeWithSelector(ILendingGuard.NotLender.selector, borrower));
        refuseCall(address(this), abi.encodeCall(LendingGuard.reclaim, (92_000 * UNIT + 1)), abi.encodePacked(ILendingGuard.TransferFailed.selector));
        guard.reclaim(92_000 * UNIT);
        require(coin.balanceOf(address(this)) == 92_000 * UNIT && guard.collateral(borrower) == 10 ether && guard.debt(borrower) == 8000 * UNIT);
    }

    function test_coins_of_the_chain_come_in_by_deposit_alone() public {
        vm.deal(LIQUIDATOR, 1 ether);
        vm.prank(LIQUIDATOR);
        (bool accepted,) = address(guard).call{value: 1 ether}("");
        require(!accepted);
    }
}
