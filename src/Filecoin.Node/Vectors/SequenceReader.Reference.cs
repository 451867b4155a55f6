namespace Filecoin.Node;

/// <content>Sequences recorded from the reference.</content>
public static partial class SequenceReader
{
    private const int EventsMax = 100_000;

    private static readonly string[] SettlementNames =
    [
        "penalty", "miner_tip", "base_fee_burn", "over_estimation_burn", "refund", "gas_burned",
    ];

    private static MessageSequence ReadReference(JsonPlace top) => new()
    {
        Name = Excerpt.Of(top.Member("name").Text()),
        NetworkVersion = ReadVersion(top.Member("network_version")),
        ActorsVersion = ReadActorsVersion(top.Member("actors_bundle")),
        ChainId = top.Member("chain_id").UInt64(),
        StateRoot = ReadCid(top.Member("pre_root")),
        Blocks = ReadBlocks(top.Member("car_gz_b64")),
        Steps = top.Member("steps").Items(MessagesMax).ConvertAll(ReadReferenceStep),
        Rule = ReadRule(top.Member("environment")),
    };

    private static ChainRule ReadRule(JsonPlace value) => value.Text() switch
    {
        "constant" => ChainRule.Constant,
        "by-epoch" => ChainRule.ByEpoch,
        "by-epoch-signed" => ChainRule.ByEpochSigned,
        string other => throw value.Refuse($"is an unknown rule: {Excerpt.Of(other)}"),
    };

    private static SequenceStep ReadReferenceStep(JsonPlace step)
    {
        JsonPlace stateRoot = step.Member("pre_root");
        return new()
        {
            Message = ReadMessage(step.Member("message_b64")),
            Kind = ReadKind(step.Member("kind")),
            Advances = step.Member("advance").Boolean(),
            StateRoot = stateRoot.IsNull ? null : ReadCid(stateRoot),
            Epoch = new(step.Member("epoch").Natural()),
            Timestamp = step.Member("timestamp").UInt64(),
            BaseFee = ReadStock(step.Member("base_fee")),
            CirculatingSupply = ReadStock(step.Member("circ_supply")),
            SizeBytes = (int)step.Member("raw_length").Natural(int.MaxValue),
            Note = step.TryMember("note", out JsonPlace note) ? note.Text() : null,
            Expected = ReadExpected(step),
        };
    }

    private static ExpectedOutcome ReadExpected(JsonPlace step)
    {
        JsonPlace receipt = step.Member("receipt");
        JsonPlace codec = receipt.Member("return_codec");
        JsonPlace events = receipt.Member("events_root");
        Dictionary<string, string> settlement = [];
        foreach (string name in SettlementNames)
        {
            settlement[name] = step.Member(name).TextOrNumber();
        }

        return new()
        {
            ExitCode = receipt.Member("exit_code").UInt32(),
            Return = receipt.Member("return").Bytes(),
            ReturnCodec = codec.IsNull ? 0 : codec.UInt64(),
            GasUsed = receipt.Member("gas_used").Natural(),
            EventsRoot = events.IsNull ? "" : events.Text(),
            Events = step.Member("events").Items(EventsMax).ConvertAll(ReadEvent),
            Settlement = settlement,
            StateRoot = ReadCid(step.Member("state_root")),
            Charges = step.TryMember("gas", out JsonPlace gas) ? ReadCharges(gas) : null,
        };
    }

    private static Dictionary<string, (long Count, long Milligas)> ReadCharges(JsonPlace gas)
    {
        Dictionary<string, (long, long)> charges = [];
        foreach ((string name, JsonPlace charge) in gas.Members())
        {
            charges[name] = (
                charge.Item(0).Natural(),
                Saturate(charge.Item(1).UInt64() + (Int128)charge.Item(2).UInt64()));
        }

        return charges;
    }

    private static long Saturate(Int128 milligas) =>
        milligas > long.MaxValue ? long.MaxValue : (long)milligas;

    private static StampedEvent ReadEvent(JsonPlace stamped) => new(
        new(stamped.Member("emitter").UInt64()),
        [.. stamped.Member("entries").Items(EventsMax).ConvertAll(ReadEntry)]);

    private static EventEntry ReadEntry(JsonPlace entry) => new(
        entry.Item(0).UInt64(),
        entry.Item(1).Text(),
        entry.Item(2).UInt64(),
        entry.Item(3).Bytes());
}
