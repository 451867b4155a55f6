// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

contract Counter {
    uint256 public count;
    address public owner;

    event Increased(address indexed by, uint256 indexed step, uint256 count);
    error TooLarge(uint256 step, uint256 most);

    constructor(uint256 start) payable {
        count = start;
        owner = msg.sender;
    }

    function increase(uint256 step) external returns (uint256) {
        if (step > 100) revert TooLarge(step, 100);
        count += step;
        emit Increased(msg.sender, step, count);
        return count;
    }

    function decrease(uint256 step) external {
        count -= step;
    }

    function ownerOnly() external view returns (bool) {
        require(msg.sender == owner, "not the owner");
        return true;
    }

    function time() external view returns (uint256) {
        return block.timestamp;
    }
}
