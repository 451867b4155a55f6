namespace Filecoin.Chain;

/// <summary>A message that waits for a block.</summary>
/// <param name="Message">The message.</param>
/// <param name="Arrival">Its number among all that came.</param>
/// <param name="AddedAt">The head's epoch when it came.</param>
public sealed record PoolEntry(ChainMessage Message, ulong Arrival, ChainEpoch AddedAt)
{
    /// <summary>What its gas may cost at most, in attoFIL.</summary>
    internal TokenAmount GasFunds { get; } =
        Message.Message.GasFeeCap * (long)Message.Message.GasLimit;
}

/// <summary>A message that waits, as a store keeps it.</summary>
[CborTuple]
internal sealed partial record StoredPoolEntry(ChainEpoch AddedAt, SignedMessage Message);

/// <summary>The messages of one sender that wait, by nonce.</summary>
internal sealed class SenderQueue(ulong nonce)
{
    private readonly Dictionary<ulong, PoolEntry> entries = [];

    public int Count => entries.Count;

    /// <summary>The first nonce that is neither used up nor waits.</summary>
    public ulong NextNonce { get; private set; } = nonce;

    /// <summary>What all of them may cost at most in gas, in attoFIL.</summary>
    public TokenAmount GasFunds { get; private set; }

    public IEnumerable<PoolEntry> Entries => entries.Values;

    public bool TryGet(ulong at, out PoolEntry entry) => entries.TryGetValue(at, out entry!);

    public void Set(PoolEntry entry)
    {
        ulong at = entry.Message.Message.Nonce;
        if (entries.TryGetValue(at, out PoolEntry? before))
        {
            GasFunds -= before.GasFunds;
        }

        entries[at] = entry;
        GasFunds += entry.GasFunds;
        Advance();
    }

    /// <summary>Takes a message out; those behind it wait for another with its nonce.</summary>
    public void Remove(ulong at)
    {
        if (entries.Remove(at, out PoolEntry? entry))
        {
            GasFunds -= entry.GasFunds;
            NextNonce = ulong.Min(NextNonce, at);
        }
    }

    /// <summary>Forgets what the chain has used up.</summary>
    public void Use(ulong stateNonce)
    {
        NextNonce = ulong.Max(NextNonce, stateNonce);
        Advance();
    }

    private void Advance()
    {
        while (entries.ContainsKey(NextNonce))
        {
            NextNonce++;
        }
    }
}
