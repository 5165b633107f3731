// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAsset} from "../../src/lending/Asset.sol";
import {ILendingGuard} from "../../src/lending/ILendingGuard.sol";
import {LendingGuard} from "../../src/lending/LendingGuard.sol";
import {LoanTest} from "./LoanTest.sol";
import {StubVerifier} from "./StubVerifier.sol";

/// @notice An asset that tells both sides of a transfer about it, and behaves as its mode says.
contract StrangeCoin is IAsset {
    enum Mode { Honest, SaysNothing, SaysNo, SaysTwo, Reverts, SaysTooLittle }

    Mode public mode;
    mapping(address => uint256) public balanceOf;

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function set(Mode mode_) external {
        mode = mode_;
    }

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        return move(from, to, amount);
    }

    function move(address from, address to, uint256 amount) private returns (bool) {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        if (from.code.length != 0) Attacker(payable(from)).told();
        if (to.code.length != 0 && to != msg.sender) Attacker(payable(to)).told();
        if (mode == Mode.Reverts) revert("no");
        if (mode == Mode.SaysNo) return false;
        uint256 size = mode == Mode.SaysNothing ? 0 : mode == Mode.SaysTooLittle ? 31 : 32;
        uint256 word = mode == Mode.SaysTwo ? 2 : 1;
        assembly ("memory-safe") {
            mstore(0, word)
            return(0, size)
        }
    }
}

/// @notice Calls the guard again whenever it is called itself.
contract Attacker {
    LendingGuard private guard;
    bytes private data;
    bytes public reason;
    uint256 public successes;
    uint256 public calls;

    receive() external payable {
        told();
    }

    function plan(LendingGuard guard_, bytes calldata data_) external {
        (guard, data, successes, calls, reason) = (guard_, data_, 0, 0, hex"");
    }

    function told() public {
        if (data.length == 0 || calls > 3) return;
        calls++;
        (bool done, bytes memory returned) = address(guard).call(data);
        if (done) successes++;
        else reason = returned;
    }

    function act(bytes calldata what, uint256 value) external returns (bool done) {
        (done,) = address(guard).call{value: value}(what);
    }
}

/// @notice Who is called by a transfer finds the books right, and gains nothing by calling back.
contract ReentrancyTest is LoanTest {
    StrangeCoin private strange = new StrangeCoin();
    Attacker private attacker = new Attacker();

    function setUp() public {
        prepare();
        guard = create(new StubVerifier(), registry, modelId, IAsset(address(strange)), terms());
        strange.mint(address(guard), 1000 ether);
        strange.mint(address(attacker), 1000 ether);
        feed.report(market(loan.input), 2e18);
        vm.deal(address(attacker), 10 ether);
        attacker.plan(guard, hex"");
        require(attacker.act(abi.encodeCall(LendingGuard.deposit, ()), 10 ether));
        // The guard has code, so it would be told of transfers as well.
        vm.mockCall(address(guard), abi.encodeCall(Attacker.told, ()), hex"");
    }

    function test_a_loan_within_a_loan_meets_the_limit() public {
        attacker.plan(guard, lend(10 ether));
        require(attacker.act(lend(10 ether), 0) && attacker.successes() == 0 && attacker.calls() == 1);
        require(keccak256(attacker.reason()) == keccak256(abi.encodeWithSelector(ILendingGuard.CollateralTooSmall.selector, 10 ether, 10 ether, 15 ether)));
        require(guard.debt(address(attacker)) == 10 ether && guard.nonces(address(attacker)) == 1);
    }

    function test_collateral_does_not_leave_during_a_loan() public {
        attacker.plan(guard, abi.encodeCall(LendingGuard.withdraw, (10 ether)));
        require(attacker.act(lend(1 ether), 0) && attacker.successes() == 0 && attacker.calls() == 1);
        require(keccak256(attacker.reason()) == keccak256(abi.encodeWithSelector(ILendingGuard.DebtOutstanding.selector, 1 ether)));
    }

    function test_collateral_leaves_once() public {
        attacker.plan(guard, abi.encodeCall(LendingGuard.withdraw, (10 ether)));
        require(attacker.act(abi.encodeCall(LendingGuard.withdraw, (10 ether)), 0) && attacker.successes() == 0 && attacker.calls() == 1);
        require(keccak256(attacker.reason()) == keccak256(abi.encodeWithSelector(ILendingGuard.CollateralExceeded.selector, 10 ether, 0)));
        require(address(attacker).balance == 10 ether);
    }

    function test_a_debt_is_paid_once_and_paid_for() public {
        require(attacker.act(lend(10 ether), 0));
        uint256 before = strange.balanceOf(address(guard));
        attacker.plan(guard, abi.encodeCall(LendingGuard.repay, (10 ether)));
        require(attacker.act(abi.encodeCall(LendingGuard.repay, (10 ether)), 0) && attacker.successes() == 0);
        require(strange.balanceOf(address(guard)) == before + 10 ether && guard.debt(address(attacker)) == 0);
    }

    function test_each_liquidation_is_paid_for() public {
        require(attacker.act(lend(15 ether), 0));
        feed.report(market(loan.input), 1.8e18);
        uint256 before = strange.balanceOf(address(guard));
        attacker.plan(guard, abi.encodeCall(LendingGuard.liquidate, (address(attacker), 1 ether)));
        require(attacker.act(abi.encodeCall(LendingGuard.liquidate, (address(attacker), 1 ether)), 0));
        uint256 count = 1 + attacker.successes();
        require(count > 1, "no call came back");
        uint256 worth = uint256(1 ether) * 1e18 / 1.8e18;
        require(strange.balanceOf(address(guard)) == before + count * 1 ether && guard.debt(address(attacker)) == (15 - count) * 1 ether);
        require(guard.collateral(address(attacker)) == 10 ether - count * (worth + worth / 20) && address(attacker).balance == count * (worth + worth / 20));
    }

    function test_assets_that_refuse_in_their_own_way_are_understood() public {
        StrangeCoin.Mode[4] memory refusals =
            [StrangeCoin.Mode.SaysNo, StrangeCoin.Mode.SaysTwo, StrangeCoin.Mode.Reverts, StrangeCoin.Mode.SaysTooLittle];
        for (uint256 i = 0; i < refusals.length; i++) {
            strange.set(refusals[i]);
            refuseCall(address(attacker), lend(1 ether), abi.encodePacked(ILendingGuard.TransferFailed.selector));
        }
        strange.set(StrangeCoin.Mode.SaysNothing);
        require(attacker.act(lend(1 ether), 0) && strange.balanceOf(address(attacker)) == 1001 ether);
    }

    function test_an_asset_that_is_gone_sends_nothing() public {
        vm.etch(address(strange), hex"");
        refuseCall(address(attacker), lend(1 ether), abi.encodePacked(ILendingGuard.TransferFailed.selector));
    }

    function test_a_receiver_that_refuses_coins_keeps_its_collateral() public {
        guard = create(new StubVerifier(), registry, modelId, IAsset(address(strange)), terms());
        vm.deal(address(this), 1 ether);
        guard.deposit{value: 1 ether}();
        vm.expectRevert(ILendingGuard.TransferFailed.selector);
        guard.withdraw(1 ether);
        require(guard.collateral(address(this)) == 1 ether);
    }

    function lend(uint256 amount) private view returns (bytes memory) {
        return abi.encodeCall(LendingGuard.borrow, (amount, loan.output, hex""));
    }
}
