namespace Filecoin.Rpc;

/// <summary>Methods that set the clock.</summary>
internal static class TimeMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. RpcMethod.Of<LooseQuantity, long>(
            "anvil_increaseTime", Permission.Admin,
            "Puts the clock ahead; gives how far it is ahead in all.", Increase)
            .And("evm_increaseTime"),
        .. RpcMethod.Of<LooseQuantity, long>(
            "anvil_setTime", Permission.Admin, "Sets the clock; gives how far it went ahead.",
            Set)
            .And("evm_setTime"),
        .. RpcMethod.Change<LooseQuantity>(
            "anvil_setNextBlockTimestamp", "Sets the next block's time.", SetNext)
            .And("evm_setNextBlockTimestamp"),
        RpcMethod.Change<LooseQuantity>(
            "anvil_setBlockTimestampInterval", "Sets the seconds between blocks' times.",
            SetStep),
        RpcMethod.Of(
            "anvil_removeBlockTimestampInterval", Permission.Admin,
            "Has blocks the clock's time again; false if they had.", RemoveStep),
        RpcMethod.Of(
            "anvil_getGenesisTime", Permission.Read, "The first block's time.", Genesis),
    ];

    internal static void SetNext(RpcCall call, LooseQuantity timestamp)
    {
        if (!call.Node.Producer.SetNextTimestamp(timestamp.ToUInt64()))
        {
            throw OutOfOrder(call, timestamp);
        }
    }

    private static long Increase(RpcCall call, LooseQuantity seconds)
    {
        BlockProducer producer = call.Node.Producer;
        return producer.IncreaseTime(seconds.ToUInt64())
            ? (long)producer.Now - (long)call.Node.Clock()
            : throw OutOfOrder(call, seconds);
    }

    private static long Set(RpcCall call, LooseQuantity timestamp)
    {
        ulong before = call.Node.Producer.Now;
        return call.Node.Producer.SetTime(timestamp.ToUInt64())
            ? long.Max(0, (long)timestamp.ToUInt64() - (long)before)
            : throw OutOfOrder(call, timestamp);
    }

    private static void SetStep(RpcCall call, LooseQuantity seconds) =>
        call.Node.Producer.TimestampStep = seconds.Value <= BlockProducer.TimeMax
            ? seconds.ToUInt64()
            : throw OutOfOrder(call, seconds);

    private static bool RemoveStep(RpcCall call)
    {
        bool had = call.Node.Producer.TimestampStep is not null;
        call.Node.Producer.TimestampStep = null;
        return had;
    }

    private static ulong Genesis(RpcCall call) =>
        call.Node.Chain.TryGetTipset(new(0), NullRound.Refused, out Tipset? first)
            ? first.Timestamp
            : throw new RpcException("the chain has no first block");

    private static RpcException OutOfOrder(RpcCall call, LooseQuantity timestamp) => new(
        timestamp.Value > BlockProducer.TimeMax / 2
            ? $"{timestamp.Value} seconds lead beyond the year 9999"
            : $"timestamp {timestamp.Value} is not after {call.Node.Chain.Head.Timestamp}, the"
                + " latest block's");
}
