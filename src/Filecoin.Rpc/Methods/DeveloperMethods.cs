using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>The methods of anvil and Hardhat that change a chain as no network would.</summary>
public static class DeveloperMethods
{
    private const string SecondsPerBlock = "seconds from block to block";

    private static readonly (string Name, string[] Others)[] Aliases =
    [
        ("evm_snapshot", ["anvil_snapshot"]),
        ("evm_revert", ["anvil_revert"]),
        ("hardhat_mine", ["anvil_mine"]),
        ("evm_increaseTime", ["anvil_increaseTime"]),
        ("evm_setNextBlockTimestamp", ["anvil_setNextBlockTimestamp"]),
        ("evm_setTime", ["anvil_setTime"]),
        ("evm_setAutomine", ["anvil_setAutomine"]),
        ("hardhat_getAutomine", ["anvil_getAutomine"]),
        ("evm_setIntervalMining", ["anvil_setIntervalMining"]),
        ("hardhat_impersonateAccount", ["anvil_impersonateAccount"]),
        ("hardhat_stopImpersonatingAccount", ["anvil_stopImpersonatingAccount"]),
        ("hardhat_setBalance", ["anvil_setBalance", "tenderly_setBalance"]),
        ("hardhat_setNonce", ["anvil_setNonce", "evm_setAccountNonce"]),
        ("hardhat_setCode", ["anvil_setCode"]),
        ("hardhat_setStorageAt", ["anvil_setStorageAt"]),
        ("hardhat_setNextBlockBaseFeePerGas", ["anvil_setNextBlockBaseFeePerGas"]),
        ("hardhat_setPrevRandao", ["anvil_setNextBlockPrevRandao"]),
        ("hardhat_setCoinbase", ["anvil_setCoinbase"]),
        ("hardhat_dropTransaction", ["anvil_dropTransaction"]),
        ("hardhat_metadata", ["anvil_metadata"]),
    ];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } = Aliased(
    [
        RpcMethod.Of("evm_snapshot", Permission.Admin, "Keeps what is, to come back to.", Snapshot),
        RpcMethod.Of<Quantity, bool>(
            "evm_revert", Permission.Admin, "Comes back to what was kept.", Revert),
        RpcMethod.Of<JsonElement?, Quantity>(
            "evm_mine", Permission.Admin, "Makes a block, at a time or now.", MineOne, 0),
        RpcMethod.Of<Quantity?, Quantity?, bool>(
            "hardhat_mine", Permission.Admin, $"Makes blocks, with {SecondsPerBlock}.", Mine, 0),
        RpcMethod.Of<Quantity, long>(
            "evm_increaseTime", Permission.Admin, "Puts the clock ahead.", IncreaseTime),
        RpcMethod.Of<Quantity, bool>(
            "evm_setNextBlockTimestamp", Permission.Admin, "Sets the next block's time.", NextTime),
        RpcMethod.Of<Quantity, long>(
            "evm_setTime", Permission.Admin, "Sets the clock.", SetTime),
        RpcMethod.Of<bool, bool>(
            "evm_setAutomine", Permission.Admin, "Whether each message gets a block.", Automine),
        RpcMethod.Of(
            "hardhat_getAutomine", Permission.Read, "Whether each message gets a block.",
            GetAutomine),
        RpcMethod.Of<Quantity, bool>(
            "evm_setIntervalMining", Permission.Admin, $"Sets {SecondsPerBlock}.", Interval),
        RpcMethod.Of<EthereumAddress, bool>(
            "hardhat_impersonateAccount", Permission.Admin, "Takes a sender at its word.",
            Impersonate),
        RpcMethod.Of<EthereumAddress, bool>(
            "hardhat_stopImpersonatingAccount", Permission.Admin,
            "No longer takes a sender at its word.", StopImpersonating),
        RpcMethod.Of<bool, bool>(
            "anvil_autoImpersonateAccount", Permission.Admin, "Takes all senders at their word.",
            ImpersonateAll),
        RpcMethod.Of<EthereumAddress, Quantity, bool>(
            "hardhat_setBalance", Permission.Admin, "Gives an address a balance.", SetBalance),
        RpcMethod.Of<EthereumAddress, Quantity, bool>(
            "hardhat_setNonce", Permission.Admin, "Gives an address a nonce.", SetNonce),
        RpcMethod.Of<EthereumAddress, HexBytes, bool>(
            "hardhat_setCode", Permission.Admin, "Gives an address code.", SetCode),
        RpcMethod.Of<EthereumAddress, Quantity, Quantity, bool>(
            "hardhat_setStorageAt", Permission.Admin, "Gives a slot a value.", SetStorageAt),
        RpcMethod.Of<Quantity, bool>(
            "hardhat_setNextBlockBaseFeePerGas", Permission.Admin,
            "Sets the next block's base fee.", NextBaseFee),
        RpcMethod.Of<HexBytes, bool>(
            "hardhat_setPrevRandao", Permission.Admin,
            "Sets what the next block's beacon says.", NextBeacon),
        RpcMethod.Of<EthereumAddress, bool>(
            "hardhat_setCoinbase", Permission.Admin, "Sets who gets rewards.", SetMiner),
        RpcMethod.Of<Hash32, bool>(
            "hardhat_dropTransaction", Permission.Admin, "Drops what waits.", Drop),
        RpcMethod.Of(
            "anvil_dropAllTransactions", Permission.Admin, "Drops all that waits.", DropAll),
        RpcMethod.Of("anvil_nodeInfo", Permission.Read, "What the node is.", NodeInfo),
        RpcMethod.Of("hardhat_metadata", Permission.Read, "What the node is.", Metadata),
        RpcMethod.Of("txpool_status", Permission.Read, "How much waits.", PoolStatus),
    ]);

    private static List<RpcMethod> Aliased(IReadOnlyList<RpcMethod> rows)
    {
        List<RpcMethod> all = [.. rows];
        foreach (RpcMethod row in rows)
        {
            foreach ((string name, string[] others) in Aliases)
            {
                if (name == row.Name)
                {
                    all.AddRange(Array.ConvertAll(others, row.As));
                }
            }
        }

        return all;
    }

    private static Quantity Snapshot(RpcCall call) => call.Node.Producer.TakeSnapshot();

    private static bool Revert(RpcCall call, Quantity snapshot) =>
        call.Node.Producer.Revert(snapshot.ToUInt64());

    private static Quantity MineOne(RpcCall call, JsonElement? options)
    {
        int count = 1;
        if (options is JsonElement { ValueKind: JsonValueKind.Object } item)
        {
            count = item.TryGetProperty("blocks", out JsonElement blocks)
                ? CountOf(call, RpcJson.Read<Quantity>(blocks))
                : 1;
            if (item.TryGetProperty("timestamp", out JsonElement time)
                && time.ValueKind != JsonValueKind.Null)
            {
                _ = NextTime(call, RpcJson.Read<Quantity>(time));
            }
        }
        else if (options is JsonElement given)
        {
            _ = NextTime(call, RpcJson.Read<Quantity>(given));
        }

        call.Node.Producer.MineMany(count);
        return 0UL;
    }

    private static bool Mine(RpcCall call, Quantity? count, Quantity? seconds)
    {
        ulong? step = seconds is { Value.IsZero: false } given ? given.ToUInt64() : null;
        call.Node.Producer.MineMany(CountOf(call, count ?? 1UL), step);
        return true;
    }

    private static long IncreaseTime(RpcCall call, Quantity seconds)
    {
        call.Node.Producer.IncreaseTime(seconds.ToUInt64());
        return Ahead(call);
    }

    private static bool NextTime(RpcCall call, Quantity timestamp) =>
        call.Node.Producer.SetNextTimestamp(timestamp.ToUInt64()) ? true : throw new RpcException(
            $"timestamp {timestamp.Value} is not after {call.Node.Chain.Head.Timestamp}, the"
                + " latest block's");

    private static long SetTime(RpcCall call, Quantity timestamp)
    {
        ulong now = call.Node.Producer.Now;
        ulong wanted = timestamp.ToUInt64();
        if (wanted < now)
        {
            throw new RpcException($"the clock is at {now} and does not go back to {wanted}");
        }

        call.Node.Producer.IncreaseTime(wanted - now);
        return Ahead(call);
    }

    private static bool Automine(RpcCall call, bool isOn)
    {
        BlockProducer producer = call.Node.Producer;
        producer.Mode = isOn ? ProductionMode.Instant : ProductionMode.Manual;
        _ = isOn ? producer.MineWaiting() : 0;
        return true;
    }

    private static bool GetAutomine(RpcCall call) =>
        call.Node.Producer.Mode == ProductionMode.Instant;

    private static bool Interval(RpcCall call, Quantity seconds)
    {
        BlockProducer producer = call.Node.Producer;
        if (seconds.Value.IsZero)
        {
            producer.Mode = ProductionMode.Manual;
            return true;
        }

        producer.IntervalSeconds = seconds.ToUInt64();
        producer.Mode = ProductionMode.Interval;
        return true;
    }

    private static bool Impersonate(RpcCall call, EthereumAddress address)
    {
        call.Node.Keys.Impersonate(address.ToAddress(), true);
        call.Node.Chain.Pool.Impersonate(address.ToAddress(), true);
        return true;
    }

    private static bool StopImpersonating(RpcCall call, EthereumAddress address)
    {
        call.Node.Keys.Impersonate(address.ToAddress(), false);
        call.Node.Chain.Pool.Impersonate(address.ToAddress(), false);
        return true;
    }

    private static bool ImpersonateAll(RpcCall call, bool isOn)
    {
        call.Node.Keys.ImpersonatesAll = isOn;
        return true;
    }

    private static bool SetBalance(RpcCall call, EthereumAddress address, Quantity balance)
    {
        new StateAmendment(call.Node).SetBalance(address.ToAddress(), balance.ToAmount());
        return true;
    }

    private static bool SetNonce(RpcCall call, EthereumAddress address, Quantity nonce)
    {
        new StateAmendment(call.Node).SetNonce(address.ToAddress(), nonce.ToUInt64());
        return true;
    }

    private static bool SetCode(RpcCall call, EthereumAddress address, HexBytes code)
    {
        new StateAmendment(call.Node).SetCode(address.ToAddress(), code.Bytes);
        return true;
    }

    private static bool SetStorageAt(
        RpcCall call, EthereumAddress address, Quantity slot, Quantity value)
    {
        new StateAmendment(call.Node).SetSlot(
            address.ToAddress(), WordOf(slot.Value), BigIntegerOf(value));
        return true;
    }

    private static bool NextBaseFee(RpcCall call, Quantity baseFee)
    {
        call.Node.Producer.SetNextBaseFee(baseFee.ToAmount());
        return true;
    }

    private static bool NextBeacon(RpcCall call, HexBytes beacon)
    {
        call.Node.Producer.SetNextBeacon(beacon.Bytes);
        return true;
    }

    private static bool SetMiner(RpcCall call, EthereumAddress address)
    {
        Address miner = address.ToAddress();
        ActorView state = call.Node.StateAfter(call.Node.Chain.Head);
        if (!state.TryGet(miner, out ActorId id, out _))
        {
            throw new RpcException(new RpcError(
                RpcError.ActorNotFoundCode, $"actor not found: {miner}"));
        }

        call.Node.Producer.Miner = Address.FromId(id);
        return true;
    }

    private static bool Drop(RpcCall call, Hash32 hash) =>
        call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out PoolEntry? entry)
        && call.Node.Chain.Pool.Drop(entry.Message.Cid);

    private static bool DropAll(RpcCall call)
    {
        call.Node.Chain.Pool.Clear();
        return true;
    }

    private static NodeInfoView NodeInfo(RpcCall call)
    {
        Tipset head = call.Node.Chain.Head;
        NetworkParameters network = call.Node.Chain.Network;
        return new(
            Hex.Of((ulong)head.Epoch.Value),
            head.Timestamp,
            Hex.OfBytes(head.KeyCid.Digest),
            "prague",
            "fees",
            new(
                Hex.Of(call.Node.Chain.NextBaseFee),
                network.ChainId,
                Hex.Of((ulong)network.BlockGasMax),
                Hex.Of(call.Node.Fees.Price)),
            new(null, null, null));
    }

    private static MetadataView Metadata(RpcCall call)
    {
        Tipset head = call.Node.Chain.Head;
        return new(
            call.Node.ClientVersion,
            call.Node.Chain.Network.ChainId,
            Hex.OfBytes(call.Node.InstanceId.Span),
            (ulong)head.Epoch.Value,
            Hex.OfBytes(head.KeyCid.Digest),
            []);
    }

    private static PoolStatusView PoolStatus(RpcCall call) =>
        new(Hex.Of((ulong)call.Node.Chain.Pool.Count), "0x0");

    private static long Ahead(RpcCall call) =>
        (long)(call.Node.Producer.Now - call.Node.Clock());

    private static int CountOf(RpcCall call, Quantity count) =>
        count.Value <= call.Node.Limits.MinedMax
            ? (int)count.Value
            : throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {call.Node.Limits.MinedMax} blocks"));

    private static BigInteger BigIntegerOf(Quantity value) =>
        value.Value.GetBitLength() <= 256
            ? value.Value
            : throw RpcException.BadParameters("a value has 32 bytes");

    internal static byte[] WordOf(BigInteger number)
    {
        byte[] word = new byte[ContractRecord.WordLength];
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        if (bytes.Length > word.Length)
        {
            throw RpcException.BadParameters("a slot has 32 bytes");
        }

        bytes.CopyTo(word, word.Length - bytes.Length);
        return word;
    }
}
