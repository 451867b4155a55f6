using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>Messages that wait for a block; any number of callers.</summary>
/// <remarks>
/// Spec: lotus chain/messagepool; eth-compat 10. What is taken is in the store before it is
/// answered, and leaves it in the write that makes its block the head.
/// </remarks>
public sealed partial class MessagePool
{
    private readonly NetworkParameters network;
    private readonly PoolPolicy policy;
    private readonly IVerifier verifier;
    private readonly IOrderedStore store;
    private readonly PriceList prices;
    private readonly Lock gate = new();
    private readonly Dictionary<ActorId, SenderQueue> senders = [];
    private readonly Dictionary<Cid, PoolEntry> entries = [];
    private readonly Dictionary<Cid, PoolEntry> byEthereum = [];
    private readonly HashSet<Address> impersonated = [];
    private HeadState head = null!;
    private ulong arrivals;

    internal MessagePool(
        NetworkParameters network, PoolPolicy policy, IVerifier verifier, IOrderedStore store)
    {
        (this.network, this.policy, this.verifier, this.store) =
            (network, policy, verifier, store);
        prices = PriceList.For(network.Version);
    }

    /// <summary>A message was taken; called on whichever thread brought it.</summary>
    public event Action<ChainMessage>? Added;

    /// <summary>How many messages wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>All messages that wait, in the order in which they came.</summary>
    public IReadOnlyList<PoolEntry> Pending
    {
        get
        {
            lock (gate)
            {
                return Sorted();
            }
        }
    }

    /// <summary>Takes a message, or says why not.</summary>
    /// <param name="signed">The message.</param>
    /// <param name="from">
    /// Rules for whoever brings it, where they differ from the pool's own; the most strict hold.
    /// </param>
    public PoolVerdict Add(SignedMessage signed, PoolPolicy? from = null)
    {
        ChainMessage message = ChainMessage.From(signed);
        PoolVerdict verdict = Check(signed, message);
        return !verdict.IsAccepted ? verdict
            : IsImpersonated(signed.Message.From)
                || MessageChecks.IsSigned(network, verifier, signed)
                ? AddSigned(message, from ?? policy)
                : new(
                    PoolRefusal.Signature,
                    $"not signed by {signed.Message.From.ToTestnetString()}");
    }

    /// <summary>Takes an Ethereum transaction, or says why not.</summary>
    /// <remarks>Its sender is whoever signed it: that is looked for once.</remarks>
    public PoolVerdict Add(EthereumTransaction transaction)
    {
        if (!transaction.TryToSignedMessage(out SignedMessage? signed))
        {
            return new(PoolRefusal.Signature, "invalid signature: it leads to no sender");
        }

        ChainMessage message = ChainMessage.From(signed);
        PoolVerdict verdict = Check(signed, message);
        return verdict.IsAccepted ? AddSigned(message, policy) : verdict;
    }

    private PoolVerdict AddSigned(ChainMessage message, PoolPolicy rules)
    {
        PoolVerdict verdict;
        lock (gate)
        {
            verdict = AddHere(message, rules);
        }

        if (verdict.IsAccepted)
        {
            Added?.Invoke(message);
        }

        return verdict;
    }

    /// <summary>The nonce that a sender's next message is to have.</summary>
    /// <returns>0 for an address that is no actor.</returns>
    public ulong NextNonce(Address sender)
    {
        lock (gate)
        {
            return head.TryGetActor(sender, out ActorId id, out ActorState actor)
                ? senders.TryGetValue(id, out SenderQueue? queue)
                    ? ulong.Max(queue.NextNonce, actor.Nonce)
                    : actor.Nonce
                : 0;
        }
    }

    /// <summary>Gets a message that waits.</summary>
    public bool TryGet(Cid cid, [NotNullWhen(true)] out PoolEntry? entry)
    {
        lock (gate)
        {
            return entries.TryGetValue(cid, out entry);
        }
    }

    /// <summary>Gets the message of an Ethereum transaction that waits.</summary>
    public bool TryGetEthereum(
        ReadOnlySpan<byte> hash32, [NotNullWhen(true)] out PoolEntry? entry)
    {
        lock (gate)
        {
            return byEthereum.TryGetValue(TipsetKey.CidOfEthereumHash(hash32), out entry);
        }
    }

