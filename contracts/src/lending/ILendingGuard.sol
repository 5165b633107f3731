// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What was agreed when a guard was deployed. Nobody can change it later.
struct LoanTerms {
    /// @notice Who provided what is lent, and may take back what is not.
    address lender;
    /// @notice Loans are granted up to this risk: the model's real output, 18 decimals. For the risk model here a logit, log(P / (1 - P)) of a probability P.
    int256 greatestRisk;
    /// @notice Part of the collateral's value that can be borrowed; 18 decimals.
    uint256 loanToValue;
    /// @notice Part of the collateral's value up to which a debt is safe from liquidation; 18 decimals.
    uint256 liquidationThreshold;
    /// @notice What a liquidator gets beyond the worth of what they pay; 18 decimals.
    uint256 liquidationBonus;
    /// @notice Seconds for which a report of the feed counts.
    uint256 greatestAge;
}

/// @title Errors and events of the lending guard
interface ILendingGuard {
    /// @notice The terms contradict each other: the order is 0 < loan to value < threshold, threshold * (1 + bonus) < 1, 0 < age.
    error TermsInconsistent();
    /// @notice The asset has more than 18 decimals.
    error AssetDecimals(uint256 actual);
    /// @notice Input or output of the model is not public.
    error ModelNotPublic();
    /// @notice The model's input is not two or more values of one byte: features of the market, then the margin.
    error ModelInput(uint256 count, uint256 bytesOfValue);
    /// @notice The model has more outputs than one.
    error ModelOutput(uint256 count);
    /// @notice One step of the output is worth so little that its 18 decimals say nothing, or so much that it cannot be a risk.
    error ModelScale(uint256 scale);
    /// @notice The feed's report is older than the terms allow, or from the future.
    error MarketStale(uint256 updatedAt);
    /// @notice The feed's price is zero or beyond 128 bits.
    error MarketPrice(uint256 price);
    /// @notice The feed reports another number of features than the model takes.
    error MarketFeatures(uint256 expected, uint256 actual);
    /// @notice Nothing was asked for.
    error AmountZero();
    /// @notice The loan would pass what the collateral allows.
    error CollateralTooSmall(uint256 debt, uint256 amount, uint256 limit);
    /// @notice The model's output is above what the terms allow.
    error RiskTooGreat(int256 risk, int256 greatest);
    /// @notice More is to be paid than is owed.
    error DebtExceeded(uint256 amount, uint256 debt);
    /// @notice Collateral stays as long as anything is owed.
    error DebtOutstanding(uint256 debt);
    /// @notice More collateral is to be taken than there is.
    error CollateralExceeded(uint256 amount, uint256 collateral);
    /// @notice The debt is not above the limit: the loan cannot be liquidated.
    error LoanHealthy(uint256 debt, uint256 limit);
    /// @notice Only the lender may do this.
    error NotLender(address caller);
    /// @notice The asset or the receiver of collateral refused a transfer.
    error TransferFailed();

    event Deposited(address indexed borrower, uint256 amount);
    event Borrowed(address indexed borrower, uint256 nonce, uint256 amount, uint256 debt, uint256 margin, int256 risk);
    event Repaid(address indexed borrower, uint256 amount, uint256 debt);
    event Withdrawn(address indexed borrower, uint256 amount);
    event Liquidated(address indexed borrower, address indexed liquidator, uint256 amount, uint256 seized, uint256 debt);
    event Reclaimed(uint256 amount);
}
