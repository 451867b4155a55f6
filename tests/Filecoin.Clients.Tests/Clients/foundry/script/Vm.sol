// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// What scripts and tests use of forge's own contract.
interface Vm {
    function startBroadcast() external;
    function stopBroadcast() external;
    function envAddress(string calldata name) external view returns (address);
    function expectRevert(bytes calldata reason) external;
    function expectEmit(bool, bool, bool, bool, address) external;
    function prank(address sender) external;
    function deal(address target, uint256 balance) external;
    function warp(uint256 time) external;
    function roll(uint256 number) external;
    function snapshotState() external returns (uint256);
    function revertToState(uint256 id) external returns (bool);
    function store(address target, bytes32 slot, bytes32 value) external;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
