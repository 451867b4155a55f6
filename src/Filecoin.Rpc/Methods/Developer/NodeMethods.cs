namespace Filecoin.Rpc;

/// <summary>Methods about the node itself.</summary>
internal static class NodeMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of("anvil_nodeInfo", Permission.Read, "What the node is.", Info),
        .. RpcMethod.Of("anvil_metadata", Permission.Read, "What the node is.", Metadata)
            .And("hardhat_metadata"),
        .. RpcMethod.Change<bool>(
            "anvil_setLoggingEnabled", "Whether the node prints each call's method.", SetLogging)
            .And("hardhat_setLoggingEnabled"),
    ];

    private static NodeInfoView Info(RpcCall call)
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
                Hex.Of((ulong)(call.Node.Producer.GasLimit ?? network.BlockGasMax)),
                Hex.Of(call.Node.Fees.Price)),
            new(null, null, null));
    }

    private static MetadataView Metadata(RpcCall call)
    {
        Tipset head = call.Node.Chain.Head;
        Dictionary<string, IReadOnlyList<object>> snapshots = [];
        foreach ((ulong id, Tipset kept) in call.Node.Chain.Snapshots)
        {
            snapshots[Hex.Of(id)] =
                [(ulong)kept.Epoch.Value, Hex.OfBytes(kept.KeyCid.Digest)];
        }

        return new(
            call.Node.ClientVersion,
            call.Node.Chain.Network.ChainId,
            Hex.OfBytes(call.Node.InstanceId.Span),
            (ulong)head.Epoch.Value,
            Hex.OfBytes(head.KeyCid.Digest),
            snapshots);
    }

    private static void SetLogging(RpcCall call, bool isOn) => call.Node.IsLogging = isOn;
}
