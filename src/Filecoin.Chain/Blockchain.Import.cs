namespace Filecoin.Chain;

/// <content>Blocks that other nodes have made.</content>
public sealed partial class Blockchain
{
    /// <summary>Takes an announced block, the only one of its tipset.</summary>
    /// <param name="block">The block.</param>
    /// <param name="messages">Where its messages are; they need not be what their CIDs say.</param>
    /// <param name="rules">What it is held against; null for the strict ones.</param>
    /// <param name="remote">See the tipset's import.</param>
    /// <exception cref="BlockRefusedException">It is not taken; nothing changed.</exception>
    public ImportResult Import(
        Block block,
        IBlockstore messages,
        ImportRules? rules = null,
        Func<Tipset, RemoteOutcome?>? remote = null)
    {
        if (block.BlsMessages.Count > Network.BlockListMax
            || block.SignedMessages.Count > Network.BlockListMax)
        {
            throw new BlockRefusedException(
                BlockRefusal.Message,
                $"{block.BlsMessages.Count} and {block.SignedMessages.Count} messages in a"
                    + " block");
        }

        FullBlock full;
        try
        {
            full = FullBlock.Assemble(block, messages);
        }
        catch (IpldException failure)
        {
            throw new BlockRefusedException(
                BlockRefusal.MessageLists, $"its messages: {failure.Message}", failure);
        }

        return Import([full], rules, remote);
    }

    /// <summary>
    /// Takes a tipset of another node: checks it, executes it, and follows it if its chain is
    /// the heaviest.
    /// </summary>
    /// <remarks>
    /// Spec: lotus chain/sync.go; of two chains of one weight the one stays that was first. Blocks
    /// of one epoch that come one by one are tipsets beside each other.
    /// </remarks>
    /// <param name="blocks">All its blocks, in any order.</param>
    /// <param name="rules">What it is held against; null for the strict ones.</param>
    /// <param name="remote">
    /// What the other node came to, where that is at hand, for this tipset and for its parents:
    /// a disagreement then names the message. Called while nobody else can change the head.
    /// </param>
    /// <exception cref="BlockRefusedException">It is not taken; nothing changed.</exception>
    public ImportResult Import(
        IReadOnlyList<FullBlock> blocks,
        ImportRules? rules = null,
        Func<Tipset, RemoteOutcome?>? remote = null)
    {
        rules ??= ImportRules.Strict;
        (Tipset tipset, FullBlock[] sorted) = BlockChecks.Form(blocks, rules);
        return Exclusively(() => Import(tipset, sorted, rules, remote));
    }

    private ImportResult Import(
        Tipset tipset,
        FullBlock[] full,
        ImportRules rules,
        Func<Tipset, RemoteOutcome?>? remote)
    {
        if (Store.TryGetRecord(tipset, out _))
        {
            return new(tipset, head.Tipset.Key == tipset.Key, null);
        }

        if (!Store.TryGetTipset(tipset.Parents, out Tipset? parent)
            || !Store.TryGetRecord(parent, out TipsetRecord? record))
        {
            throw new BlockRefusedException(
                BlockRefusal.ParentsUnknown, $"parents {tipset.Parents} are not known");
        }

        HeadState before = parent.Key == head.Tipset.Key
            ? head
            : HeadOf(parent, record, Store.LoadBlocks(parent));
        BlockChecks checks = new(Network, verifier, rules, before);
        BatchBlockstore blocks = new(Store.Blocks);
        for (int i = 0; i < full.Length; i++)
        {
            checks.CheckHeader(full[i].Header);
            CheckParentOutcome(full[i].Header, parent, record, remote);
        }

        for (int i = 0; i < full.Length; i++)
        {
            full[i] = checks.CheckMessages(full[i], blocks);
        }

        TipsetOutcome outcome = ExecuteForeign(parent, tipset, full, blocks);
        if (remote?.Invoke(tipset) is RemoteOutcome there
            && Disagreement.Find(
                tipset, ReceiptsOf(outcome), (outcome.StateRoot, outcome.ReceiptsRoot), there)
                is Disagreement disagreement)
        {
            throw new BlockRefusedException(disagreement);
        }

        return new(tipset, Follow(tipset, full, blocks, outcome), outcome);
    }

    /// <summary>Whether a header says of the parents what this node came to.</summary>
    private void CheckParentOutcome(
        BlockHeader header,
        Tipset parent,
        TipsetRecord record,
        Func<Tipset, RemoteOutcome?>? remote)
    {
        bool hasReceipts = header.ParentReceipts == record.ReceiptsRoot;
        if (hasReceipts && header.ParentStateRoot == record.StateRoot)
        {
            return;
        }

        Disagreement? found = remote?.Invoke(parent) is RemoteOutcome there
            ? Disagreement.Find(
                parent,
                StoredReceipts(parent, record),
                (record.ComputedState, record.ReceiptsRoot),
                there)
            : null;
        (string Field, Cid Own, Cid Remote) root = hasReceipts
            ? ("state root", record.StateRoot, header.ParentStateRoot)
            : ("receipts root", record.ReceiptsRoot, header.ParentReceipts);
        throw new BlockRefusedException(found ?? new Disagreement(
            parent, null, null, root.Field, $"{root.Own}", $"{root.Remote}"));
    }

    private TipsetOutcome ExecuteForeign(
        Tipset parent, Tipset tipset, FullBlock[] full, BatchBlockstore blocks)
    {
        try
        {
            return Execute(TipsetExecution.Of(parent, tipset, full), tipset, blocks);
        }
        catch (TipsetRefusedException refusal)
        {
            throw new BlockRefusedException(
                BlockRefusal.Execution,
                $"epoch {tipset.Epoch} cannot be executed: {refusal.Message}",
                refusal);
        }
    }

    private bool Follow(
        Tipset tipset, FullBlock[] full, BatchBlockstore blocks, TipsetOutcome outcome)
    {
        if (tipset.Parents == head.Tipset.Key)
        {
            Keep(tipset, full, blocks, outcome);
            return true;
        }

        Store.AcceptBeside(tipset, blocks, outcome);
        bool isHeavier = Weights.Of(Network, tipset).Value
            > Weights.Of(Network, head.Tipset).Value;
        if (isHeavier)
        {
            _ = MoveHead(tipset);
        }

        return isHeavier;
    }

    private List<(Cid Message, Receipt Receipt)> StoredReceipts(
        Tipset tipset, TipsetRecord record)
    {
        List<(Cid, Receipt)> receipts = [];
        foreach (ChainMessage message in Store.LoadMessages(tipset))
        {
            receipts.Add((
                message.Cid,
                Store.TryGetReceipt(record, (ulong)receipts.Count, out Receipt? receipt)
                    ? receipt
                    : throw new FatalException($"no receipt of {message.Cid} in the store")));
        }

        return receipts;
    }

    private static List<(Cid Message, Receipt Receipt)> ReceiptsOf(TipsetOutcome outcome)
    {
        List<(Cid, Receipt)> receipts = new(outcome.Messages.Count);
        foreach (AppliedMessage applied in outcome.Messages)
        {
            receipts.Add((applied.Message.Cid, applied.Result.Receipt));
        }

        return receipts;
    }
}
