using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>When a deadline of a proving period is, seen from an epoch.</summary>
/// <param name="CurrentEpoch">From where it is seen.</param>
/// <param name="PeriodStart">When the proving period starts.</param>
/// <param name="Index">Which deadline.</param>
/// <param name="Open">The first epoch at which proofs are taken.</param>
/// <param name="Close">The first epoch at which they are no longer.</param>
/// <param name="Challenge">The epoch at which its challenge is drawn.</param>
/// <param name="FaultCutoff">The first epoch at which faults are no longer declared.</param>
/// <remarks>Spec: actors/miner-state 4; builtin-actors actors/miner deadline_info.rs.</remarks>
public readonly record struct DeadlineInfo(
    long CurrentEpoch,
    long PeriodStart,
    ulong Index,
    long Open,
    long Close,
    long Challenge,
    long FaultCutoff)
{
    /// <summary>Whether the period has begun.</summary>
    public bool HasPeriodStarted => CurrentEpoch >= PeriodStart;

    /// <summary>Whether proofs are taken now.</summary>
    public bool IsOpen => CurrentEpoch >= Open && CurrentEpoch < Close;

    /// <summary>Whether it is over.</summary>
    public bool HasElapsed => CurrentEpoch >= Close;

    /// <summary>Whether it is too late to declare faults.</summary>
    public bool HasFaultCutoffPassed => CurrentEpoch >= FaultCutoff;

    /// <summary>Its last epoch.</summary>
    public long Last => Close - 1;

    /// <summary>The epochs at which its sectors end.</summary>
    public Quantization Quantization => new(StoragePolicy.ProvingPeriod, Last);

    /// <summary>A deadline of a period.</summary>
    public static DeadlineInfo At(long periodStart, ulong index, long currentEpoch)
    {
        if (index >= StoragePolicy.PeriodDeadlines)
        {
            long end = periodStart + StoragePolicy.ProvingPeriod;
            return new(currentEpoch, periodStart, index, end, end, end, 0);
        }

        long open = periodStart + ((long)index * StoragePolicy.ChallengeWindow);
        return new(
            currentEpoch,
            periodStart,
            index,
            open,
            open + StoragePolicy.ChallengeWindow,
            open - StoragePolicy.ChallengeLookback,
            open - StoragePolicy.FaultDeclarationCutoff);
    }

    /// <summary>The deadline at an epoch, when some period starts at another.</summary>
    public static DeadlineInfo Current(long periodStartSeed, long currentEpoch)
    {
        long start = new Quantization(StoragePolicy.ProvingPeriod, periodStartSeed)
            .Down(currentEpoch);
        long index = (currentEpoch - start) / StoragePolicy.ChallengeWindow;
        return At(start, unchecked((ulong)index), currentEpoch);
    }

    /// <summary>This deadline, or the same of a later period if it is over.</summary>
    public DeadlineInfo NextNotElapsed()
    {
        if (!HasElapsed)
        {
            return this;
        }

        long periods = 1 + ((CurrentEpoch - Close) / StoragePolicy.ProvingPeriod);
        return At(PeriodStart + (StoragePolicy.ProvingPeriod * periods), Index, CurrentEpoch);
    }

    /// <summary>Whether sectors may come, go or change: neither the current nor the next.</summary>
    public static bool IsMutable(long periodStart, ulong index, long currentEpoch) =>
        currentEpoch < At(periodStart, index, currentEpoch).NextNotElapsed().Open
            - StoragePolicy.ChallengeWindow;

    /// <summary>Whether its last proofs may be disputed.</summary>
    public static bool IsDisputable(long periodStart, ulong index, long currentEpoch)
    {
        if (periodStart > currentEpoch)
        {
            return false;
        }

        DeadlineInfo next = At(periodStart, index, currentEpoch).NextNotElapsed();
        return !next.IsOpen
            && currentEpoch < next.Close - StoragePolicy.ProvingPeriod
                + StoragePolicy.DisputeWindow;
    }

    /// <summary>Whether its partitions may be compacted.</summary>
    public static bool IsCompactable(long periodStart, ulong index, long currentEpoch) =>
        IsMutable(periodStart, index, currentEpoch)
        && !IsDisputable(periodStart, index, currentEpoch);
}
