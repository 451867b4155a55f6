using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Promising sectors.</content>
public static partial class MinerActor
{
    private static void PreCommitSectorBatch(
        IRuntime runtime, PreCommitSectorBatchParams parameters)
    {
        ValueList<SectorPreCommitInfo> sectors = parameters.Sectors;
        long epoch = runtime.Epoch.Value;
        if (sectors.Count == 0)
        {
            throw Abort.IllegalArgument("batch empty");
        }

        BitField numbers = default;
        SectorDeals[] deals = new SectorDeals[sectors.Count];
        for (int i = 0; i < deals.Length; i++)
        {
            SectorPreCommitInfo sector = sectors[i];
            if (numbers.Contains(sector.SectorNumber))
            {
                throw Abort.IllegalArgument($"duplicate sector number {sector.SectorNumber}");
            }

            numbers = numbers.With(sector.SectorNumber);
            RequirePreCommit(runtime.Policy, sector, epoch);
            deals[i] = new(
                sector.SectorNumber, sector.SealProof, sector.Expiration, sector.DealIds);
        }

        ThisEpochRewardReturn reward = RequestReward(runtime);
        CurrentTotalPowerReturn power = RequestPower(runtime);
        ValueList<Cid?> unsealed = RequestUnsealedCids(runtime, ValueList.TakeOver(deals));
        if (unsealed.Count != sectors.Count)
        {
            throw Abort.IllegalState(
                $"market returned {unsealed.Count} records, expected {sectors.Count}");
        }

        (TokenAmount toBurn, bool needsCron) = runtime.Transact((ref MinerState state) =>
        {
            TokenAmount available = state.AvailableBalance(runtime.CurrentBalance());
            TokenAmount debt = state.RepayDebts(runtime.CurrentBalance());
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            if (info.IsShutOut(epoch))
            {
                throw Abort.Forbidden("pre-commit not allowed during active consensus fault");
            }

            TokenAmount deposit = MinerMonies.PreCommitDeposit(
                reward.Reward,
                power.QualityAdjustedPowerSmoothed,
                QualityPower.Max(info.SectorSize));
            AddPreCommits(runtime, ref state, info, sectors, unsealed, deposit, available, numbers);

            bool wasResting = !state.DeadlineCronActive;
            state.DeadlineCronActive = true;
            return (debt, wasResting);
        });

        Burn(runtime, toBurn);
        MinerState after = runtime.LoadState<MinerState>();
        after.RequireBalance(runtime.CurrentBalance());
        if (needsCron)
        {
            Enroll(runtime, after.DeadlineAt(epoch).Last, CronEventPayload.ProvingDeadline);
        }
    }

    private static void AddPreCommits(
        IRuntime runtime,
        ref MinerState state,
        MinerInfo info,
        ValueList<SectorPreCommitInfo> sectors,
        ValueList<Cid?> unsealed,
        TokenAmount deposit,
        TokenAmount available,
        BitField numbers)
    {
        long epoch = runtime.Epoch.Value;
        List<SectorPreCommitOnChainInfo> added = [];
        List<(long Epoch, ulong Sector)> cleanUps = [];
        for (int i = 0; i < sectors.Count; i++)
        {
            SectorPreCommitInfo sector = sectors[i];
            RequireFits(info, sector);
            if (unsealed[i] is Cid computed
                && Commitments.UnsealedOrZero(sector.UnsealedCid, sector.SealProof) != computed)
            {
                throw Abort.IllegalArgument("computed and passed unsealed CIDs not equal");
            }

            if (!SectorProofs.TryGetProveCommitEpochs(
                runtime.Policy, sector.SealProof, out long epochs))
            {
                throw Abort.IllegalArgument($"no seal duration for seal {sector.SealProof}");
            }

            added.Add(new(sector, deposit, epoch));
            cleanUps.Add(
                (epoch + epochs + StoragePolicy.PreCommitCleanUpDelay, sector.SectorNumber));
        }

        TokenAmount total = TokenAmount.FromAtto(deposit.ToBigInteger() * sectors.Count);
        if (available < total)
        {
            throw Abort.InsufficientFunds(
                $"insufficient funds {available} for pre-commit deposit {total}");
        }

        state.AddPreCommitDeposit(total);
        state.AllocateNumbers(runtime, numbers, mayBeTaken: false);
        state.AddPreCommits(runtime, added);
        state.AddCleanUps(runtime, cleanUps);
        foreach (ulong number in numbers.Each())
        {
            new EventBuilder("sector-precommitted").Indexed("sector", number).Emit(runtime);
        }
    }

    private static void RequirePreCommit(
        Policy policy, SectorPreCommitInfo sector, long epoch)
    {
        if (!SectorProofs.MayPreCommit(policy, sector.SealProof))
        {
            throw Abort.IllegalArgument($"unsupported seal proof type {sector.SealProof}");
        }

        if (sector.SectorNumber > StoragePolicy.SectorNumberMax)
        {
            throw Abort.IllegalArgument($"sector number {sector.SectorNumber} out of range");
        }

        if (!Commitments.IsSealed(sector.SealedCid))
        {
            throw Abort.IllegalArgument("sealed CID had wrong prefix");
        }

        if (sector.SealRandEpoch >= epoch
            || sector.SealRandEpoch < epoch - StoragePolicy.PreCommitLookbackMax)
        {
            throw Abort.IllegalArgument(
                $"seal challenge epoch {sector.SealRandEpoch} too late or too old");
        }

        if (sector.UnsealedCid is Cid unsealed && !Commitments.IsUnsealed(unsealed))
        {
            throw Abort.IllegalArgument("unsealed CID had wrong prefix");
        }

        _ = SectorProofs.TryGetProveCommitEpochs(policy, sector.SealProof, out long epochs);
        if (ExpirationProblem(epoch, epoch + epochs, sector.Expiration, sector.SealProof)
            is string problem)
        {
            throw Abort.IllegalArgument(problem);
        }
    }

    private static void RequireFits(MinerInfo info, SectorPreCommitInfo sector)
    {
        if (!SectorProofs.TryGetWindowPost(sector.SealProof, out long postProof)
            || postProof != info.WindowPostProofType)
        {
            throw Abort.IllegalArgument(
                $"seal {sector.SealProof} does not go with PoSt {info.WindowPostProofType}");
        }

        if ((ulong)sector.DealIds.Count > StoragePolicy.SectorDealsMax(info.SectorSize))
        {
            throw Abort.IllegalArgument($"too many deals for sector: {sector.DealIds.Count}");
        }
    }

    /// <summary>What is wrong with the time that a sector is to end; null for nothing.</summary>
    private static string? ExpirationProblem(
        long epoch, long activation, long expiration, long sealProof)
    {
        if (expiration <= activation)
        {
            return $"sector expiration {expiration} must be after activation {activation}";
        }

        if (expiration - activation < StoragePolicy.SectorLifeMin)
        {
            return $"invalid expiration {expiration}, too soon after activation {activation}";
        }

        if (expiration > epoch + StoragePolicy.SectorExtensionMax)
        {
            return $"invalid expiration {expiration}, too long after epoch {epoch}";
        }

        if (!SectorProofs.TryGetLifetimeEpochs(sealProof, out long lifetime))
        {
            return $"unrecognized seal proof type {sealProof}";
        }

        return expiration - activation > lifetime
            ? $"invalid expiration {expiration}, too long after activation {activation}"
            : null;
    }
}
