namespace Filecoin.Chain;

/// <content>What a new head does to the messages that wait.</content>
public sealed partial class MessagePool
{
    /// <summary>Looks at a first head, and takes up what the store has.</summary>
    internal void Start(HeadState first)
    {
        lock (gate)
        {
            head = first;
            StoreBatch batch = new();
            foreach ((byte[] key, byte[] value) in store.Scan(StoreFamily.Pool))
            {
                batch.Delete(StoreFamily.Pool, key);
                if (Cbor.TryDecode<StoredPoolEntry>(value, out StoredPoolEntry? stored, out _))
                {
                    Return(ChainMessage.From(stored.Message), stored.AddedAt, batch);
                }
            }

            store.Write(batch);
        }
    }

    /// <summary>Has the write of a block delete the block's messages.</summary>
    internal void PlanRemoval(IReadOnlyList<AppliedMessage> applied, StoreBatch batch)
    {
        lock (gate)
        {
            foreach (AppliedMessage message in applied)
            {
                if (entries.TryGetValue(message.Message.Cid, out PoolEntry? entry))
                {
                    batch.Delete(StoreFamily.Pool, ChainKeys.Arrival(entry.Arrival));
                }
            }
        }
    }

    /// <summary>Goes on to a child of the head: its messages wait no more.</summary>
    internal void Advance(HeadState next, IReadOnlyList<AppliedMessage> applied)
    {
        lock (gate)
        {
            StoreBatch batch = new();
            foreach (AppliedMessage message in applied)
            {
                Message used = message.Message.Message;
                if (next.TryGetActor(used.From, out ActorId id, out ActorState actor)
                    && senders.TryGetValue(id, out SenderQueue? queue))
                {
                    Use(queue, used.Nonce, message.Message.Cid, batch);
                    queue.Use(actor.Nonce);
                    _ = queue.Count == 0 && senders.Remove(id);
                }
            }

            head = next;
            Expire(batch);
            WriteSome(batch);
        }
    }

    /// <summary>Goes to another head, with messages that its chain has no longer.</summary>
    internal void Move(HeadState next, IEnumerable<ChainMessage> returned)
    {
        lock (gate)
        {
            Refill(next, [.. Sorted().ConvertAll(Parts), .. AtHead(returned, next)]);
        }
    }

    /// <summary>Goes to another head, with these messages and no others.</summary>
    internal void Restore(HeadState next, IReadOnlyList<PoolEntry> waiting)
    {
        lock (gate)
        {
            Refill(next, new List<PoolEntry>(waiting).ConvertAll(Parts));
        }
    }

    private static (ChainMessage Message, ChainEpoch AddedAt) Parts(PoolEntry entry) =>
        (entry.Message, entry.AddedAt);

    private static IEnumerable<(ChainMessage Message, ChainEpoch AddedAt)> AtHead(
        IEnumerable<ChainMessage> messages, HeadState next)
    {
        foreach (ChainMessage message in messages)
        {
            yield return (message, next.Tipset.Epoch);
        }
    }

    private void Refill(
        HeadState next, IEnumerable<(ChainMessage Message, ChainEpoch AddedAt)> waiting)
    {
        StoreBatch batch = new();
        foreach (PoolEntry entry in entries.Values)
        {
            batch.Delete(StoreFamily.Pool, ChainKeys.Arrival(entry.Arrival));
        }

        entries.Clear();
        byEthereum.Clear();
        senders.Clear();
        head = next;
        foreach ((ChainMessage message, ChainEpoch addedAt) in waiting)
        {
            Return(message, addedAt, batch);
        }

        WriteSome(batch);
    }

    /// <summary>Takes a message without asking for more than a sender and a nonce.</summary>
    private void Return(ChainMessage message, ChainEpoch addedAt, StoreBatch batch)
    {
        if (!head.TryGetActor(message.Message.From, out ActorId id, out ActorState actor)
            || message.Message.Nonce < actor.Nonce)
        {
            return;
        }

        if (!senders.TryGetValue(id, out SenderQueue? queue))
        {
            senders[id] = queue = new(actor.Nonce);
        }

        // Of two messages with one nonce the one that pays more stays.
        if (!queue.TryGet(message.Message.Nonce, out PoolEntry before)
            || before.Message.Message.GasPremium < message.Message.GasPremium)
        {
            Keep(queue, message, addedAt, batch);
        }
    }

    private void Use(SenderQueue queue, ulong nonce, Cid used, StoreBatch batch)
    {
        if (queue.TryGet(nonce, out PoolEntry entry))
        {
            // The block's own message has left the store with the block.
            Unlist(entry, entry.Message.Cid == used ? null : batch);
            queue.Remove(nonce);
        }
    }

    private void Expire(StoreBatch batch)
    {
        if (policy.ExpiryEpochs is not long epochs)
        {
            return;
        }

        foreach (PoolEntry entry in Sorted())
        {
            if (entry.AddedAt.Value + epochs < head.Tipset.Epoch.Value)
            {
                Forget(entry, batch);
            }
        }
    }

    private void WriteSome(StoreBatch batch)
    {
        if (batch.Changes.Count > 0)
        {
            store.Write(batch);
        }
    }
}
