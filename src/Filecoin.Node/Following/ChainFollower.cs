using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Takes the chain of another node, tipset by tipset, and executes it.</summary>
/// <remarks>
/// Where the other node's head goes, this one's follows, back as well. What a developer has
/// changed there of a state that both had come to alike is taken over.
/// </remarks>
/// <param name="chain">The own chain, with the other's first tipset.</param>
/// <param name="leader">The other node.</param>
/// <param name="codes">Code of built-in actors, which states name and no store has.</param>
/// <param name="tell">Is told in a line what a person should know.</param>
internal sealed class ChainFollower(
    Blockchain chain, LeaderNode leader, IReadOnlyList<Cid> codes, Action<string> tell)
{
    private const int TipsetsAtOnce = 32;
    private const long BlocksMax = 10_000_000;
    private const long BytesMax = 2L << 30;

    /// <summary>What a network does that nobody puts out of its way is held against this.</summary>
    private static readonly ImportRules Lenient = ImportRules.Strict with
    {
        AllowsSetBaseFee = true,
        AllowsImpersonation = true,
    };

    /// <summary>Whether the other node's first tipset is this one's.</summary>
    /// <exception cref="LeaderException">It is another.</exception>
    public void CheckGenesis()
    {
        Tipset there = leader.Genesis();
        if (!chain.TryGetTipset(default, NullRound.Refused, out Tipset? own)
            || own.Key != there.Key)
        {
            throw new LeaderException(
                $"{leader.Url} has another chain: its first block is {there.Cids[0]}, here it is"
                    + $" {own?.Cids[0]}",
                isPassing: false);
        }
    }

    /// <summary>Goes towards the other node's head.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    /// <exception cref="LeaderException">The other node does not answer as it should.</exception>
    /// <exception cref="BlockRefusedException">The nodes disagree.</exception>
    public bool Step()
    {
        (TipsetKey key, long epoch) = leader.Head();
        Tipset own = chain.Head;
        if (key == own.Key)
        {
            TipsetOutcomeView there = leader.Outcomes([key])[0];
            Adopt(own, there, there.StateRoot.Cid);
            return false;
        }

        Tipset common = FindCommon(own, key, epoch);
        List<TipsetKey> path = PathAfter(common, key, epoch);
        Tipset reached = path.Count > 0 ? Take(common, path) : common;
        if (chain.Head.Key != reached.Key)
        {
            _ = chain.MoveHead(reached);
        }

        if (chain.Pool.Count > 0)
        {
            // The other node has the pool: what was reverted there is nobody's here.
            chain.Pool.Clear();
        }

        return true;
    }

    /// <summary>The last tipset that both chains have.</summary>
    private Tipset FindCommon(Tipset own, TipsetKey there, long thereEpoch)
    {
        long high = long.Min(own.Epoch.Value, thereEpoch);
        if (Shared(high, there) is Tipset shared)
        {
            return shared;
        }

        long low = high;
        for (long step = 1; low > 0 && Shared(low, there) is null; step *= 2)
        {
            (high, low) = (low, long.Max(0, low - step));
        }

        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = Shared(middle, there) is null ? (low, middle) : (middle, high);
        }

        return Shared(low, there) ?? throw new LeaderException(
            $"{leader.Url} has another chain", isPassing: false);
    }

    /// <summary>
    /// The tipset of an epoch or the one before it, if that is the same on both chains.
    /// </summary>
    private Tipset? Shared(long epoch, TipsetKey there) =>
        chain.TryGetTipset(new(epoch), NullRound.Before, out Tipset? own)
        && leader.TipsetsAt([epoch], there)[0] == own.Key
            ? own
            : null;

    /// <summary>The next tipsets of the other chain after a common one.</summary>
    private List<TipsetKey> PathAfter(Tipset common, TipsetKey there, long thereEpoch)
    {
        List<TipsetKey> path = [];
        TipsetKey last = common.Key;
        for (long from = common.Epoch.Value + 1; from <= thereEpoch && path.Count == 0;
            from += TipsetsAtOnce)
        {
            List<long> epochs = [];
            for (long epoch = from; epoch <= thereEpoch && epochs.Count < TipsetsAtOnce; epoch++)
            {
                epochs.Add(epoch);
            }

            foreach (TipsetKey key in leader.TipsetsAt(epochs, there))
            {
                if (key != last)
                {
                    path.Add(key);
                    last = key;
                }
            }
        }

        return path;
    }

    /// <summary>Takes tipsets that follow one that is known; the last one is given.</summary>
    private Tipset Take(Tipset parent, List<TipsetKey> path)
    {
        IReadOnlyList<Tipset> tipsets = leader.Tipsets(path);
        List<Cid> messages = [];
        foreach (Tipset tipset in tipsets)
        {
            foreach (BlockHeader header in tipset.Blocks)
            {
                messages.Add(header.Messages);
            }
        }

        BatchBlockstore fetched = Fetch(messages);
        IReadOnlyList<TipsetOutcomeView> outcomes =
            leader.Outcomes([parent.Key, .. path]);
        for (int i = 0; i < tipsets.Count; i++)
        {
            Tipset tipset = tipsets[i];
            Adopt(parent, outcomes[i], tipset.ParentStateRoot);
            Import(tipset, fetched, asked =>
                asked.Key == tipset.Key ? Remote(outcomes[i + 1])
                : asked.Key == tipset.Parents ? Remote(outcomes[i])
                : null);
            parent = tipset;
        }

        return parent;
    }

    private void Import(
        Tipset tipset, BatchBlockstore messages, Func<Tipset, RemoteOutcome?> remote)
    {
        List<FullBlock> blocks = [];
        foreach (BlockHeader header in tipset.Blocks)
        {
            blocks.Add(FullBlock.Load(messages, header));
        }

        try
        {
            _ = chain.Import(blocks, remote: remote);
        }
        catch (BlockRefusedException refusal)
            when (refusal.Reason is BlockRefusal.Signature or BlockRefusal.BaseFee)
        {
            tell($"epoch {tipset.Epoch} as only a developer makes it: {refusal.Message}");
            _ = chain.Import(blocks, Lenient, remote);
        }
    }

    /// <summary>Takes over a change to a state that both nodes had come to alike.</summary>
    private void Adopt(Tipset tipset, TipsetOutcomeView there, Cid stateRoot)
    {
        if (chain.Store.TryGetRecord(tipset, out TipsetRecord? own)
            && own.StateRoot != stateRoot
            && own.ComputedState == there.ComputedState.Cid)
        {
            chain.AmendState(tipset, Fetch([stateRoot]), stateRoot);
        }
    }

    private RemoteOutcome Remote(TipsetOutcomeView there) => new(
        there.ComputedState.Cid, there.ReceiptsRoot.Cid, () => Receipts(there.ReceiptsRoot.Cid));

    private List<Receipt> Receipts(Cid root)
    {
        List<Receipt> receipts = [];
        Amt<RawCbor>.Load(Fetch([root]), root, AmtFormat.V0).ForEach((index, encoded) =>
            receipts.Add(Receipt.TryDecode(encoded.Encoded.Span, out Receipt? receipt, out _)
                ? receipt
                : throw new LeaderException($"{leader.Url}: {root} has no receipts", false)));
        return receipts;
    }

    private BatchBlockstore Fetch(IReadOnlyList<Cid> roots)
    {
        BatchBlockstore fetched = new(chain.Store.Blocks);
        FetchInto(fetched, leader, codes, roots);
        return fetched;
    }

    /// <summary>Brings what roots reach and a store lacks.</summary>
    internal static void FetchInto(
        IBlockstore store, LeaderNode leader, IReadOnlyList<Cid> codes, IReadOnlyList<Cid> roots)
    {
        LinkFetch fetch = new(store, BlocksMax, BytesMax);
        foreach (Cid code in codes)
        {
            fetch.Skip(code);
        }

        fetch.Fetch(roots, leader.Read);
    }
}
