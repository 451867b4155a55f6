namespace Filecoin.Rpc;

/// <summary>What a node that follows this one asks for beside the network's own methods.</summary>
public static class FollowMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<IReadOnlyList<CidLink>, TipsetOutcomeView>(
            "fvm_getTipsetOutcome", Permission.Read, "What a tipset led to.", GetOutcome),
    ];

    private static TipsetOutcomeView GetOutcome(RpcCall call, IReadOnlyList<CidLink> tipset)
    {
        Cid[] cids = new Cid[tipset.Count];
        for (int i = 0; i < cids.Length; i++)
        {
            cids[i] = tipset[i].Cid;
        }

        ChainStore store = call.Node.Chain.Store;
        return store.TryGetTipset(TipsetKey.Of(cids), out Tipset? found)
            && store.TryGetRecord(found, out TipsetRecord? record)
                ? new(new(record.ComputedState), new(record.ReceiptsRoot), new(record.StateRoot))
                : throw new RpcException("no tipset of that key was executed");
    }
}

/// <summary>What a tipset led to.</summary>
/// <param name="ComputedState">State after its messages.</param>
/// <param name="ReceiptsRoot">AMT of their receipts.</param>
/// <param name="StateRoot">
/// The state that the next tipset starts from: another one where a developer has changed it.
/// </param>
public sealed record TipsetOutcomeView(
    CidLink ComputedState, CidLink ReceiptsRoot, CidLink StateRoot);
