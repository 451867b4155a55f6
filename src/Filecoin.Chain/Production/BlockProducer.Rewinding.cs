namespace Filecoin.Chain;

/// <content>What goes back, as only a developer's network does.</content>
public sealed partial class BlockProducer
{
    /// <summary>Keeps what chain, pool and clock are, to come back to.</summary>
    public ulong TakeSnapshot() => chain.Exclusively(() =>
    {
        ulong snapshot = chain.TakeSnapshot();
        aheadAt[snapshot] = ahead;
        return snapshot;
    });

    /// <summary>Comes back to a snapshot; false if there is none.</summary>
    public bool Revert(ulong snapshot) => chain.Exclusively(() =>
    {
        bool reverted = chain.Revert(snapshot);
        ahead = reverted && aheadAt.Remove(snapshot, out long kept) ? kept : ahead;
        ForgetNext(reverted);
        return reverted;
    });

    /// <summary>Takes the last epochs back; their messages are gone.</summary>
    /// <param name="epochs">How many, up to all but the first one.</param>
    /// <exception cref="ArgumentException">The chain has not so many.</exception>
    public void Rollback(long epochs) => _ = chain.Exclusively(() =>
    {
        chain.GoTo(Before(epochs), chain.Pool.Pending);
        return epochs;
    });

    /// <summary>
    /// Takes the last epochs back and makes blocks in their place, which are others whatever
    /// they hold. If one cannot be made, all is as before.
    /// </summary>
    /// <param name="epochs">How many, up to all but the first one.</param>
    /// <param name="bring">Brings the messages of each block, by its place from 0 on.</param>
    /// <exception cref="ArgumentException">The chain has not so many.</exception>
    public void Reorganize(long epochs, Action<int> bring) => _ = chain.Exclusively(() =>
    {
        Tipset last = chain.Head;
        Tipset common = Before(epochs);
        IReadOnlyList<PoolEntry> waiting = chain.Pool.Pending;
        ProductionMode mode = Mode;
        Mode = ProductionMode.Manual;
        try
        {
            chain.GoTo(common, []);
            for (int i = 0; chain.Head.Epoch.Value < last.Epoch.Value; i++)
            {
                bring(i);

                // Empty blocks at the same times would be the very blocks that were taken back.
                nextBeacon = Cid.Of(Codec.Raw, last.KeyCid.Bytes).Digest.ToArray();
                _ = Make(1, Choose());
            }
        }
        catch
        {
            chain.GoTo(last, waiting);
            throw;
        }
        finally
        {
            Mode = mode;
        }

        chain.GoTo(chain.Head, waiting);
        return epochs;
    });

    /// <summary>Begins anew with the first block; the clock is put right.</summary>
    public void Reset() => _ = chain.Exclusively(() =>
    {
        chain.Reset();
        aheadAt.Clear();
        ahead = 0;
        (TimestampStep, GasLimit) = (null, null);
        ForgetNext(true);
        return true;
    });

    /// <summary>Puts a dumped state in the place of the head's; the clock follows.</summary>
    /// <param name="dump">What <see cref="StateDump.Write"/> has written.</param>
    /// <exception cref="SnapshotException">It is refused; nothing changed.</exception>
    public void LoadState(ReadOnlyMemory<byte> dump) => _ = chain.Exclusively(() =>
    {
        StateDump.Load(chain, dump);
        Follow(chain.Head.Timestamp);
        return true;
    });

    private void ForgetNext(bool isDue) => (nextTimestamp, nextBaseFee, nextBeacon) = isDue
        ? (null, null, null)
        : (nextTimestamp, nextBaseFee, nextBeacon);

    private Tipset Before(long epochs)
    {
        long target = chain.Head.Epoch.Value - epochs;
        return target >= 0
            && chain.TryGetTipset(new(target), NullRound.Before, out Tipset? tipset)
                ? tipset
                : throw new ArgumentException(
                    $"the chain is at epoch {chain.Head.Epoch} and cannot go back by {epochs}");
    }
}
