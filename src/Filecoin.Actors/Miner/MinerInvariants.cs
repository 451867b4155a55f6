using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>What holds of every miner.</summary>
/// <remarks>
/// Spec: actors/miner-state, invariants; builtin-actors actors/miner/src/testing.rs.
/// </remarks>
public static class MinerInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="balance">What it has.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">Something cannot be read.</exception>
    public static IReadOnlyList<string> Check(
        MinerState state, TokenAmount balance, IBlockstore store)
    {
        List<string> complaints = [];
        CheckBalances(state, balance, store, complaints);
        MinerInfo info = store.GetCbor<MinerInfo>(state.Info);
        CheckInfo(info, complaints);
        BitField numbers = store.GetCbor<BitField>(state.AllocatedSectors);
        CheckPreCommits(state, numbers, store, complaints);
        Dictionary<ulong, SectorOnChainInfo> sectors =
            ReadSectors(state, numbers, store, complaints);
        if (state.CurrentDeadline >= StoragePolicy.PeriodDeadlines)
        {
            complaints.Add($"there is no deadline {state.CurrentDeadline}");
        }

        DeadlineTable table = store.GetCbor<DeadlineTable>(state.Deadlines);
        for (ulong index = 0; index < (ulong)table.Due.Count; index++)
        {
            Deadline deadline = store.GetCbor<Deadline>(table.Due[(int)index]);
            DeadlineInvariants.Check(
                $"deadline {index}",
                deadline,
                state.ShapeOf(index, info.SectorSize),
                sectors,
                store,
                complaints);
        }

        return complaints;
    }

    /// <summary>Adds complaints about funds; none if all is well.</summary>
    internal static void CheckBalances(
        in MinerState state, TokenAmount balance, IBlockstore store, List<string> complaints)
    {
        if (state.LockedFunds.IsNegative
            || state.PreCommitDeposits.IsNegative
            || state.InitialPledge.IsNegative
            || state.FeeDebt.IsNegative
            || balance < state.LockedFunds + state.PreCommitDeposits + state.InitialPledge)
        {
            complaints.Add($"a balance of {balance} does not cover what is locked");
        }

        TokenAmount vesting = default;
        if (state.VestingFunds.Table is VestingTable table)
        {
            vesting = table.Head.Amount;
            foreach (VestingFund fund in store.GetCbor<VestingList>(table.Tail).Funds)
            {
                vesting += fund.Amount;
                if (fund.Amount <= TokenAmount.Zero || fund.Epoch <= table.Head.Epoch)
                {
                    complaints.Add($"a vesting fund {fund} is empty or out of order");
                }
            }
        }

        if (vesting != state.LockedFunds)
        {
            complaints.Add($"{state.LockedFunds} are locked, but {vesting} vest");
        }
    }

    private static void CheckInfo(MinerInfo info, List<string> complaints)
    {
        foreach (Address address in (Address[])[.. info.Controllers, info.Beneficiary])
        {
            if (!address.IsId)
            {
                complaints.Add($"{address} of the miner is no id");
            }
        }

        if (info.PendingOwnerAddress == info.Owner)
        {
            complaints.Add("the owner is to be the owner");
        }

        bool isKnown = RegisteredPostProof.TryGetSectorSize(
            info.WindowPostProofType, out ulong sectorBytes);
        isKnown &= SectorProofs.TryGetPartitionSectors(
            info.WindowPostProofType, out ulong partitionSectors);
        if (!isKnown
            || sectorBytes != info.SectorSize
            || partitionSectors != info.WindowPostPartitionSectors)
        {
            complaints.Add($"sectors are not those of proof {info.WindowPostProofType}");
        }
    }

    private static void CheckPreCommits(
        in MinerState state, BitField numbers, IBlockstore store, List<string> complaints)
    {
        BitField cleanedUp = default;
        Quantization quantization = new(StoragePolicy.ChallengeWindow, state.ProvingPeriodStart);
        foreach ((ulong key, BitField due)
            in Amt<BitField>.Load(store, state.PreCommittedSectorsCleanup).Entries())
        {
            cleanedUp = cleanedUp.Union(due);
            long epoch = BitFieldQueue.EpochOf(key);
            if (quantization.Up(epoch) != epoch)
            {
                complaints.Add($"pre-commitments are dropped at the odd epoch {epoch}");
            }
        }

        TokenAmount deposits = default;
        Hamt<SectorPreCommitOnChainInfo> map =
            Hamt<SectorPreCommitOnChainInfo>.Load(store, state.PreCommittedSectors, new(5));
        foreach ((_, SectorPreCommitOnChainInfo preCommit) in map.Entries())
        {
            ulong number = preCommit.Info.SectorNumber;
            deposits += preCommit.PreCommitDeposit;
            if (!numbers.Contains(number) || !cleanedUp.Contains(number))
            {
                complaints.Add($"pre-commitment {number} has no number or is never dropped");
            }
        }

        if (deposits != state.PreCommitDeposits)
        {
            complaints.Add($"{state.PreCommitDeposits} are deposited, {deposits} are needed");
        }
    }

    private static Dictionary<ulong, SectorOnChainInfo> ReadSectors(
        in MinerState state, BitField numbers, IBlockstore store, List<string> complaints)
    {
        Dictionary<ulong, SectorOnChainInfo> sectors = [];
        foreach ((ulong number, SectorOnChainInfo sector)
            in Amt<SectorOnChainInfo>.Load(store, state.Sectors).Entries())
        {
            sectors.Add(number, sector);
            if (sector.SectorNumber != number || !numbers.Contains(number))
            {
                complaints.Add($"sector {number} has not the number of its place");
            }

            if (sector.Activation > sector.PowerBaseEpoch
                || sector.PowerBaseEpoch >= sector.Expiration)
            {
                complaints.Add($"sector {number} has its epochs out of order");
            }
        }

        return sectors;
    }
}
