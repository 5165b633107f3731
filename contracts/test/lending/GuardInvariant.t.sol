// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCoin} from "../../src/demo/DemoCoin.sol";
import {IAsset} from "../../src/lending/Asset.sol";
import {LendingGuard} from "../../src/lending/LendingGuard.sol";
import {LoanTest} from "./LoanTest.sol";
import {StubVerifier} from "./StubVerifier.sol";

/// @notice Three borrowers, a market that moves, and everyone trying everything with any amounts. Checks what must hold at the moment of each action, and counts.
contract Players is LoanTest {
    uint256 public constant FUNDS = 1_000_000 * UNIT;

    mapping(address => uint256) public loans;
    uint256 public pledged;

    constructor() {
        loan = load("loan");
        (modelId,) = registry.register("risk", loan.key, loan.metadata);
        guard = create(new StubVerifier(), registry, modelId, IAsset(address(coin)), terms());
        coin.mint(address(guard), FUNDS);
        vm.warp(START);
        report(loan, PRICE);
    }

    receive() external payable {}

    function player(uint256 index) public pure returns (address) {
        return address(uint160(0xb0 + index % 3));
    }

    function deposit(uint256 who, uint96 amount) external {
        vm.deal(player(who), amount);
        vm.prank(player(who));
        guard.deposit{value: amount}();
        pledged += amount;
    }

    function move(uint128 price) external {
        report(loan, 1 + uint256(price) % 10_000e18);
    }

    function borrow(uint256 who, uint256 amount, bool within) external {
        address p = player(who);
        (uint256 debt, uint256 limit, uint256 liquidationLimit) = guard.standing(p);
        if (within && limit > debt) amount = 1 + amount % (limit - debt);
        bool allowed = amount > 0 && debt <= limit && amount <= limit - debt && amount <= coin.balanceOf(address(guard));
        vm.prank(p);
        (bool done,) = address(guard).call(abi.encodeCall(LendingGuard.borrow, (amount, loan.output, hex"")));
        require(done == allowed, "a loan is granted exactly within the limit and the money");
        if (!done) return;
        loans[p]++;
        require(guard.debt(p) == debt + amount && guard.debt(p) <= limit && limit <= liquidationLimit, "debt within the limit");
    }

    function repay(uint256 who, uint256 amount) external {
        address p = player(who);
        uint256 debt = guard.debt(p);
        amount = debt == 0 ? amount : amount % (debt + 2);
        coin.mint(p, debt);
        vm.startPrank(p);
        coin.approve(address(guard), amount);
        (bool done,) = address(guard).call(abi.encodeCall(LendingGuard.repay, (amount)));
        vm.stopPrank();
        require(done == (amount <= debt), "a debt is paid at most once");
        if (done) require(guard.debt(p) == debt - amount);
    }

    function withdraw(uint256 who, uint256 amount) external {
        address p = player(who);
        uint256 has = guard.collateral(p);
        amount = has == 0 ? amount : amount % (has + 2);
        vm.prank(p);
        (bool done,) = address(guard).call(abi.encodeCall(LendingGuard.withdraw, (amount)));
        require(done == (guard.debt(p) == 0 && amount <= has), "collateral leaves when nothing is owed");
        if (done) pledged -= amount;
    }

    function liquidate(uint256 who, uint256 amount) external {
        address p = player(who);
        (uint256 debt,, uint256 limit) = guard.standing(p);
        (, uint256 price,) = feed.latest();
        uint256 has = guard.collateral(p);
        amount = debt == 0 ? amount : amount % (debt + 2);
        coin.mint(address(this), amount > debt ? debt : amount);
        coin.approve(address(guard), amount);
        (bool done,) = address(guard).call(abi.encodeCall(LendingGuard.liquidate, (p, amount)));
        require(!done || debt > limit, "a healthy loan was liquidated");
        if (!done) return;
        uint256 seized = has - guard.collateral(p);
        pledged -= seized;
        require(guard.debt(p) == debt - amount, "a liquidator pays");
        require(seized * price <= amount * 1e30 * 105 / 100, "a liquidator got too much");
    }

    function allLoans() external view returns (uint256 count, uint256 nonces, uint256 debts, uint256 collaterals) {
        for (uint256 i = 0; i < 3; i++) {
            address p = player(i);
            count += loans[p];
            nonces += guard.nonces(p);
            debts += guard.debt(p);
            collaterals += guard.collateral(p);
        }
    }

    function money() external view returns (uint256 idle, uint256 coins) {
        return (coin.balanceOf(address(guard)), address(guard).balance);
    }
}

/// @notice What holds for a guard whatever is done with it.
contract GuardInvariantTest {
    Players private players = new Players();

    /// @dev What forge calls at random between the checks.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(players);
    }

    function invariant_books_agree_with_what_is_there() public view {
        (uint256 loans, uint256 nonces, uint256 debts, uint256 collaterals) = players.allLoans();
        (uint256 idle, uint256 coins) = players.money();
        require(loans == nonces, "each loan uses one nonce, and nothing else does");
        require(idle + debts == players.FUNDS(), "what is not there is owed");
        require(collaterals == coins && coins == players.pledged(), "collateral is accounted for");
    }
}
