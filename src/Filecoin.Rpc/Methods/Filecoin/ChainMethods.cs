namespace Filecoin.Rpc;

/// <summary>Tipsets, blocks, messages, receipts, and blocks of the store.</summary>
/// <remarks>Spec: lotus node/impl/full/chain.go; eth-compat 13.</remarks>
public static class ChainMethods
{
    private const long WalkedMax = 1_000_000;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of("Filecoin.ChainHead", Permission.Read, "The last tipset.", Head),
        RpcMethod.Of("Filecoin.ChainGetGenesis", Permission.Read, "The first tipset.", Genesis),
        RpcMethod.Of(
            "Filecoin.ChainGetFinalizedTipSet", Permission.Read,
            "The last tipset that stays for good.", Finalized),
        RpcMethod.Of<TipsetLinks?, TipsetView>(
            "Filecoin.ChainGetTipSet", Permission.Read, "A tipset by its key.", GetTipset),
        RpcMethod.Of<long, TipsetLinks?, TipsetView>(
            "Filecoin.ChainGetTipSetByHeight", Permission.Read,
            "The tipset of an epoch, or the one before.", GetTipsetByHeight, 1),
        RpcMethod.Of<long, TipsetLinks?, TipsetView>(
            "Filecoin.ChainGetTipSetAfterHeight", Permission.Read,
            "The tipset of an epoch, or the one after.", GetTipsetAfterHeight, 1),
        RpcMethod.Of<TipsetLinks?, string>(
            "Filecoin.ChainTipSetWeight", Permission.Read,
            "How heavy the chain up to a tipset is.", Weight, 0),
        RpcMethod.Of<TipsetLinks?, TipsetLinks?, IReadOnlyList<HeadChangeView>>(
            "Filecoin.ChainGetPath", Permission.Read,
            "How the head goes from one tipset to another.", GetPath),
        RpcMethod.Of<TipsetLinks?, object?>(
            "Filecoin.ChainSetHead", Permission.Admin, "Makes a tipset the head.", SetHead),
        RpcMethod.Of<CidLink, HeaderView>(
            "Filecoin.ChainGetBlock", Permission.Read, "The header of a block.", GetBlock),
        RpcMethod.Of<CidLink, BlockMessagesView>(
            "Filecoin.ChainGetBlockMessages", Permission.Read, "The messages of a block.",
            GetBlockMessages),
        RpcMethod.Of<CidLink, IReadOnlyList<NamedMessageView>>(
            "Filecoin.ChainGetParentMessages", Permission.Read,
            "The messages of the tipset before a block.", GetParentMessages),
        RpcMethod.Of<CidLink, IReadOnlyList<MessageReceiptView>>(
            "Filecoin.ChainGetParentReceipts", Permission.Read,
            "What the messages of the tipset before a block led to.", GetParentReceipts),
        RpcMethod.Of<TipsetLinks?, IReadOnlyList<NamedMessageView>>(
            "Filecoin.ChainGetMessagesInTipset", Permission.Read, "The messages of a tipset.",
            GetMessagesInTipset),
        RpcMethod.Of<CidLink, MessageView>(
            "Filecoin.ChainGetMessage", Permission.Read, "A message.", GetMessage),
        RpcMethod.Of<CidLink, IReadOnlyList<ActorValue>>(
            "Filecoin.ChainGetEvents", Permission.Read, "The events under a receipt's root.",
            GetEvents),
        RpcMethod.Of<CidLink, byte[]>(
            "Filecoin.ChainReadObj", Permission.Read, "A block of the store.", ReadObject),
        RpcMethod.Of<CidLink, bool>(
            "Filecoin.ChainHasObj", Permission.Read, "Whether the store has it.", HasObject),
        RpcMethod.Of<CidLink, CidLink?, ObjectSizeView>(
            "Filecoin.ChainStatObj", Permission.Read,
            "How large something is with all that it links to.", StatObject, 1),
        .. RpcMethod.Of<long, BeaconView>(
            "Filecoin.StateGetBeaconEntry", Permission.Read, "What the beacon said.", GetBeacon)
            .And("Filecoin.BeaconGetEntry"),
    ];

    private static TipsetView Head(RpcCall call) => TipsetView.Of(call.Node.Chain.Head);

    private static TipsetView Genesis(RpcCall call) =>
        TipsetView.Of(call.Node.Blocks.Get(new("earliest", null, null, false)));

    private static TipsetView Finalized(RpcCall call) =>
        TipsetView.Of(call.Node.Blocks.Get(new("finalized", null, null, false)));

    private static TipsetView GetTipset(RpcCall call, TipsetLinks? key) =>
        TipsetView.Of(call.TipsetOf(key));

    private static TipsetView GetTipsetByHeight(RpcCall call, long height, TipsetLinks? key)
    {
        Tipset last = LastFor(call, height, key);

        // Wallets ask for what is long final; a young network has nothing before its first.
        return call.Node.Chain.Store.TryGetAtOrBefore(
            last, new(long.Max(0, height)), out Tipset? found)
                ? TipsetView.Of(found)
                : throw new RpcException($"no tipset of epoch {height}");
    }

    private static TipsetView GetTipsetAfterHeight(RpcCall call, long height, TipsetLinks? key)
    {
        Tipset last = LastFor(call, height, key);
        return call.Node.Chain.Store.TryGetAtOrAfter(
            last, new(long.Max(0, height)), out Tipset? found)
                ? TipsetView.Of(found)
                : throw new RpcException($"no tipset of epoch {height} or later");
    }

    private static Tipset LastFor(RpcCall call, long height, TipsetLinks? key)
    {
        Tipset last = call.TipsetOf(key);
        return height <= last.Epoch.Value
            ? last
            : throw new RpcException("looking for tipset with height greater than start point");
    }

    private static string Weight(RpcCall call, TipsetLinks? key) =>
        $"{call.Node.Chain.WeightOf(call.TipsetOf(key)).Value}";

    private static IReadOnlyList<HeadChangeView> GetPath(
        RpcCall call, TipsetLinks? from, TipsetLinks? to)
    {
        Tipset left = call.TipsetOf(from);
        Tipset right = call.TipsetOf(to);
        List<HeadChangeView> path = [];
        List<HeadChangeView> applied = [];
        while (left.Key != right.Key)
        {
            if (path.Count + applied.Count > call.Node.Limits.ResultsMax)
            {
                throw new RpcException(new RpcError(
                    RpcError.LimitCode, $"more than {call.Node.Limits.ResultsMax} tipsets"));
            }

            if (left.Epoch.Value > right.Epoch.Value)
            {
                path.Add(new("revert", TipsetView.Of(left)));
                left = call.ParentOf(left);
            }
            else
            {
                applied.Add(new("apply", TipsetView.Of(right)));
                right = call.ParentOf(right);
            }
        }

        applied.Reverse();
        path.AddRange(applied);
        return path;
    }

    private static object? SetHead(RpcCall call, TipsetLinks? key)
    {
        _ = call.Node.Chain.MoveHead(call.TipsetOf(key));
        return null;
    }

    private static HeaderView GetBlock(RpcCall call, CidLink block) =>
        HeaderView.Of(HeaderOf(call, block));

    private static BlockMessagesView GetBlockMessages(RpcCall call, CidLink block)
    {
        FullBlock full =
            FullBlock.Load(call.Node.Chain.Store.Blocks, HeaderOf(call, block));
        List<MessageView> bls = [];
        List<SignedMessageView> signed = [];
        List<CidLink> cids = [];
        foreach (ChainMessage message in full.Messages)
        {
            cids.Add(new(message.Cid));
            if (message.IsBls)
            {
                bls.Add(MessageView.Of(message.Message));
            }
            else
            {
                signed.Add(SignedMessageView.Of(message.ToSigned()!));
            }
        }

        return new(bls, signed, cids);
    }

    private static IReadOnlyList<NamedMessageView> GetParentMessages(RpcCall call, CidLink block) =>
        TryGetParents(call, block, out Tipset? parents) ? MessagesOf(call, parents) : [];

    private static IReadOnlyList<MessageReceiptView> GetParentReceipts(
        RpcCall call, CidLink block)
    {
        List<MessageReceiptView> receipts = [];
        if (!TryGetParents(call, block, out Tipset? parents)
            || !call.Node.Chain.Store.TryGetRecord(parents, out TipsetRecord? record))
        {
            return receipts;
        }

        while (call.Node.Chain.Store.TryGetReceipt(
            record, (ulong)receipts.Count, out Receipt? receipt))
        {
            receipts.Add(MessageReceiptView.Of(receipt));
        }

        return receipts;
    }

    private static IReadOnlyList<NamedMessageView> GetMessagesInTipset(
        RpcCall call, TipsetLinks? key) => MessagesOf(call, call.TipsetOf(key));

    private static List<NamedMessageView> MessagesOf(RpcCall call, Tipset tipset)
    {
        List<NamedMessageView> messages = [];
        foreach (ChainMessage message in call.Node.MessagesOf(tipset))
        {
            messages.Add(NamedMessageView.Of(message));
        }

        return messages;
    }

    private static MessageView GetMessage(RpcCall call, CidLink message) =>
        MessageView.Of(ExecutionMethods.MessageOf(call, message.Cid));

    private static IReadOnlyList<ActorValue> GetEvents(RpcCall call, CidLink root)
    {
        List<ActorValue> events = [];
        foreach (StampedEvent stamped in
            EventTree.Load(call.Node.Chain.Store.Blocks, root.Cid))
        {
            events.Add(new(stamped));
        }

        return events;
    }

    private static byte[] ReadObject(RpcCall call, CidLink block) =>
        call.Node.Chain.Store.Blocks.TryGet(block.Cid, out ReadOnlyMemory<byte> bytes)
            ? bytes.ToArray()
            : throw new RpcException($"block not found: {block.Cid}");

    private static bool HasObject(RpcCall call, CidLink block) =>
        call.Node.Chain.Store.Blocks.Has(block.Cid);

    private static ObjectSizeView StatObject(RpcCall call, CidLink root, CidLink? without)
    {
        LinkWalk walk = new(call.Node.Chain.Store.Blocks, WalkedMax);
        foreach ((_, Cid code) in ChainState.At(call, null).Manifest.Entries)
        {
            // Code that runs in C# has a name and need not be there.
            if (!call.Node.Chain.Store.Blocks.Has(code))
            {
                walk.Skip(code);
            }
        }

        if (without is CidLink known)
        {
            walk.Visit(known.Cid);
        }

        long before = walk.LinkCount;
        ulong size = 0;
        walk.Visit(root.Cid, (_, block) => size += (ulong)block.Length);
        return new(size, (ulong)(walk.LinkCount - before));
    }

    private static BeaconView GetBeacon(RpcCall call, long epoch)
    {
        if (!call.Node.Chain.TryGetTipset(new(epoch), NullRound.Before, out Tipset? tipset))
        {
            throw new RpcException($"the beacon has no entry of epoch {epoch}");
        }

        ValueList<BeaconEntry> entries = tipset.Blocks[0].BeaconEntries;
        return entries.Count > 0
            ? new(entries[entries.Count - 1].Round, entries[entries.Count - 1].Data.ToArray())
            : throw new RpcException($"the block of epoch {tipset.Epoch} has no beacon entry");
    }

    private static bool TryGetParents(
        RpcCall call,
        CidLink block,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Tipset? parents)
    {
        BlockHeader header = HeaderOf(call, block);
        parents = null;
        return header.Epoch.Value > 0
            && call.Node.Chain.Store.TryGetTipset(
                TipsetKey.Of(header.Parents.Span), out parents);
    }

    private static BlockHeader HeaderOf(RpcCall call, CidLink block) =>
        call.Node.Chain.Store.Blocks.TryGet(block.Cid, out ReadOnlyMemory<byte> bytes)
            ? BlockHeader.TryDecode(bytes.Span, out BlockHeader? header)
                ? header
                : throw new RpcException($"{block.Cid} is no block's header")
            : throw new RpcException($"block not found: {block.Cid}");
}
