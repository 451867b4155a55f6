namespace Filecoin.Chain;

/// <content>States of other chains.</content>
public sealed partial class Blockchain
{
    private static readonly Address Nobody = Address.FromId(WellKnownActors.BurntFunds);

    /// <summary>Puts a dumped state in the place of the head's, if it carries a block.</summary>
    internal void Replace(DumpedState dumped, List<(Cid Cid, ReadOnlyMemory<byte> Block)> state)
    {
        BatchBlockstore blocks = new(Store.Blocks);
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in state)
        {
            blocks.Put(cid, block);
        }

        Try(dumped, blocks);
        if (dumped.Epoch.Value > head.Tipset.Epoch.Value)
        {
            _ = Extend(new()
            {
                Epoch = dumped.Epoch,
                Timestamp = ulong.Max(dumped.Timestamp, head.Tipset.Timestamp),
                Miner = Nobody,
            });
        }

        Amend(blocks, dumped.StateRoot);
        Pool.Move(head, []);
    }

    /// <summary>Executes an empty block on a state; nothing of it is kept.</summary>
    /// <exception cref="TipsetRefusedException">The state carries none.</exception>
    private void Try(DumpedState dumped, BatchBlockstore blocks)
    {
        BatchBlockstore scratch = new(blocks);
        BlockDraft draft = new()
        {
            Epoch = new(long.Max(dumped.Epoch.Value, head.Tipset.Epoch.Value) + 1),
            Timestamp = ulong.Max(dumped.Timestamp, head.Tipset.Timestamp) + 1,
            Miner = Nobody,
        };
        HeadState before = new(
            Network, scratch, head.Tipset, dumped.StateRoot, head.BaseFee);
        FullBlock block = draft.Build(Network, before, scratch, RecordOf(head.Tipset));
        Tipset tipset = Tipset.Of(block.Header);
        TipsetExecution execution = TipsetExecution.Of(head.Tipset, tipset, [block]) with
        {
            ParentEpoch = new(draft.Epoch.Value - 1),
        };
        _ = Execute(execution, tipset, scratch);
    }
}
