using System.Numerics;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Proving sectors without having promised them.</content>
public static partial class MinerActor
{
    private static readonly byte[] NoChallenge = FilledWithOnes();

    private static BatchReturn ProveCommitSectorsNonInteractive(
        IRuntime runtime, ProveCommitSectorsNonInteractiveParams parameters)
    {
        long epoch = runtime.Epoch.Value;
        MinerState state = runtime.LoadState<MinerState>();
        MinerInfo info = state.GetInfo(runtime);
        RequireAggregate(
            parameters.AggregateProof,
            (ulong)parameters.Sectors.Count,
            StoragePolicy.NonInteractiveSectorsMin,
            StoragePolicy.NonInteractiveSectorsMax);
        runtime.RequireCaller(info.Controllers);
        RequireNonInteractive(runtime.Policy, state, info, parameters, epoch);

        (BatchReturn validated, List<SealInput> seals, BitField numbers) =
            ValidateNonInteractive(runtime, parameters);
        if (validated.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("no valid NI commits specified");
        }

        List<SectorNonInteractiveInfo> valid = validated.Successes(parameters.Sectors);
        _ = VerifyAggregate(
            runtime,
            seals,
            valid[0].SealerId,
            parameters.SealProofType,
            parameters.AggregateProofType,
            parameters.AggregateProof,
            valid.Count);

        PledgeInputs inputs = RequestPledgeInputs(runtime);
        BigInteger power = info.SectorSize.Bytes;
        TokenAmount pledge = MinerMonies.InitialPledge(power, inputs);

        // Quirk: the reference asks for the supply once more.
        TokenAmount dailyFee = MinerMonies.DailyFee(runtime.CirculatingSupply(), power);
        List<SectorOnChainInfo> sectors = valid.ConvertAll(sector => new SectorOnChainInfo()
        {
            SectorNumber = sector.SectorNumber,
            SealProof = parameters.SealProofType,
            SealedCid = sector.SealedCid,
            Expiration = sector.Expiration,
            Activation = epoch,
            InitialPledge = pledge,
            PowerBaseEpoch = epoch,
            Flags = SectorOnChainInfo.SimpleQualityFlag,
            DailyFee = dailyFee,
        });
        TokenAmount total = TokenAmount.FromAtto(pledge.ToBigInteger() * sectors.Count);

        (bool needsCron, TokenAmount toBurn) = runtime.Transact((ref MinerState state) =>
        {
            RequirePledge(state, runtime.CurrentBalance(), total);
            bool wasResting = !state.DeadlineCronActive;
            state.DeadlineCronActive = true;
            state.AllocateNumbers(runtime, numbers, mayBeTaken: false);
            _ = MinerErrors.OrIllegalState(ref state, (ref MinerState added) =>
            {
                added.AddSectors(runtime, sectors);
                return true;
            });
            state.AssignSectors(runtime, epoch, sectors, info, parameters.ProvingDeadline);
            state.AddInitialPledge(total);
            return (wasResting, state.RepayDebts(runtime.CurrentBalance()));
        });

        Burn(runtime, toBurn);
        NotifyPledgeChanged(runtime, total);
        MinerState after = runtime.LoadState<MinerState>();
        after.RequireBalance(runtime.CurrentBalance());
        foreach (SectorNonInteractiveInfo sector in valid)
        {
            EmitSector(runtime, "sector-activated", sector.SectorNumber, null, []);
        }

        if (needsCron)
        {
            Enroll(runtime, after.DeadlineAt(epoch).Last, CronEventPayload.ProvingDeadline);
        }

        return validated;
    }

    private static void RequireNonInteractive(
        Policy policy,
        in MinerState state,
        MinerInfo info,
        ProveCommitSectorsNonInteractiveParams parameters,
        long epoch)
    {
        if (parameters.ProvingDeadline >= StoragePolicy.PeriodDeadlines)
        {
            throw Abort.IllegalArgument(
                $"proving deadline index {parameters.ProvingDeadline} invalid");
        }

        if (!DeadlineInfo.IsMutable(
            state.PeriodStartAt(epoch), parameters.ProvingDeadline, epoch))
        {
            throw Abort.Forbidden("proving deadline must not be the current or next deadline");
        }

        if (info.IsShutOut(epoch))
        {
            throw Abort.Forbidden("not allowed during active consensus fault");
        }

        if (!SectorProofs.MayCommitNonInteractively(policy, parameters.SealProofType))
        {
            throw Abort.IllegalArgument(
                $"unsupported seal proof type {parameters.SealProofType}");
        }

        if (parameters.AggregateProofType != SectorProofs.AggregateSnarkPackV2)
        {
            throw Abort.IllegalArgument("aggregate proof type must be SnarkPackV2");
        }
    }

    private static (BatchReturn Results, List<SealInput> Seals, BitField Numbers)
        ValidateNonInteractive(
            IRuntime runtime, ProveCommitSectorsNonInteractiveParams parameters)
    {
        long epoch = runtime.Epoch.Value;
        Cid unsealed = Commitments.UnsealedOrZero(null, parameters.SealProofType);
        byte[] entropy = ReceiverEntropy(runtime);
        List<ExitCode> codes = [];
        List<SealInput> seals = [];
        BitField numbers = default;
        foreach (SectorNonInteractiveInfo sector in parameters.Sectors)
        {
            if (numbers.Contains(sector.SectorNumber))
            {
                throw Abort.IllegalArgument($"duplicate sector number {sector.SectorNumber}");
            }

            numbers = numbers.With(sector.SectorNumber);
            if (sector.SealRandEpoch >= epoch)
            {
                throw Abort.IllegalArgument(
                    $"seal challenge epoch {sector.SealRandEpoch} must be before now {epoch}");
            }

            bool isValid = sector.SectorNumber <= StoragePolicy.SectorNumberMax
                && ExpirationProblem(
                    epoch, epoch, sector.Expiration, parameters.SealProofType) is null
                && sector.SealerId == runtime.Receiver
                && sector.SectorNumber == sector.SealingNumber
                && Commitments.IsSealed(sector.SealedCid)
                && sector.SealRandEpoch >= epoch - StoragePolicy.NonInteractiveLookbackMax;
            byte[] ticket = runtime.DrawFromTickets(
                RandomnessPurpose.SealRandomness, new(sector.SealRandEpoch), entropy);
            seals.Add(new(
                parameters.SealProofType,
                sector.SealingNumber,
                ticket,
                NoChallenge,
                sector.SealedCid,
                unsealed));
            if (!isValid && parameters.RequireActivationSuccess)
            {
                throw Abort.IllegalArgument(
                    $"invalid NI commit {sector.SectorNumber} while requiring success");
            }

            codes.Add(isValid ? ExitCode.Ok : ExitCode.UserIllegalArgument);
        }

        return (BatchOf(codes), seals, numbers);
    }

    private static byte[] FilledWithOnes()
    {
        byte[] bytes = new byte[RandomnessDraw.Length];
        Array.Fill(bytes, (byte)1);
        return bytes;
    }
}
