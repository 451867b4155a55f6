// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {Counter} from "../src/Counter.sol";
import {vm} from "../script/Vm.sol";

/// Runs in forge's own machine on the state of the node.
contract ForkTest {
    Counter private counter;
    address private owner;

    function setUp() external {
        counter = Counter(vm.envAddress("COUNTER"));
        owner = counter.owner();
    }

    function test_state_is_the_node_s() external view {
        require(block.chainid == 31415926, "chain id");
        require(counter.count() == 12, "count");
        require(owner.balance > 9_000 ether, "balance");
        require(owner.code.length == 0, "an account has no code");
    }

    function test_calls_change_the_fork() external {
        vm.expectEmit(true, true, true, true, address(counter));
        emit Counter.Increased(address(this), 3, 15);
        require(counter.increase(3) == 15, "count");
    }

    function test_reverts_have_reasons() external {
        vm.expectRevert(abi.encodeWithSelector(Counter.TooLarge.selector, 101, 100));
        counter.increase(101);
        vm.expectRevert("not the owner");
        counter.ownerOnly();
    }

    function test_senders_are_impersonated() external {
        vm.prank(owner);
        require(counter.ownerOnly(), "owner");
        vm.deal(address(counter), 1 ether);
        vm.prank(address(counter));
        require(counter.increase(1) == 13, "count");
    }

    function test_time_and_snapshots() external {
        uint256 id = vm.snapshotState();
        uint256 later = block.timestamp + 3600;
        vm.warp(later);
        vm.roll(block.number + 100);
        vm.store(address(counter), 0, bytes32(uint256(42)));
        require(counter.time() == later && counter.count() == 42, "changed");
        vm.revertToState(id);
        require(counter.count() == 12, "as it was");
    }
}
