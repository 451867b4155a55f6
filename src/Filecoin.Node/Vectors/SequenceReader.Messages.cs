using System.Text.Json;

namespace Filecoin.Node;

/// <content>Files of messages that people write, with the state in a CAR beside them.</content>
public static partial class SequenceReader
{
    private static MessageSequence ReadMessages(JsonElement root, string path)
    {
        string car = Path.Combine(
            Path.GetDirectoryName(path) ?? "", root.GetProperty("car").GetString()!);
        CarReader reader = new(File.ReadAllBytes(car));
        MemoryBlockstore blocks = new();
        reader.CopyTo(blocks);
        List<SequenceStep> steps = [];
        foreach (JsonElement message in root.GetProperty("messages").EnumerateArray())
        {
            steps.Add(new()
            {
                Message = ReadWrittenMessage(message),
                Epoch = new(OptionalNumber(root, "epoch", 0)),
                Timestamp = (ulong)OptionalNumber(root, "timestamp", 0),
                BaseFee = ReadOptionalAmount(root, "base_fee", "0"),
                CirculatingSupply =
                    ReadOptionalAmount(root, "circ_supply", DefaultCirculatingSupply),
                Kind = message.TryGetProperty("kind", out JsonElement kind)
                    && kind.GetString() == "implicit"
                    ? ApplyKind.Implicit
                    : ApplyKind.Explicit,
            });
        }

        JsonElement? stateRoot = root.TryGetProperty("root", out JsonElement named) ? named : null;
        return new()
        {
            Name = Path.GetFileName(path),
            NetworkVersion = ReadVersion(root.GetProperty("network_version")),
            ActorsVersion = root.TryGetProperty("actors_bundle", out JsonElement bundle)
                ? ActorsVersionOf(bundle.GetString()!)
                : null,
            Rule = ChainRule.ByEpochSigned,
            ChainId = (ulong)OptionalNumber(root, "chain_id", 0),
            StateRoot = stateRoot is JsonElement cid
                ? ReadCid(cid)
                : reader.Roots.Count > 0
                ? reader.Roots[0]
                : throw new SequenceException("no `root`, and the CAR names none"),
            Blocks = blocks,
            Steps = steps,
        };
    }

    private static Message ReadWrittenMessage(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.String)
        {
            return ReadMessage(message.GetBytesFromBase64());
        }

        return new(
            0,
            ReadAddress(message.GetProperty("to")),
            ReadAddress(message.GetProperty("from")),
            (ulong)OptionalNumber(message, "nonce", 0),
            ReadOptionalAmount(message, "value", "0"),
            message.GetProperty("gas_limit").GetUInt64(),
            ReadOptionalAmount(message, "gas_fee_cap", "0"),
            ReadOptionalAmount(message, "gas_premium", "0"),
            new((ulong)OptionalNumber(message, "method", 0)),
            message.TryGetProperty("params", out JsonElement parameters)
                ? parameters.GetBytesFromBase64()
                : default);
    }

    private static Address ReadAddress(JsonElement value) =>
        Address.TryParse(value.GetString(), out Address address)
            ? address
            : throw new SequenceException($"not an address: {value.GetString()}");

    private static long OptionalNumber(JsonElement parent, string name, long absent) =>
        parent.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : absent;
}
