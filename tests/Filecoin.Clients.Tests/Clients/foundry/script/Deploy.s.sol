// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {Counter} from "../src/Counter.sol";
import {vm} from "./Vm.sol";

contract Deploy {
    function run() external returns (Counter counter) {
        vm.startBroadcast();
        counter = new Counter(20);
        counter.increase(2);
        payable(address(0x1111111111111111111111111111111111111111)).transfer(5);
        vm.stopBroadcast();
    }
}
