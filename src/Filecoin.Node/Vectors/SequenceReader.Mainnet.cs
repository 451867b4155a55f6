namespace Filecoin.Node;

/// <content>Vectors of real messages.</content>
public static partial class SequenceReader
{
    private const int StoredSignatureBytes = 69;
    private const int SecondsPerEpoch = 30;
    private const long EpochMax = long.MaxValue / SecondsPerEpoch;
    private const int RandomnessBytes = 32;

    private static readonly TokenAmount UsualBaseFee = TokenAmount.FromAtto(100);
    private static readonly TokenAmount UsualSupply = TokenAmount.FromFil(2_000_000_000);

    private static MessageSequence ReadMainnet(JsonPlace top, string path)
    {
        JsonPlace form = top.Member("class");
        if (form.Text() != "message")
        {
            throw form.Refuse($"is {Excerpt.Of(form.Text())}, not message");
        }

        JsonPlace before = top.Member("preconditions");
        JsonPlace after = top.Member("postconditions");
        JsonPlace variant = before.Member("variants").Item(0);
        NetworkVersion version = ReadVersion(variant.Member("nv"));
        return new()
        {
            Name = Path.GetFileName(path),
            NetworkVersion = version,
            ActorsVersion = version == NetworkVersion.V17 ? 9 : 10,
            Rule = ChainRule.Recorded,
            StateRoot = ReadCid(before.Member("state_tree").Member("root_cid")),
            Blocks = ReadBlocks(top.Member("car")),
            Steps = ReadMainnetSteps(
                top, before, after, variant.Member("epoch").Natural(EpochMax)),
            Randomness = ReadRandomness(top),
            BatchSealsAreFree = true,
        };
    }

    private static List<SequenceStep> ReadMainnetSteps(
        JsonPlace top, JsonPlace before, JsonPlace after, long epoch)
    {
        List<JsonPlace> messages = top.Member("apply_messages").Items(MessagesMax);
        JsonPlace receipts = after.Member("receipts");
        Cid stateRoot = ReadCid(after.Member("state_tree").Member("root_cid"));
        List<SequenceStep> steps = [];
        for (int i = 0; i < messages.Count; i++)
        {
            JsonPlace place = messages[i].Member("bytes");
            byte[] encoded = place.Bytes();
            Message message = BoundGas(
                place, DecodeMessage(place, encoded), ApplyKind.Explicit);
            steps.Add(new()
            {
                Message = message,
                Epoch = new(epoch),
                Timestamp = (ulong)(epoch * SecondsPerEpoch),
                BaseFee = ReadOptionalStock(before, "basefee", UsualBaseFee),
                CirculatingSupply = ReadOptionalStock(before, "circ_supply", UsualSupply),
                SizeBytes = encoded.Length
                    + (message.From.Protocol == Protocol.Secp256k1 ? StoredSignatureBytes : 0),
                Expected = ReadReceipt(
                    receipts.Item(i), i == messages.Count - 1 ? stateRoot : null),
            });
        }

        return steps;
    }

    private static ExpectedOutcome ReadReceipt(JsonPlace receipt, Cid? stateRoot) => new()
    {
        ExitCode = receipt.Member("exit_code").UInt32(),
        Return = receipt.Member("return").Bytes(),
        GasUsed = receipt.Member("gas_used").Natural(),
        StateRoot = stateRoot,
    };

    private static Dictionary<(bool FromBeacon, long Epoch), byte[]> ReadRandomness(JsonPlace top)
    {
        Dictionary<(bool, long), byte[]> randomness = [];
        if (!top.TryMember("randomness", out JsonPlace list))
        {
            return randomness;
        }

        foreach (JsonPlace entry in list.Items(MessagesMax))
        {
            JsonPlace question = entry.Member("on");
            bool fromBeacon = question.Item(0).Text() == "beacon";
            JsonPlace answer = entry.Member("ret");
            byte[] drawn = answer.Bytes();
            randomness[(fromBeacon, question.Item(1).Natural())] =
                drawn.Length == RandomnessBytes
                    ? drawn
                    : throw answer.Refuse($"has {drawn.Length} bytes, not {RandomnessBytes}");
        }

        return randomness;
    }
}
