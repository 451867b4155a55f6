using System.Text.Json;

namespace Filecoin.Node;

/// <content>Vectors of real messages.</content>
public static partial class SequenceReader
{
    private const string DefaultBaseFee = "100";
    private const string DefaultCirculatingSupply = "2000000000000000000000000000";
    private const int StoredSignatureBytes = 69;
    private const int SecondsPerEpoch = 30;

    private static MessageSequence ReadMainnet(JsonElement root, string path)
    {
        string form = root.GetProperty("class").GetString()!;
        if (form != "message")
        {
            throw new SequenceException($"class {form}, not message");
        }

        JsonElement before = root.GetProperty("preconditions");
        JsonElement after = root.GetProperty("postconditions");
        JsonElement variant = before.GetProperty("variants")[0];
        NetworkVersion version = ReadVersion(variant.GetProperty("nv"));
        return new()
        {
            Name = Path.GetFileName(path),
            NetworkVersion = version,
            ActorsVersion = version == NetworkVersion.V17 ? 9 : 10,
            Rule = ChainRule.Recorded,
            StateRoot = ReadCid(before.GetProperty("state_tree").GetProperty("root_cid")),
            Blocks = ReadBlocks(root.GetProperty("car").GetString()!),
            Steps = ReadMainnetSteps(root, before, after, variant.GetProperty("epoch").GetInt64()),
            Randomness = ReadRandomness(root),
            BatchSealsAreFree = true,
        };
    }

    private static List<SequenceStep> ReadMainnetSteps(
        JsonElement root, JsonElement before, JsonElement after, long epoch)
    {
        JsonElement messages = root.GetProperty("apply_messages");
        JsonElement receipts = after.GetProperty("receipts");
        List<SequenceStep> steps = [];
        for (int i = 0; i < messages.GetArrayLength(); i++)
        {
            byte[] encoded = messages[i].GetProperty("bytes").GetBytesFromBase64();
            Message message = ReadMessage(encoded);
            JsonElement receipt = receipts[i];
            bool isLast = i == messages.GetArrayLength() - 1;
            steps.Add(new()
            {
                Message = message,
                Epoch = new(epoch),
                Timestamp = (ulong)(epoch * SecondsPerEpoch),
                BaseFee = ReadOptionalAmount(before, "basefee", DefaultBaseFee),
                CirculatingSupply =
                    ReadOptionalAmount(before, "circ_supply", DefaultCirculatingSupply),
                SizeBytes = encoded.Length
                    + (message.From.Protocol == Protocol.Secp256k1 ? StoredSignatureBytes : 0),
                Expected = new()
                {
                    ExitCode = receipt.GetProperty("exit_code").GetUInt32(),
                    Return = receipt.GetProperty("return").GetBytesFromBase64(),
                    GasUsed = receipt.GetProperty("gas_used").GetInt64(),
                    StateRoot = isLast
                        ? ReadCid(after.GetProperty("state_tree").GetProperty("root_cid"))
                        : null,
                },
            });
        }

        return steps;
    }

    private static Dictionary<(bool FromBeacon, long Epoch), byte[]> ReadRandomness(JsonElement root)
    {
        Dictionary<(bool, long), byte[]> randomness = [];
        if (root.TryGetProperty("randomness", out JsonElement list)
            && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in list.EnumerateArray())
            {
                JsonElement question = entry.GetProperty("on");
                bool fromBeacon = question[0].GetString() == "beacon";
                randomness[(fromBeacon, question[1].GetInt64())] =
                    entry.GetProperty("ret").GetBytesFromBase64();
            }
        }

        return randomness;
    }

    private static TokenAmount ReadOptionalAmount(JsonElement parent, string name, string absent)
    {
        bool isGiven = parent.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null;
        return isGiven
            ? ReadAmount(value)
            : TokenAmount.TryParse(absent, out TokenAmount amount) ? amount : default;
    }
}
