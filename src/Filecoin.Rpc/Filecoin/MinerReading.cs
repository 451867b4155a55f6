using Filecoin.ActorRuntime;
using Filecoin.Actors.Miner;

namespace Filecoin.Rpc;

/// <summary>A miner's state, read as the network's own methods show it.</summary>
internal sealed class MinerReading
{
    private readonly ChainState chain;
    private readonly ActorState actor;
    private readonly MinerState state;

    /// <summary>The miner with an address.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public MinerReading(ChainState chain, AddressView address)
    {
        this.chain = chain;
        state = chain.Load<MinerState>(address, BuiltinType.Miner, out actor);
    }

    /// <summary>Who it is.</summary>
    public MinerInfo Info => chain.Blocks.GetCbor<MinerInfo>(state.Info);

    /// <summary>The deadline at the tipset's epoch, or the next if that is over.</summary>
    public DeadlineInfo CurrentDeadline =>
        state.DeadlineAt(chain.Tipset.Epoch.Value).NextNotElapsed();

    /// <summary>Numbers of sectors that were ever used.</summary>
    public BitField Allocated => chain.Blocks.GetCbor<BitField>(state.AllocatedSectors);

    /// <summary>What its owner may withdraw: what is free, and what has vested.</summary>
    public TokenAmount AvailableBalance =>
        state.AvailableBalance(actor.Balance) + Vested(chain.Tipset.Epoch.Value);

    /// <summary>The deadlines, in order.</summary>
    public IEnumerable<Deadline> Deadlines
    {
        get
        {
            DeadlineTable table = chain.Blocks.GetCbor<DeadlineTable>(state.Deadlines);
            for (int i = 0; i < table.Due.Count; i++)
            {
                yield return chain.Blocks.GetCbor<Deadline>(table.Due[i]);
            }
        }
    }

    /// <summary>The partitions of a deadline, with their numbers.</summary>
    public IEnumerable<KeyValuePair<ulong, Partition>> PartitionsOf(in Deadline deadline) =>
        Amt<Partition>.Load(chain.Blocks, deadline.Partitions).Entries();

    /// <summary>How many proofs of a deadline's last window may still be disputed.</summary>
    public ulong DisputableOf(in Deadline deadline) => Amt<WindowPost>.Load(
        chain.Blocks, deadline.OptimisticPostSubmissionsSnapshot).Count;

    /// <summary>The partitions of a deadline.</summary>
    /// <exception cref="RpcException">There is no such deadline.</exception>
    public IEnumerable<KeyValuePair<ulong, Partition>> PartitionsOf(ulong index)
    {
        DeadlineTable table = chain.Blocks.GetCbor<DeadlineTable>(state.Deadlines);
        return index < (ulong)table.Due.Count
            ? PartitionsOf(chain.Blocks.GetCbor<Deadline>(table.Due[(int)index]))
            : throw new RpcException($"invalid deadline index {index} of {table.Due.Count}");
    }

    /// <summary>What is chosen of all partitions, together.</summary>
    public BitField Gather(Func<Partition, BitField> choose)
    {
        BitField all = default;
        foreach (Deadline deadline in Deadlines)
        {
            foreach ((_, Partition partition) in PartitionsOf(deadline))
            {
                all = all.Union(choose(partition));
            }
        }

        return all;
    }

    /// <summary>Where a sector is.</summary>
    /// <exception cref="RpcException">It is nowhere.</exception>
    public (ulong Deadline, ulong Partition) Locate(ulong sector)
    {
        ulong index = 0;
        foreach (Deadline deadline in Deadlines)
        {
            foreach ((ulong place, Partition partition) in PartitionsOf(deadline))
            {
                if (partition.Sectors.Contains(sector))
                {
                    return (index, place);
                }
            }

            index++;
        }

        throw new RpcException($"sector {sector} not found");
    }

    /// <summary>Sectors that were proven: those of a set, or all.</summary>
    public IReadOnlyList<ActorValue> Sectors(BitField? only, int countMax)
    {
        List<ActorValue> found = [];
        foreach ((ulong number, SectorOnChainInfo sector) in
            Amt<SectorOnChainInfo>.Load(chain.Blocks, state.Sectors).Entries())
        {
            if (only is BitField set && !set.Contains(number))
            {
                continue;
            }

            found.Add(found.Count < countMax ? new(sector) : throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {countMax} sectors")));
        }

        return found;
    }

    /// <summary>A sector that was proven; null if it was not.</summary>
    public SectorOnChainInfo? Sector(ulong number) =>
        Amt<SectorOnChainInfo>.Load(chain.Blocks, state.Sectors)
            .TryGet(number, out SectorOnChainInfo? sector)
                ? sector
                : null;

    /// <summary>A sector that is promised; null if it is not.</summary>
    public SectorPreCommitOnChainInfo? PreCommit(ulong number) =>
        Hamt<SectorPreCommitOnChainInfo>.Load(
            chain.Blocks, state.PreCommittedSectors, new HamtOptions(5))
            .TryGet(UInt64Key.ToBytes(number), out SectorPreCommitOnChainInfo? promised)
                ? promised
                : null;

    private TokenAmount Vested(long epoch)
    {
        TokenAmount vested = TokenAmount.Zero;
        if (state.VestingFunds.Table is not VestingTable table)
        {
            return vested;
        }

        foreach (VestingFund fund in (VestingFund[])
            [table.Head, .. chain.Blocks.GetCbor<VestingList>(table.Tail).Funds.Span])
        {
            vested += fund.Epoch < epoch ? fund.Amount : TokenAmount.Zero;
        }

        return vested;
    }
}
