using System.Text.Json;

namespace Filecoin.Node;

/// <content>Sequences recorded from the reference.</content>
public static partial class SequenceReader
{
    private static readonly string[] SettlementNames =
    [
        "penalty", "miner_tip", "base_fee_burn", "over_estimation_burn", "refund", "gas_burned",
    ];

    private static MessageSequence ReadReference(JsonElement root)
    {
        List<SequenceStep> steps = [];
        foreach (JsonElement step in root.GetProperty("steps").EnumerateArray())
        {
            steps.Add(ReadReferenceStep(step));
        }

        return new()
        {
            Name = root.GetProperty("name").GetString()!,
            NetworkVersion = ReadVersion(root.GetProperty("network_version")),
            ActorsVersion = ActorsVersionOf(root.GetProperty("actors_bundle").GetString()!),
            ChainId = root.GetProperty("chain_id").GetUInt64(),
            StateRoot = ReadCid(root.GetProperty("pre_root")),
            Blocks = ReadBlocks(root.GetProperty("car_gz_b64").GetString()!),
            Steps = steps,
            Rule = root.GetProperty("environment").GetString() switch
            {
                "constant" => ChainRule.Constant,
                "by-epoch" => ChainRule.ByEpoch,
                "by-epoch-signed" => ChainRule.ByEpochSigned,
                string other => throw new SequenceException($"unknown environment {other}"),
                null => throw new SequenceException("no environment"),
            },
        };
    }

    private static SequenceStep ReadReferenceStep(JsonElement step)
    {
        JsonElement stateRoot = step.GetProperty("pre_root");
        return new()
        {
            Message = ReadMessage(step.GetProperty("message_b64").GetBytesFromBase64()),
            Kind = step.GetProperty("kind").GetString() == "implicit"
                ? ApplyKind.Implicit
                : ApplyKind.Explicit,
            Advances = step.GetProperty("advance").GetBoolean(),
            StateRoot = stateRoot.ValueKind == JsonValueKind.Null ? null : ReadCid(stateRoot),
            Epoch = new(step.GetProperty("epoch").GetInt64()),
            Timestamp = step.GetProperty("timestamp").GetUInt64(),
            BaseFee = ReadAmount(step.GetProperty("base_fee")),
            CirculatingSupply = ReadAmount(step.GetProperty("circ_supply")),
            SizeBytes = step.GetProperty("raw_length").GetInt32(),
            Note = step.TryGetProperty("note", out JsonElement note) ? note.GetString() : null,
            Expected = ReadExpected(step),
        };
    }

    private static ExpectedOutcome ReadExpected(JsonElement step)
    {
        JsonElement receipt = step.GetProperty("receipt");
        JsonElement codec = receipt.GetProperty("return_codec");
        JsonElement events = receipt.GetProperty("events_root");
        Dictionary<string, string> settlement = [];
        foreach (string name in SettlementNames)
        {
            settlement[name] = Text(step.GetProperty(name));
        }

        return new()
        {
            ExitCode = receipt.GetProperty("exit_code").GetUInt32(),
            Return = receipt.GetProperty("return").GetBytesFromBase64(),
            ReturnCodec = codec.ValueKind == JsonValueKind.Null ? 0 : codec.GetUInt64(),
            GasUsed = receipt.GetProperty("gas_used").GetInt64(),
            EventsRoot = events.ValueKind == JsonValueKind.Null ? "" : Text(events),
            Events = ReadEvents(step.GetProperty("events")),
            Settlement = settlement,
            StateRoot = ReadCid(step.GetProperty("state_root")),
            Charges = ReadCharges(step),
        };
    }

    private static Dictionary<string, (long Count, long Milligas)>? ReadCharges(JsonElement step)
    {
        if (!step.TryGetProperty("gas", out JsonElement gas) || gas.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Dictionary<string, (long, long)> charges = [];
        foreach (JsonProperty charge in gas.EnumerateObject())
        {
            charges[charge.Name] = (
                charge.Value[0].GetInt64(),
                Saturate(charge.Value[1].GetUInt64() + (Int128)charge.Value[2].GetUInt64()));
        }

        return charges;
    }

    private static long Saturate(Int128 milligas) =>
        milligas > long.MaxValue ? long.MaxValue : (long)milligas;

    private static List<StampedEvent> ReadEvents(JsonElement events)
    {
        List<StampedEvent> list = [];
        foreach (JsonElement stamped in events.EnumerateArray())
        {
            List<EventEntry> entries = [];
            foreach (JsonElement entry in stamped.GetProperty("entries").EnumerateArray())
            {
                entries.Add(new(
                    entry[0].GetUInt64(),
                    entry[1].GetString()!,
                    entry[2].GetUInt64(),
                    entry[3].GetBytesFromBase64()));
            }

            list.Add(new(new(stamped.GetProperty("emitter").GetUInt64()), [.. entries]));
        }

        return list;
    }
}
