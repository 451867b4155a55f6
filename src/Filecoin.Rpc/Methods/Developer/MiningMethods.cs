namespace Filecoin.Rpc;

/// <summary>Methods that make blocks, or say when they are made and what of.</summary>
internal static class MiningMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. RpcMethod.Change<LooseQuantity?, LooseQuantity?>(
            "anvil_mine", "Makes blocks, so many seconds apart.", Mine, 0)
            .And("hardhat_mine"),
        RpcMethod.Of<JsonElement?, Quantity>(
            "evm_mine", Permission.Admin, "Makes a block, at a time or now.", MineOne, 0),
        .. RpcMethod.Of<JsonElement?, IReadOnlyList<BlockView>>(
            "anvil_mine_detailed", Permission.Admin, "Makes blocks, and shows them.",
            MineDetailed, 0)
            .And("evm_mine_detailed"),
        RpcMethod.Of<LooseQuantity, long>(
            "fvm_skipEpochs", Permission.Admin,
            "Makes a block so many epochs on, with none between but those that prove sectors:"
                + " there cron alone runs. Gives its epoch.",
            Skip),
        RpcMethod.Change<AddressView, bool>(
            "fvm_setProving",
            "Whether a storage miner's sectors are proven in their windows, if the node has its"
                + " worker's key.",
            SetProving),
        .. RpcMethod.Change<bool>(
            "anvil_setAutomine", "Whether each message gets a block.", SetAutomine)
            .And("evm_setAutomine"),
        .. RpcMethod.Of(
            "anvil_getAutomine", Permission.Read, "Whether each message gets a block.",
            GetAutomine)
            .And("hardhat_getAutomine"),
        .. RpcMethod.Change<LooseQuantity>(
            "anvil_setIntervalMining", "Sets the seconds from block to block; 0 for none.",
            SetInterval)
            .And("evm_setIntervalMining"),
        RpcMethod.Of(
            "anvil_getIntervalMining", Permission.Read,
            "The whole seconds from block to block, 1 for less; null where they are not made so.",
            GetInterval),
        .. RpcMethod.Of<LooseQuantity, bool>(
            "anvil_setBlockGasLimit", Permission.Admin,
            "Sets the gas of a block's messages, up to what the network lets it have.",
            SetGasLimit)
            .And("evm_setBlockGasLimit"),
        .. RpcMethod.Change<LooseQuantity>(
            "anvil_setNextBlockBaseFeePerGas", "Sets the next block's base fee.", SetBaseFee)
            .And("hardhat_setNextBlockBaseFeePerGas"),
        .. RpcMethod.Change<LooseQuantity>(
            "anvil_setMinGasPrice", "Is refused: the network has a base fee.", SetPrice)
            .And("hardhat_setMinGasPrice"),
        .. RpcMethod.Change<HexBytes>(
            "anvil_setNextBlockPrevRandao", "Sets what the next block's beacon says.", SetBeacon)
            .And("hardhat_setPrevRandao"),
        .. RpcMethod.Change<EthereumAddress>(
            "anvil_setCoinbase", "Sets who gets rewards.", SetMiner)
            .And("hardhat_setCoinbase"),
    ];

    private static void Mine(RpcCall call, LooseQuantity? count, LooseQuantity? seconds)
    {
        ulong? step = seconds is { Value.IsZero: false } given ? given.ToUInt64() : null;
        call.Node.Producer.MineMany(CountOf(call, count ?? 1UL), step);
    }

    private static long Skip(RpcCall call, LooseQuantity count)
    {
        int epochs = CountOf(call, count);
        Blockchain chain = call.Node.Chain;
        if (epochs == 0
            || chain.Head.Timestamp + ((ulong)epochs * chain.Network.EpochSeconds)
                > BlockProducer.TimeMax)
        {
            throw new RpcException(
                $"no block comes {epochs} epochs after {chain.Head.Epoch}");
        }

        _ = call.Node.Producer.Mine(nullRounds: epochs - 1);
        return chain.Head.Epoch.Value;
    }

    private static void SetProving(RpcCall call, AddressView miner, bool isProving)
    {
        ChainState state = ChainState.At(call, null);
        _ = new MinerReading(state, miner);
        call.Node.Producer.Proving.Set(state.IdOf(miner), isProving);
    }

    private static Quantity MineOne(RpcCall call, JsonElement? options)
    {
        _ = MineWith(call, options);
        return 0UL;
    }

    private static IReadOnlyList<BlockView> MineDetailed(RpcCall call, JsonElement? options)
    {
        List<BlockView> blocks = [];
        Tipset at = call.Node.Chain.Head;
        for (int left = MineWith(call, options); left > 0; left--)
        {
            at = blocks.Count == 0 ? call.Node.Chain.Head : ParentOf(call, at);
            blocks.Add(BlockViews.Of(call.Node, at, isFull: true));
        }

        blocks.Reverse();
        return blocks;
    }

    private static Tipset ParentOf(RpcCall call, Tipset tipset) =>
        call.Node.Chain.Store.TryGetTipset(tipset.Parents, out Tipset? parent)
            ? parent
            : throw new RpcException($"no parents of {tipset}");

    /// <summary>A time, or an object of a time and a number of blocks.</summary>
    private static int MineWith(RpcCall call, JsonElement? options)
    {
        int count = 1;
        JsonElement? time = options;
        if (options is JsonElement { ValueKind: JsonValueKind.Object } item)
        {
            count = item.TryGetProperty("blocks", out JsonElement blocks)
                && blocks.ValueKind != JsonValueKind.Null
                    ? CountOf(call, RpcJson.Read<LooseQuantity>(blocks))
                    : 1;
            time = item.TryGetProperty("timestamp", out JsonElement given) ? given : null;
        }

        if (time is JsonElement { ValueKind: not JsonValueKind.Null } wanted)
        {
            TimeMethods.SetNext(call, RpcJson.Read<LooseQuantity>(wanted));
        }

        call.Node.Producer.MineMany(count);
        return count;
    }

    private static void SetAutomine(RpcCall call, bool isOn)
    {
        BlockProducer producer = call.Node.Producer;
        producer.Mode = isOn ? ProductionMode.Instant : ProductionMode.Manual;
        _ = isOn ? producer.MineWaiting() : 0;
    }

    private static bool GetAutomine(RpcCall call) =>
        call.Node.Producer.Mode == ProductionMode.Instant;

    private static void SetInterval(RpcCall call, LooseQuantity seconds)
    {
        BlockProducer producer = call.Node.Producer;
        if (seconds.Value.IsZero)
        {
            producer.Mode = ProductionMode.Manual;
            return;
        }

        producer.Interval = seconds.Value <= BlockProducer.TimeMax
            ? TimeSpan.FromSeconds((long)seconds.Value)
            : throw RpcException.BadParameters($"no block comes after {seconds.Value} seconds");
        producer.Mode = ProductionMode.Interval;
    }

    /// <summary>Whole seconds; 1 for less.</summary>
    /// <remarks>
    /// Quirk: anvil cuts what is less than a second to 0, with which its callers turn it off.
    /// </remarks>
    private static ulong? GetInterval(RpcCall call) =>
        call.Node.Producer.Mode == ProductionMode.Interval
            ? ulong.Max(
                1, (ulong)(call.Node.Producer.Interval.Ticks / TimeSpan.TicksPerSecond))
            : null;

    private static bool SetGasLimit(RpcCall call, LooseQuantity gas)
    {
        long most = call.Node.Chain.Network.BlockGasMax;
        call.Node.Producer.GasLimit = !gas.Value.IsZero && gas.Value <= most
            ? (long)gas.Value
            : throw new RpcException($"a block has 1 to {most} gas, not {gas.Value}");
        return true;
    }

    private static void SetBaseFee(RpcCall call, LooseQuantity baseFee) =>
        call.Node.Producer.SetNextBaseFee(baseFee.ToAmount());

    private static void SetPrice(RpcCall call, LooseQuantity price) => throw new RpcException(
        $"no minimum of {price.Value}: the network has a base fee, which"
            + " setNextBlockBaseFeePerGas sets");

    private static void SetBeacon(RpcCall call, HexBytes beacon) =>
        call.Node.Producer.SetNextBeacon(beacon.Bytes);

    private static void SetMiner(RpcCall call, EthereumAddress address) =>
        call.Node.Producer.Miner = Address.FromId(
            new StateAmendment(call.Node).Ensure(address.ToAddress()));

    private static int CountOf(RpcCall call, LooseQuantity count) =>
        count.Value <= call.Node.Limits.MinedMax
            ? (int)count.Value
            : throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {call.Node.Limits.MinedMax} blocks"));
}
