namespace Filecoin.Rpc;

/// <summary>Methods that go back.</summary>
internal static class HistoryMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. RpcMethod.Of(
            "anvil_snapshot", Permission.Admin, "Keeps what is, to come back to.", Snapshot)
            .And("evm_snapshot"),
        .. RpcMethod.Of<LooseQuantity, bool>(
            "anvil_revert", Permission.Admin, "Comes back to what was kept.", Revert)
            .And("evm_revert"),
        .. RpcMethod.Change<JsonElement?>(
            "anvil_reset", "Begins anew with the first block.", Reset, 0)
            .And("hardhat_reset"),
        RpcMethod.Change<LooseQuantity?>(
            "anvil_rollback", "Takes the last blocks back, one unless told otherwise.", Rollback,
            0),
        RpcMethod.Change<LooseQuantity, JsonElement?>(
            "anvil_reorg",
            "Puts other blocks in the place of the last ones, with pairs of a transaction and"
                + " the place of its block.",
            Reorganize, 1),
    ];

    private static Quantity Snapshot(RpcCall call) => call.Node.Producer.TakeSnapshot();

    private static bool Revert(RpcCall call, LooseQuantity snapshot) =>
        call.Node.Producer.Revert(snapshot.ToUInt64());

    private static void Reset(RpcCall call, JsonElement? options)
    {
        if (options is JsonElement { ValueKind: JsonValueKind.Object } given
            && given.TryGetProperty("forking", out _))
        {
            throw new RpcException("the network cannot be the fork of another one");
        }

        call.Node.Producer.Reset();
        call.Node.StopImpersonating();
    }

    private static void Rollback(RpcCall call, LooseQuantity? depth) =>
        call.Node.Producer.Rollback(DepthOf(call, depth ?? 1UL));

    private static void Reorganize(RpcCall call, LooseQuantity depth, JsonElement? pairs)
    {
        long epochs = DepthOf(call, depth);
        if (epochs > call.Node.Limits.MinedMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {call.Node.Limits.MinedMax} blocks"));
        }

        List<(JsonElement Transaction, int Place)> wanted = Read(pairs, epochs);
        call.Node.Producer.Reorganize(epochs, place =>
        {
            foreach ((JsonElement transaction, int at) in wanted)
            {
                if (at == place)
                {
                    Bring(call, transaction);
                }
            }
        });
    }

    private static void Bring(RpcCall call, JsonElement transaction) => _ =
        transaction.ValueKind == JsonValueKind.String
            ? call.Node.Sending.SendRaw(RpcJson.Read<HexBytes>(transaction).Bytes.Span)
            : call.Node.Sending.Send(RpcJson.Read<CallRequest>(transaction)!);

    private static List<(JsonElement Transaction, int Place)> Read(
        JsonElement? pairs, long epochs)
    {
        List<(JsonElement, int)> found = [];
        if (pairs is not JsonElement { ValueKind: JsonValueKind.Array } list)
        {
            return found;
        }

        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array
                || pair.GetArrayLength() != 2
                || pair[1].ValueKind != JsonValueKind.Number
                || !pair[1].TryGetInt32(out int place)
                || place < 0
                || place >= epochs)
            {
                throw RpcException.BadParameters(
                    $"a pair is a transaction and a block's place, 0 to {epochs - 1}");
            }

            found.Add((pair[0], place));
        }

        return found;
    }

    private static long DepthOf(RpcCall call, LooseQuantity depth)
    {
        long height = call.Node.Chain.Head.Epoch.Value;
        return depth.Value <= height
            ? (long)depth.Value
            : throw RpcException.BadParameters(
                $"{depth.Value} blocks back from {height}, the chain's height");
    }
}
