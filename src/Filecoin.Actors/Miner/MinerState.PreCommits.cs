using Filecoin.Actors.Storage;
using PreCommitMap = Filecoin.ActorRuntime.StateMap<
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    Filecoin.Actors.Miner.SectorPreCommitOnChainInfo>;

namespace Filecoin.Actors.Miner;

/// <content>Sectors that are not proven yet.</content>
public partial record struct MinerState
{
    /// <summary>Epochs at which pre-commitments are dropped.</summary>
    private readonly Quantization EveryDeadline =>
        new(StoragePolicy.ChallengeWindow, ProvingPeriodStart);

    /// <summary>Adds pre-commitments.</summary>
    public void AddPreCommits(
        IRuntime runtime, IReadOnlyList<SectorPreCommitOnChainInfo> added)
    {
        PreCommitMap map = OpenPreCommits(runtime);
        foreach (SectorPreCommitOnChainInfo preCommit in added)
        {
            if (!map.SetIfAbsent(preCommit.Info.SectorNumber, preCommit))
            {
                throw Abort.IllegalState(
                    $"sector {preCommit.Info.SectorNumber} already pre-committed");
            }
        }

        PreCommittedSectors = map.Flush();
    }

    /// <summary>Reads pre-commitments, all of which must be there.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, a number is too large. USR_NOT_FOUND.
    /// </exception>
    public readonly List<SectorPreCommitOnChainInfo> GetPreCommits(
        IRuntime runtime, IEnumerable<ulong> numbers)
    {
        List<SectorPreCommitOnChainInfo> found = [];
        PreCommitMap map = OpenPreCommits(runtime);
        foreach (ulong number in numbers)
        {
            if (number > StoragePolicy.SectorNumberMax)
            {
                throw Abort.IllegalArgument("sector number greater than maximum");
            }

            found.Add(map.TryGet(number, out SectorPreCommitOnChainInfo? preCommit)
                ? preCommit
                : throw Abort.NotFound($"sector {number} not found"));
        }

        return found;
    }

    /// <summary>Reads those pre-commitments that are there.</summary>
    public readonly List<SectorPreCommitOnChainInfo> FindPreCommits(
        IRuntime runtime, IEnumerable<ulong> numbers)
    {
        List<SectorPreCommitOnChainInfo> found = [];
        PreCommitMap map = OpenPreCommits(runtime);
        foreach (ulong number in numbers)
        {
            if (map.TryGet(number, out SectorPreCommitOnChainInfo? preCommit))
            {
                found.Add(preCommit);
            }
        }

        return found;
    }

    /// <summary>Deletes pre-commitments, all of which must be there.</summary>
    public void DeletePreCommits(IRuntime runtime, IEnumerable<ulong> numbers)
    {
        PreCommitMap map = OpenPreCommits(runtime);
        foreach (ulong number in numbers)
        {
            if (!map.Delete(number, out _))
            {
                throw Abort.IllegalState($"sector {number} not pre-committed");
            }
        }

        PreCommittedSectors = map.Flush();
    }

    /// <summary>Says when pre-commitments are dropped.</summary>
    public void AddCleanUps(IRuntime runtime, IEnumerable<(long Epoch, ulong Sector)> events)
    {
        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, PreCommittedSectorsCleanup, EveryDeadline);
        queue.AddEach(events);
        PreCommittedSectorsCleanup = queue.Flush();
    }

    /// <summary>Drops pre-commitments that were not proven in time.</summary>
    /// <returns>What was deposited for them.</returns>
    public TokenAmount CleanUpPreCommits(IRuntime runtime, long epoch)
    {
        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, PreCommittedSectorsCleanup, EveryDeadline);
        (BitField due, bool isModified) = queue.PopUntil(epoch);
        if (isModified)
        {
            PreCommittedSectorsCleanup = queue.Flush();
        }

        TokenAmount deposits = default;
        List<ulong> dropped = [];
        PreCommitMap map = OpenPreCommits(runtime);
        foreach (ulong number in due.Each())
        {
            if (map.TryGet(number, out SectorPreCommitOnChainInfo? preCommit))
            {
                dropped.Add(number);
                deposits += preCommit.PreCommitDeposit;
            }
        }

        if (dropped.Count > 0)
        {
            DeletePreCommits(runtime, dropped);
        }

        AddPreCommitDeposit(TokenAmount.Zero - deposits);
        return deposits;
    }

    private readonly PreCommitMap OpenPreCommits(IRuntime runtime) =>
        PreCommitMap.Load(runtime, PreCommittedSectors, "pre-commitments");
}
