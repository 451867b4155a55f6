// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import "@zondax/filecoin-solidity/contracts/v0.8/PowerAPI.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/cbor/BytesCbor.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/cbor/FilecoinCbor.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/cbor/IntCbor.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/utils/Actor.sol";
import "@zondax/filecoin-solidity/contracts/v0.8/utils/CborDecode.sol";
import "solidity-cborutils/contracts/CBOR.sol";

/// Orders data, is told by miners who store it, and keeps an eye on the sectors.
contract SectorWatch {
    using BytesCBOR for bytes;
    using CBOR for CBOR.CBORBuffer;
    using CBORDecoder for bytes;
    using FilecoinCBOR for bytes;
    using Uint64CBOR for uint64;

    struct Piece {
        uint64 miner;
        uint64 sector;
        int64 minimumEnd;
        bytes cid;
        uint64 size;
        bytes payload;
    }

    struct Sight {
        Status status;
        uint64 epoch;
    }

    enum Status { Dead, Active, Faulty }

    uint64 constant SECTOR_CONTENT_CHANGED = 2034386435;
    uint256 constant GENERATE_SECTOR_LOCATION = 1321604665;
    uint256 constant VALIDATE_SECTOR_STATUS = 3092458564;
    uint256 constant GET_NOMINAL_SECTOR_EXPIRATION = 3010055991;
    uint160 constant ID_ADDRESSES = uint160(0xff) << 152;

    mapping(bytes32 => bool) public isOrdered;
    Piece[] public pieces;
    /// What was seen of a piece's sector, in order.
    mapping(uint256 => Sight[]) public sights;

    event Stored(uint64 indexed miner, uint64 indexed sector, bytes cid, bytes payload);
    event Seen(uint256 indexed piece, Status status);

    error NotAMiner(address sender);
    error NotHandled(uint64 method, uint64 codec);
    error NotSo(uint256 piece, Status status);

    function order(bytes calldata cid) external {
        isOrdered[keccak256(cid)] = true;
    }

    /// What built-in actors call: says of each piece whether it is taken.
    function handle_filecoin_method(uint64 method, uint64 codec, bytes calldata params)
        external returns (uint32, uint64, bytes memory)
    {
        if (method != SECTOR_CONTENT_CHANGED || codec != Misc.CBOR_CODEC) {
            revert NotHandled(method, codec);
        }
        return (0, codec, take(minerOf(msg.sender), params));
    }

    /// Asks a miner how a sector fares, and where it is; dear, so off the chain.
    function locate(uint64 miner, uint64 sector)
        external returns (Status status, bytes memory place)
    {
        CBOR.CBORBuffer memory request = CBOR.create(16);
        request.startFixedArray(1);
        request.writeUInt64(sector);
        bytes memory answer = ask(miner, GENERATE_SECTOR_LOCATION, request.data());
        (, uint256 at) = answer.readFixedArray(0);
        uint8 code;
        (code, at) = answer.readUInt8(at);
        (place, ) = answer.readBytes(at);
        status = Status(code);
    }

    /// Whether a sector fares so, if it is where it is said to be.
    function fares(uint64 miner, uint64 sector, Status status, bytes memory place)
        public returns (bool)
    {
        CBOR.CBORBuffer memory request = CBOR.create(64);
        request.startFixedArray(3);
        request.writeUInt64(sector);
        request.writeUInt64(uint64(status));
        request.writeBytes(place);
        return ask(miner, VALIDATE_SECTOR_STATUS, request.data()).deserializeBool();
    }

    /// Keeps how the sector of a piece fares, which the caller says and the miner confirms.
    function see(uint256 piece, Status status, bytes calldata place) external {
        Piece storage it = pieces[piece];
        if (!fares(it.miner, it.sector, status, place)) revert NotSo(piece, status);
        sights[piece].push(Sight(status, uint64(block.number)));
        emit Seen(piece, status);
    }

    function endOf(uint64 miner, uint64 sector) external returns (int64) {
        return ask(miner, GET_NOMINAL_SECTOR_EXPIRATION, sector.serialize()).deserializeInt64();
    }

    function ask(uint64 miner, uint256 method, bytes memory request)
        private returns (bytes memory)
    {
        return Actor.callByID(
            CommonTypes.FilActorId.wrap(miner), method, Misc.CBOR_CODEC, request, 0, true);
    }

    /// The id of a miner by the address that it calls from; anyone could call.
    function minerOf(address sender) private returns (uint64 id) {
        id = uint64(uint160(sender));
        if (uint160(sender) != ID_ADDRESSES | id) revert NotAMiner(sender);
        PowerAPI.minerRawPower(id);
    }

    function take(uint64 miner, bytes memory params) private returns (bytes memory) {
        CBOR.CBORBuffer memory answer = CBOR.create(64);
        (uint256 sectors, uint256 at) = params.readFixedArray(0);
        answer.startFixedArray(uint64(sectors));
        for (; sectors > 0; sectors--) {
            uint64 sector;
            int64 minimumEnd;
            uint256 count;
            (, at) = params.readFixedArray(at);
            (sector, at) = params.readUInt64(at);
            (minimumEnd, at) = params.readInt64(at);
            (count, at) = params.readFixedArray(at);
            answer.startFixedArray(uint64(count));
            for (; count > 0; count--) {
                bool isTaken;
                (isTaken, at) = takePiece(Piece(miner, sector, minimumEnd, "", 0, ""), params, at);
                answer.writeBool(isTaken);
            }
        }
        return answer.data();
    }

    function takePiece(Piece memory piece, bytes memory params, uint256 at)
        private returns (bool isTaken, uint256)
    {
        CommonTypes.Cid memory cid;
        (, at) = params.readFixedArray(at);
        (cid, at) = params.readCid(at);
        (piece.size, at) = params.readUInt64(at);
        (piece.payload, at) = params.readBytes(at);
        piece.cid = cid.data;
        isTaken = isOrdered[keccak256(piece.cid)];
        if (isTaken) {
            pieces.push(piece);
            emit Stored(piece.miner, piece.sector, piece.cid, piece.payload);
        }
        return (isTaken, at);
    }
}