    /// <summary>Drops a message; false if it does not wait.</summary>
    public bool Drop(Cid cid)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(cid, out PoolEntry? entry))
            {
                return false;
            }

            StoreBatch batch = new();
            Forget(entry, batch);
            store.Write(batch);
            return true;
        }
    }

    /// <summary>Drops all messages.</summary>
    public void Clear()
    {
        lock (gate)
        {
            StoreBatch batch = new();
            foreach (PoolEntry entry in Sorted())
            {
                Forget(entry, batch);
            }

            store.Write(batch);
        }
    }

    /// <summary>Drops all messages of a sender.</summary>
    public void DropFrom(Address sender)
    {
        lock (gate)
        {
            if (!head.TryGetActor(sender, out ActorId id, out _)
                || !senders.TryGetValue(id, out SenderQueue? queue))
            {
                return;
            }

            StoreBatch batch = new();
            foreach (PoolEntry entry in new List<PoolEntry>(queue.Entries))
            {
                Forget(entry, batch);
            }

            store.Write(batch);
        }
    }

    /// <summary>Whether messages of a sender are taken without being signed by it.</summary>
    public void Impersonate(Address sender, bool isOn)
    {
        lock (gate)
        {
            _ = isOn ? impersonated.Add(sender) : impersonated.Remove(sender);
        }
    }

    /// <summary>The messages that the next block would have, in their order.</summary>
    public IReadOnlyList<PoolEntry> SelectNext() => Select(head.BaseFee);

    /// <summary>The messages of a block on the head, in the order of their execution.</summary>
    /// <param name="baseFee">What each pays for a unit of gas at least.</param>
    /// <param name="gasMax">Sum of their gas limits; null for what a block may have.</param>
    internal List<PoolEntry> Select(TokenAmount baseFee, long? gasMax = null)
    {
        lock (gate)
        {
            List<List<PoolEntry>> ready = new(senders.Count);
            foreach ((ActorId id, SenderQueue queue) in senders)
            {
                List<PoolEntry> runnable = Runnable(id, queue, baseFee);
                if (runnable.Count > 0)
                {
                    ready.Add(runnable);
                }
            }

            NetworkParameters limits = gasMax is long gas
                ? network with { BlockGasMax = gas }
                : network;
            return MessageSelection.Choose(limits, baseFee, ready);
        }
    }

    /// <summary>A sender's messages from its nonce on, as long as it can pay for them.</summary>
    private List<PoolEntry> Runnable(ActorId id, SenderQueue queue, TokenAmount baseFee)
    {
        List<PoolEntry> runnable = [];
        if (!head.TryGetActor(id, out ActorState actor))
        {
            return runnable;
        }

        TokenAmount funds = actor.Balance;
        for (ulong nonce = actor.Nonce; queue.TryGet(nonce, out PoolEntry entry); nonce++)
        {
            Message message = entry.Message.Message;
            if (message.GasFeeCap < baseFee || funds < entry.GasFunds)
            {
                break;
            }

            funds -= entry.GasFunds;
            funds -= TokenAmount.Min(funds, message.Value);
            runnable.Add(entry);
        }

        return runnable;
    }

    private PoolVerdict Check(SignedMessage signed, ChainMessage message)
    {
        int size = message.IsBls ? Cbor.Encode(signed).Length : message.Bytes.Length;
        if (size > network.MessageBytesMax)
        {
            return new(
                PoolRefusal.TooLarge,
                $"{size} bytes are more than {network.MessageBytesMax}");
        }

        PoolVerdict form = MessageChecks.CheckForm(network, prices, message);
        if (!form.IsAccepted)
        {
            return form;
        }

        return message.Message.GasFeeCap >= network.BaseFeeMin
            ? PoolVerdict.Accepted
            : new(
                PoolRefusal.FeeCapBelowMinimum,
                $"fee cap {message.Message.GasFeeCap} below {network.BaseFeeMin}, the least base"
                    + " fee");
    }

    private bool IsImpersonated(Address sender)
    {
        lock (gate)
        {
            return impersonated.Contains(sender);
        }
    }

    private List<PoolEntry> Sorted()
    {
        List<PoolEntry> sorted = [.. entries.Values];
        sorted.Sort(static (left, right) => left.Arrival.CompareTo(right.Arrival));
        return sorted;
    }
}
