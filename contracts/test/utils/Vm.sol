// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Those of forge's cheat codes that are used here.
interface Vm {
    function readFile(string calldata path) external view returns (string memory);
    function readFileBinary(string calldata path) external view returns (bytes memory);
    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);
    function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256);
    function parseJsonAddress(string calldata json, string calldata key) external pure returns (address);
    function prank(address sender) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function chainId(uint256 id) external;
    function mockCall(address callee, bytes calldata data, bytes calldata returned) external;
    function etch(address account, bytes calldata code) external;
    function warp(uint256 time) external;
    function deal(address account, uint256 balance) external;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata data) external;
    function assume(bool condition) external pure;
    function snapshotGasLastCall(string calldata name) external returns (uint256);
    function snapshotValue(string calldata name, uint256 value) external;
}
