// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCoin} from "../../src/demo/DemoCoin.sol";
import {IInferenceVerifier} from "../../src/interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../../src/interfaces/IModelRegistry.sol";
import {IAsset} from "../../src/lending/Asset.sol";
import {FeatureFeed} from "../../src/lending/FeatureFeed.sol";
import {LoanTerms} from "../../src/lending/ILendingGuard.sol";
import {LendingGuard} from "../../src/lending/LendingGuard.sol";
import {ModelRegistry} from "../../src/ModelRegistry.sol";
import {Vector, VectorTest} from "../utils/VectorTest.sol";

/// @notice A guard with the trained model, a coin of six decimals, and the borrower of the vectors, whose ten coins are worth 2,000 each.
abstract contract LoanTest is VectorTest {
    uint256 internal constant START = 1_000_000;
    uint256 internal constant PRICE = 2000e18;
    uint256 internal constant UNIT = 1e6;

    FeatureFeed internal feed = new FeatureFeed(address(this));
    ModelRegistry internal registry = new ModelRegistry();
    DemoCoin internal coin = new DemoCoin(6);
    LendingGuard internal guard;
    bytes32 internal modelId;
    Vector internal loan;
    address internal borrower;

    /// @dev Not named as forge would call it: the players of the invariants start otherwise.
    function prepare() internal {
        loan = load("loan");
        borrower = loan.requester;
        (modelId,) = registry.register("risk", loan.key, loan.metadata);
        guard = deploy(terms());
        vm.warp(START);
        report(loan, PRICE);
        coin.mint(address(guard), 100_000 * UNIT);
        pledge(borrower, 10 ether);
    }

    /// @dev A risk of 5 %: log(0.05 / 0.95).
    function terms() internal view returns (LoanTerms memory) {
        return LoanTerms({
            lender: address(this),
            greatestRisk: -2.944438979166440460e18,
            loanToValue: 0.75e18,
            liquidationThreshold: 0.8e18,
            liquidationBonus: 0.05e18,
            greatestAge: 1 hours
        });
    }

    /// @dev The proofs were made for one address, so the guard's code is put there.
    function deploy(LoanTerms memory terms_) internal returns (LendingGuard) {
        LendingGuard made = create(verifier, registry, modelId, IAsset(address(coin)), terms_);
        vm.etch(loan.consumer, address(made).code);
        return LendingGuard(loan.consumer);
    }

    function create(IInferenceVerifier verifier_, IModelRegistry registry_, bytes32 id, IAsset asset, LoanTerms memory terms_)
        internal
        returns (LendingGuard)
    {
        return new LendingGuard(verifier_, registry_, id, feed, asset, terms_, true);
    }

    /// @notice Reports the market of a vector: its input without the margin.
    function report(Vector memory v, uint256 price) internal {
        feed.report(market(v.input), price);
    }

    function market(bytes memory input) internal pure returns (bytes memory features) {
        features = new bytes(input.length - 1);
        for (uint256 i = 0; i < features.length; i++) {
            features[i] = input[i];
        }
    }

    function pledge(address who, uint256 amount) internal {
        vm.deal(who, amount);
        vm.prank(who);
        guard.deposit{value: amount}();
    }

    function borrow(Vector memory v, uint256 amount) internal {
        vm.prank(v.requester);
        guard.borrow(amount, v.output, v.proof);
    }

    function refuse(Vector memory v, address who, uint256 amount, bytes memory expected) internal {
        refuseCall(who, abi.encodeCall(LendingGuard.borrow, (amount, v.output, v.proof)), expected);
    }

    function refuseCall(address who, bytes memory data, bytes memory expected) internal {
        vm.prank(who);
        (bool accepted, bytes memory reason) = address(guard).call{gas: GAS}(data);
        require(!accepted, "accepted");
        require(keccak256(reason) == keccak256(expected), string.concat("another error: ", hexOf(reason)));
    }
}
