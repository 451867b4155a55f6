namespace Filecoin.Chain;

/// <content>Whether the state lets a message wait, and what it does to those that do.</content>
public sealed partial class MessagePool
{
    private PoolVerdict AddHere(ChainMessage chained, PoolPolicy rules)
    {
        Message message = chained.Message;
        if (!head.TryGetActor(message.From, out ActorId id, out ActorState actor))
        {
            return new(PoolRefusal.SenderUnknown, $"actor not found: {NameOf(message.From)}");
        }

        if (!head.MaySend(actor))
        {
            return new(PoolRefusal.SenderInvalid, $"{NameOf(message.From)} is not an account");
        }

        if (message.Nonce < actor.Nonce)
        {
            return new(
                PoolRefusal.NonceTooLow,
                $"nonce too low: {message.Nonce}, the next one is {actor.Nonce}");
        }

        if (rules.BaseFeeDivisor is int divisor
            && message.GasFeeCap < head.BaseFee.DivideFloor(divisor))
        {
            return new(
                PoolRefusal.FeeCapBelowBaseFee,
                $"fee cap {message.GasFeeCap} far below the base fee {head.BaseFee}");
        }

        SenderQueue queue = senders.TryGetValue(id, out SenderQueue? waiting)
            ? waiting
            : new(actor.Nonce);
        PoolVerdict verdict = CheckPlace(chained, queue, rules);
        verdict = verdict.IsAccepted ? CheckFunds(chained, actor.Balance, queue) : verdict;
        if (verdict.IsAccepted)
        {
            StoreBatch batch = new();
            senders[id] = queue;
            Keep(queue, chained, head.Tipset.Epoch, batch);
            store.Write(batch);
        }

        return verdict;
    }

    private PoolVerdict CheckPlace(ChainMessage chained, SenderQueue queue, PoolPolicy rules)
    {
        ulong nonce = chained.Message.Nonce;
        if (rules.NonceGapMax is ulong gap
            && nonce > queue.NextNonce
            && nonce - queue.NextNonce > gap)
        {
            return new(
                PoolRefusal.NonceGap,
                $"nonce {nonce} is more than {gap} behind {queue.NextNonce}, the next one");
        }

        if (queue.TryGet(nonce, out PoolEntry before))
        {
            return CheckReplacement(chained, before.Message);
        }

        if (queue.Count >= rules.SenderMessagesMax)
        {
            return new(
                PoolRefusal.SenderFull,
                $"{queue.Count} messages of {NameOf(chained.Message.From)} wait");
        }

        return entries.Count < policy.MessagesMax
            ? PoolVerdict.Accepted
            : new(PoolRefusal.PoolFull, $"{entries.Count} messages wait");
    }

    private PoolVerdict CheckReplacement(ChainMessage chained, ChainMessage before)
    {
        if (chained.Cid == before.Cid)
        {
            return new(PoolRefusal.AlreadyKnown, $"already known: {chained.Cid}");
        }

        TokenAmount least = ReplacementPremium(before.Message.GasPremium, policy.ReplacePercent);
        return chained.Message.GasPremium >= least
            ? PoolVerdict.Accepted
            : new(
                PoolRefusal.PremiumTooLow,
                $"replacement transaction underpriced: premium {chained.Message.GasPremium}"
                    + $" below {least}");
    }

    /// <summary>The least premium of a message that takes another's place.</summary>
    /// <remarks>Spec: lotus chain/messagepool/messagepool.go, ComputeRBF.</remarks>
    /// <param name="premium">The other's, in attoFIL.</param>
    /// <param name="percent">Of it.</param>
    public static TokenAmount ReplacementPremium(TokenAmount premium, int percent) =>
        (premium * percent).DivideFloor(100) + TokenAmount.FromAtto(1);

    /// <summary>
    /// Gas and value; beside messages that wait, whose values may come from one another, gas.
    /// </summary>
    private static PoolVerdict CheckFunds(
        ChainMessage chained, TokenAmount balance, SenderQueue queue)
    {
        Message message = chained.Message;
        TokenAmount gas = message.GasFeeCap * (long)message.GasLimit;
        TokenAmount needed = gas + message.Value;
        string Sums() => $"{NameOf(message.From)} has {balance.ToFilString()}, needs"
            + $" {needed.ToFilString()} (value {message.Value.ToFilString()}, gas up to"
            + $" {gas.ToFilString()})";
        if (balance < needed)
        {
            return new(
                PoolRefusal.InsufficientFunds,
                $"insufficient funds for gas * price + value: {Sums()}");
        }

        TokenAmount others = queue.TryGet(message.Nonce, out PoolEntry before)
            ? queue.GasFunds - before.GasFunds
            : queue.GasFunds;
        return balance < gas + others
            ? new(
                PoolRefusal.InsufficientFundsWithPending,
                $"insufficient funds for gas * price + value: {Sums()} beside"
                    + $" {others.ToFilString()} for gas of messages that wait")
            : PoolVerdict.Accepted;
    }

    /// <summary>The address as its owner knows it: Ethereum's, or the network's own.</summary>
    private static string NameOf(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.EthereumLength];
        return address.Protocol == Protocol.Delegated && address.TryToEthereum(bytes)
            ? $"0x{Convert.ToHexStringLower(bytes)}"
            : address.ToTestnetString();
    }

    private void Keep(
        SenderQueue queue, ChainMessage chained, ChainEpoch addedAt, StoreBatch batch)
    {
        if (queue.TryGet(chained.Message.Nonce, out PoolEntry before))
        {
            Unlist(before, batch);

            // Whoever waits for it is told what took its place: it must be known for that.
            batch.Put(StoreFamily.Blocks, before.Message.Cid.Memory, before.Message.Bytes);
        }

        PoolEntry entry = new(chained, arrivals++, addedAt);
        queue.Set(entry);
        List(entry);
        batch.Put(StoreFamily.Pool, ChainKeys.Arrival(entry.Arrival), Cbor.Encode(
            new StoredPoolEntry(entry.AddedAt, chained.ToSigned()!)));
    }

    private void List(PoolEntry entry)
    {
        entries[entry.Message.Cid] = entry;
        if (entry.Message.EthereumHash(network.ChainId) is byte[] hash)
        {
            byEthereum[TipsetKey.CidOfEthereumHash(hash)] = entry;
        }
    }

    private void Unlist(PoolEntry entry, StoreBatch? batch)
    {
        _ = entries.Remove(entry.Message.Cid);
        if (entry.Message.EthereumHash(network.ChainId) is byte[] hash)
        {
            _ = byEthereum.Remove(TipsetKey.CidOfEthereumHash(hash));
        }

        batch?.Delete(StoreFamily.Pool, ChainKeys.Arrival(entry.Arrival));
    }

    private void Forget(PoolEntry entry, StoreBatch? batch)
    {
        Unlist(entry, batch);
        if (head.TryGetActor(entry.Message.Message.From, out ActorId id, out _)
            && senders.TryGetValue(id, out SenderQueue? queue))
        {
            queue.Remove(entry.Message.Message.Nonce);
            _ = queue.Count == 0 && senders.Remove(id);
        }
    }
}
