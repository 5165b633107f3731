// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {CodeStorage} from "../libraries/CodeStorage.sol";
import {KeyFormat, Shape} from "../libraries/KeyFormat.sol";
import {ModelMetadata} from "../libraries/ModelMetadata.sol";
import {Asset, IAsset} from "./Asset.sol";
import {IFeatureFeed} from "./IFeatureFeed.sol";
import {ILendingGuard, LoanTerms} from "./ILendingGuard.sol";

/// @title Loans that are granted while a model says that liquidation is unlikely
/// @notice The borrower brings the model's output and a proof. Nothing else of theirs is believed: the model's input is the feed's features of the market and the margin of the loan, which
/// is computed here; the request is theirs alone, and each nonce serves once. A proof of earlier features, or of another position, is refused.
/// @dev Collateral is the chain's own coin. Whatever is rounded, is rounded against the borrower at a loan, and against the liquidator at a liquidation. Nobody can change another's position but by a
/// liquidation, so that nobody can spoil a proof that is under way; and a nonce is used by its owner's own successful loan only. Books are kept before anything is sent: who is called by a
/// transfer finds them right.
contract LendingGuard is ILendingGuard {
    using Asset for IAsset;

    /// @notice What the margin is counted in: a 200th of the limit.
    uint256 public constant MARGIN_STEPS = 200;
    uint256 public constant GREATEST_MARGIN = 127;

    uint256 private constant WAD = 1e18;

    /// @dev With 18 decimals, a scale below this would have less than six digits; and a zero would make every risk zero.
    uint256 private constant LEAST_SCALE = 1e6;
    uint256 private constant GREATEST_SCALE = 1e36;

    IInferenceVerifier public immutable verifier;
    IFeatureFeed public immutable feed;
    IAsset public immutable asset;

    /// @notice The model, as the registry names it, and the account of its key.
    bytes32 public immutable modelId;
    address public immutable key;

    /// @notice Real value of one step of the model's output; 18 decimals.
    int256 public immutable outputScale;

    address public immutable lender;
    int256 public immutable greatestRisk;
    uint256 public immutable loanToValue;
    uint256 public immutable liquidationThreshold;
    uint256 public immutable liquidationBonus;
    uint256 public immutable greatestAge;

    uint256 private immutable marketFeatures;

    /// @dev Collateral and price have 18 decimals each: divided by this, their product has those of the asset.
    uint256 private immutable priceUnit;

    mapping(address borrower => uint256) public collateral;
    mapping(address borrower => uint256) public debt;
    /// @notice The nonce that a borrower's next proof has to be made for.
    mapping(address borrower => uint256) public nonces;

    /// @param registry Where the model is registered.
    /// @param modelId_ The model: one public output; one byte for each public input, the features of the feed and last the margin.
    /// @param asset_ What is lent. It must move exactly the amount that it is told.
    /// @param acceptsInsecureSetup True only for development: then anyone can forge proofs.
    constructor(
        IInferenceVerifier verifier_,
        IModelRegistry registry,
        bytes32 modelId_,
        IFeatureFeed feed_,
        IAsset asset_,
        LoanTerms memory terms,
        bool acceptsInsecureSetup
    ) {
        (verifier, modelId, feed, asset) = (verifier_, modelId_, feed_, asset_);
        (lender, greatestRisk, loanToValue) = (terms.lender, terms.greatestRisk, terms.loanToValue);
        (liquidationThreshold, liquidationBonus) = (terms.liquidationThreshold, terms.liquidationBonus);
        greatestAge = terms.greatestAge;
        // A liquidation at the threshold then leaves the rest of the loan healthier than before, and no collateral short.
        bool isOrdered = 0 < loanToValue && loanToValue < liquidationThreshold && liquidationThreshold < WAD && liquidationBonus < WAD;
        if (!isOrdered || liquidationThreshold * (WAD + liquidationBonus) >= WAD * WAD || greatestAge == 0) revert TermsInconsistent();

        uint256 decimals = asset_.decimals();
        if (decimals > 18) revert AssetDecimals(decimals);
        priceUnit = 10 ** (36 - decimals);

        key = acceptsInsecureSetup ? registry.key(modelId_) : registry.secureKey(modelId_);
        (, Shape shape) = KeyFormat.load(key);
        if (shape.inputVisibility() != KeyFormat.PUBLIC || shape.outputVisibility() != KeyFormat.PUBLIC) revert ModelNotPublic();
        if (shape.inputCount() < 2 || shape.inputWidth() != 1) revert ModelInput(shape.inputCount(), shape.inputWidth());
        if (shape.outputCount() != 1) revert ModelOutput(shape.outputCount());
        marketFeatures = shape.inputCount() - 1;

        uint256 scale = ModelMetadata.outputScale(CodeStorage.read(registry.metadata(modelId_)));
        if (scale < LEAST_SCALE || scale > GREATEST_SCALE) revert ModelScale(scale);
        outputScale = int256(scale);
    }

    /// @notice Adds to the caller's collateral.
    function deposit() external payable {
        collateral[msg.sender] += msg.value;
        emit Deposited(msg.sender, msg.value);
    }

    /// @notice Lends to the caller, if the model's output for the market and the loan shows no greater risk than allowed.
    /// @param output The model's output, as proven.
    /// @param proof Made for this contract, the caller, and the input and nonce that `request` returns.
    function borrow(uint256 amount, bytes calldata output, bytes calldata proof) external {
        (bytes memory input, uint256 nonce) = request(msg.sender, amount);
        nonces[msg.sender] = nonce + 1;
        verifier.verify(key, msg.sender, nonce, input, output, proof);

        int256 risk = toInteger(output) * outputScale;
        if (risk > greatestRisk) revert RiskTooGreat(risk, greatestRisk);
        uint256 owed = debt[msg.sender] + amount;
        debt[msg.sender] = owed;
        emit Borrowed(msg.sender, nonce, amount, owed, uint8(input[input.length - 1]), risk);
        asset.send(msg.sender, amount);
    }

    /// @notice Pays back a part of the caller's debt.
    function repay(uint256 amount) external {
        uint256 owed = reduceDebt(msg.sender, amount);
        emit Repaid(msg.sender, amount, owed);
        asset.take(msg.sender, amount);
    }

    /// @notice Takes back collateral once nothing is owed.
    function withdraw(uint256 amount) external {
        if (debt[msg.sender] != 0) revert DebtOutstanding(debt[msg.sender]);
        reduceCollateral(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
        pay(amount);
    }

    /// @notice Pays back, in the place of a borrower whose debt is above the limit, any part of it, and takes collateral of that worth and the bonus, rounded down.
    /// @dev Where the collateral is worth less than that, the liquidator takes a smaller part: what remains then is the lender's loss.
    function liquidate(address borrower, uint256 amount) external {
        uint256 price = currentPrice();
        uint256 limit = part(collateral[borrower], price, liquidationThreshold);
        if (debt[borrower] <= limit) revert LoanHealthy(debt[borrower], limit);
        if (amount == 0) revert AmountZero();
        uint256 owed = reduceDebt(borrower, amount);
        // Debts have 128 bits at most, and a unit less than 2^120.
        uint256 seized = amount * priceUnit / price;
        if (seized <= collateral[borrower]) seized += seized * liquidationBonus / WAD;
        reduceCollateral(borrower, seized);
        emit Liquidated(borrower, msg.sender, amount, seized, owed);
        asset.take(msg.sender, amount);
        pay(seized);
    }

    /// @notice The lender takes back what is not lent. They have no other right: not over loans, and not over collateral.
    function reclaim(uint256 amount) external {
        if (msg.sender != lender) revert NotLender(msg.sender);
        emit Reclaimed(amount);
        asset.send(lender, amount);
    }

    /// @notice What the proof for a loan has to be about: the model's input as it stands now, and the nonce. Reverts where no proof would help.
    function request(address borrower, uint256 amount) public view returns (bytes memory input, uint256 nonce) {
        (bytes memory features, uint256 price, uint256 updatedAt) = feed.latest();
        requireCurrent(price, updatedAt);
        if (features.length != marketFeatures) revert MarketFeatures(marketFeatures, features.length);
        if (amount == 0) revert AmountZero();
        uint256 pledged = collateral[borrower];
        uint256 limit = part(pledged, price, loanToValue);
        if (limit > type(uint128).max) limit = type(uint128).max;
        if (amount > limit || debt[borrower] > limit - amount) revert CollateralTooSmall(debt[borrower], amount, limit);
        uint256 margin = marginOf(debt[borrower] + amount, part(pledged, price, liquidationThreshold));
        return (bytes.concat(features, bytes1(uint8(margin))), nonces[borrower]);
    }

    /// @notice A borrower's debt, what it may reach by borrowing, and above what it can be liquidated; at the feed's price, which must be current.
    function standing(address borrower) external view returns (uint256 owed, uint256 borrowLimit, uint256 liquidationLimit) {
        uint256 price = currentPrice();
        uint256 pledged = collateral[borrower];
        return (debt[borrower], part(pledged, price, loanToValue), part(pledged, price, liquidationThreshold));
    }

    /// @dev How far a debt is below its limit, in whole steps. The limit is not below the debt, and not zero.
    function marginOf(uint256 owed, uint256 limit) private pure returns (uint256) {
        // Of 256 bits at most, as limits are a part of a product that was divided by 10^18 or more.
        uint256 steps = MARGIN_STEPS * (limit - owed) / limit;
        return steps < GREATEST_MARGIN ? steps : GREATEST_MARGIN;
    }

    /// @dev A part of the collateral's value, in the asset's smallest unit, rounded down twice. Collateral and price have at most 128 bits: no product overflows.
    function part(uint256 pledged, uint256 price, uint256 share) private view returns (uint256) {
        return pledged * price / priceUnit * share / WAD;
    }

    function currentPrice() private view returns (uint256 price) {
        uint256 updatedAt;
        (, price, updatedAt) = feed.latest();
        requireCurrent(price, updatedAt);
    }

    function requireCurrent(uint256 price, uint256 updatedAt) private view {
        // A report from the future is none; a subtraction of it would revert without a name.
        if (updatedAt > block.timestamp || block.timestamp - updatedAt > greatestAge) revert MarketStale(updatedAt);
        if (price == 0 || price > type(uint128).max) revert MarketPrice(price);
    }

    function reduceDebt(address borrower, uint256 amount) private returns (uint256 owed) {
        owed = debt[borrower];
        if (amount > owed) revert DebtExceeded(amount, owed);
        owed -= amount;
        debt[borrower] = owed;
    }

    function reduceCollateral(address borrower, uint256 amount) private {
        uint256 pledged = collateral[borrower];
        if (amount > pledged) revert CollateralExceeded(amount, pledged);
        collateral[borrower] = pledged - amount;
    }

    function pay(uint256 amount) private {
        (bool sent,) = msg.sender.call{value: amount}("");
        if (!sent) revert TransferFailed();
    }

    /// @dev The verifier has checked that there is one value, of 1, 2 or 4 bytes. An arithmetic shift extends its sign; times a scale below 2^120 it has less than 152 bits.
    function toInteger(bytes calldata value) private pure returns (int256) {
        return int256(uint256(bytes32(value))) >> (256 - 8 * value.length);
    }
}
