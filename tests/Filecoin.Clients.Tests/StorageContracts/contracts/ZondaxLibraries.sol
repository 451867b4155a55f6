// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

// The test contracts that @zondax/filecoin-solidity comes with.
import "@zondax/filecoin-solidity/contracts/v0.8/tests/account.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/datacap.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/market.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/miner.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/power.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/precompiles.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/send.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/verifreg.test.sol";

/// A client of the verified registry has both: DataCap, and claims.
contract VerifiedClient is DataCapApiTest, VerifRegApiTest {}
