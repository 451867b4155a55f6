// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

// The test contracts of @zondax/filecoin-solidity that call no actor, but for that of its BigInts,
// which asks for compiler 0.8.17.
import "@zondax/filecoin-solidity/contracts/v0.8/tests/address.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/cbor.decode.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/deserializeparams.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated1.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated2.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated3.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated4.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated5.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated6.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated7.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated8.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated9.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated10.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated11.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated12.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated13.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/leb128.generated14.test.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/tests/marketcbor.test.sol";
