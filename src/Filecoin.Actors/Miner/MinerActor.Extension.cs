using System.Numerics;
using Filecoin.Actors.Storage;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Actors.Miner;

/// <content>Sectors that are to end later.</content>
public static partial class MinerActor
{
    private static void ExtendSectorExpiration(
        IRuntime runtime, ExtendSectorExpirationParams parameters)
    {
        Dictionary<ulong, ClaimSpace> claims = RequireClaims(runtime, parameters.Extensions);
        List<ValidExtension> extensions = [];
        foreach (ExpirationExtension extension in parameters.Extensions)
        {
            extensions.Add(ValidExtension.Of(extension));
        }

        ExtensionTerms terms = new(
            runtime.Epoch.Value, runtime.CirculatingSupply(), claims);
        (PowerPair powerDelta, TokenAmount pledgeDelta) =
            runtime.Transact((ref MinerState state) =>
                Extend(runtime, ref state, extensions, terms));
        RequestUpdatePower(runtime, powerDelta);
        NotifyPledgeChanged(runtime, pledgeDelta);
    }

    private static (PowerPair PowerDelta, TokenAmount PledgeDelta) Extend(
        IRuntime runtime,
        ref MinerState state,
        List<ValidExtension> extensions,
        ExtensionTerms terms)
    {
        MinerInfo info = state.GetInfo(runtime);
        runtime.RequireCaller(info.Controllers);
        DeadlineTable table = state.GetDeadlines(runtime);
        SectorArray sectors = state.OpenSectors(runtime);
        PowerPair powerDelta = default;
        TokenAmount pledgeDelta = default;
        List<ulong> visited = [];
        foreach (ValidExtension first in extensions)
        {
            ulong index = first.Deadline;
            if (visited.Contains(index))
            {
                continue;
            }

            visited.Add(index);
            Deadline deadline = table.Get(runtime, index);
            (PowerPair power, TokenAmount pledge) = ExtendDeadline(
                runtime,
                ref deadline,
                extensions.FindAll(extension => extension.Deadline == index),
                sectors,
                state.ShapeOf(index, info.SectorSize),
                terms);
            powerDelta += power;
            pledgeDelta += pledge;
            table = table.With(runtime, index, deadline);
        }

        state.Sectors = sectors.Flush();
        state.SetDeadlines(runtime, table);
        return (powerDelta, pledgeDelta);
    }

    private static (PowerPair PowerDelta, TokenAmount PledgeDelta) ExtendDeadline(
        IRuntime runtime,
        ref Deadline deadline,
        List<ValidExtension> extensions,
        SectorArray sectors,
        DeadlineShape shape,
        ExtensionTerms terms)
    {
        StateArray<Partition> partitions = deadline.OpenPartitions(runtime);
        PowerPair powerDelta = default;
        TokenAmount pledgeDelta = default;
        List<(long Epoch, List<ulong> Partitions)> expirations = [];
        foreach (ValidExtension extension in extensions)
        {
            Partition partition = Deadline.GetFrom(partitions, extension.Partition);
            List<SectorOnChainInfo> before = sectors.GetAll(extension.Sectors);
            List<SectorOnChainInfo> after = before.ConvertAll(sector => Extended(
                runtime.NetworkVersion, sector, extension.NewExpiration, shape.SectorBytes, terms));
            sectors.Set(after);
            (SectorTotals removed, SectorTotals added) =
                partition.Replace(runtime, before, after, shape);
            powerDelta += added.Power - removed.Power;
            pledgeDelta += added.Pledge - removed.Pledge;
            deadline.DailyFee += added.DailyFee - removed.DailyFee;
            partitions.Set(extension.Partition, partition);

            int known = expirations.FindIndex(entry => entry.Epoch == extension.NewExpiration);
            if (known < 0)
            {
                expirations.Add((extension.NewExpiration, [extension.Partition]));
            }
            else
            {
                expirations[known].Partitions.Add(extension.Partition);
            }
        }

        deadline.LivePower += powerDelta;
        deadline.Partitions = partitions.Flush();
        foreach ((long epoch, List<ulong> changed) in expirations)
        {
            deadline.AddExpirations(runtime, epoch, changed, shape.Quantization);
        }

        return (powerDelta, pledgeDelta);
    }

    private static Dictionary<ulong, ClaimSpace> RequireClaims(
        IRuntime runtime, ValueList<ExpirationExtension> extensions)
    {
        Dictionary<ulong, ClaimSpace> spaces = [];
        foreach (ExpirationExtension extension in extensions)
        {
            RequireDeadlineIndex(extension.Deadline);
            foreach (SectorClaim sector in extension.SectorsWithClaims)
            {
                ValueList<ulong> ids =
                    [.. sector.MaintainClaims.Span, .. sector.DropClaims.Span];
                ValueList<Claim> claims = RequestClaims(runtime, ids);
                for (int i = 0; i < claims.Count; i++)
                {
                    bool isKept = i < sector.MaintainClaims.Count;
                    RequireClaim(runtime, sector.SectorNumber, claims[i]);
                    if (isKept && extension.NewExpiration
                        > claims[i].TermStart.Value + claims[i].TermMax)
                    {
                        throw Abort.Forbidden(
                            $"claim {ids[i]} does not allow {extension.NewExpiration}");
                    }

                    ClaimSpace space = spaces.GetValueOrDefault(sector.SectorNumber);
                    spaces[sector.SectorNumber] = new(
                        space.All + claims[i].Size,
                        space.Kept + (isKept ? claims[i].Size : 0));
                }
            }
        }

        return spaces;
    }

    private static void RequireClaim(IRuntime runtime, ulong sector, Claim claim)
    {
        if (claim.Provider != runtime.Receiver || claim.Sector != sector)
        {
            throw Abort.IllegalArgument(
                $"a claim is of provider {claim.Provider} and sector {claim.Sector}");
        }
    }

    private static SectorOnChainInfo Extended(
        NetworkVersion version,
        SectorOnChainInfo sector,
        long newExpiration,
        ulong sectorBytes,
        ExtensionTerms terms)
    {
        if (sector.Expiration < terms.Epoch)
        {
            throw Abort.Forbidden(
                $"cannot extend expiration for expired sector {sector.SectorNumber}");
        }

        if (newExpiration < sector.Expiration)
        {
            throw Abort.IllegalArgument(
                $"cannot reduce sector {sector.SectorNumber} expiration to {newExpiration}");
        }

        if (ExpirationProblem(terms.Epoch, sector.Activation, newExpiration, sector.SealProof)
            is string problem)
        {
            throw Abort.IllegalArgument(problem);
        }

        SectorOnChainInfo extended =
            (sector.Flags & SectorOnChainInfo.SimpleQualityFlag) != 0
                ? ExtendedSimply(sector, newExpiration, terms)
                : ExtendedByWeights(sector, newExpiration, terms.Epoch);
        BigInteger power = extended.QualityPower(sectorBytes);
        if (!extended.DailyFee.IsZero)
        {
            return extended with
            {
                DailyFee = MinerMonies.AdjustDailyFee(
                    sector.DailyFee, sector.QualityPower(sectorBytes), power),
            };
        }

        // Sectors from before there were fees were spared them for some time.
        return version >= NetworkVersion.V26
            ? extended with { DailyFee = MinerMonies.DailyFee(terms.CirculatingSupply, power) }
            : extended;
    }

    private static SectorOnChainInfo ExtendedSimply(
        SectorOnChainInfo sector, long newExpiration, ExtensionTerms terms)
    {
        long oldDuration = sector.Expiration - sector.PowerBaseEpoch;
        long newDuration = newExpiration - terms.Epoch;
        long remaining = sector.Expiration - terms.Epoch;
        SectorOnChainInfo extended = sector with
        {
            Expiration = newExpiration,
            PowerBaseEpoch = terms.Epoch,
            DealWeight = sector.DealWeight.Value.Sign > 0
                ? sector.DealWeight.Value * remaining / oldDuration
                : sector.DealWeight,
        };
        if (sector.VerifiedDealWeight.Value.Sign <= 0)
        {
            return extended;
        }

        if (!terms.Claims.TryGetValue(sector.SectorNumber, out ClaimSpace space))
        {
            throw Abort.IllegalArgument(
                $"claim missing for sector {sector.SectorNumber} with verified data");
        }

        // Quirk: the reference takes the sum of claims as signed.
        if (unchecked((long)space.All) != sector.VerifiedDealWeight.Value / oldDuration)
        {
            throw Abort.IllegalArgument(
                $"claims of {space.All} bytes are not what sector {sector.SectorNumber} holds");
        }

        if (space.All != space.Kept && remaining > StoragePolicy.ClaimDropPeriod)
        {
            throw Abort.Forbidden($"too early to drop claims: {remaining} epochs remain");
        }

        return extended.WithoutRewards() with
        {
            VerifiedDealWeight = (BigInteger)space.Kept * newDuration,
        };
    }

    private static SectorOnChainInfo ExtendedByWeights(
        SectorOnChainInfo sector, long newExpiration, long epoch)
    {
        BigInteger remaining = sector.Expiration - epoch;
        BigInteger duration = sector.Expiration - sector.PowerBaseEpoch;
        return sector.WithoutRewards() with
        {
            Expiration = newExpiration,
            DealWeight = Reward.FixedPoint.DivideFloor(
                sector.DealWeight.Value * remaining, duration),
            VerifiedDealWeight = Reward.FixedPoint.DivideFloor(
                sector.VerifiedDealWeight.Value * remaining, duration),
            PowerBaseEpoch = epoch,
        };
    }

    /// <summary>Bytes of a sector's claims.</summary>
    /// <param name="All">Of all.</param>
    /// <param name="Kept">Of those that stay.</param>
    private readonly record struct ClaimSpace(ulong All, ulong Kept);

    /// <summary>What is the same for all extensions of a message.</summary>
    private sealed record ExtensionTerms(
        long Epoch, TokenAmount CirculatingSupply, Dictionary<ulong, ClaimSpace> Claims);

    /// <summary>Sectors of a partition that are to end later, with claims or not.</summary>
    private sealed record ValidExtension(
        ulong Deadline, ulong Partition, BitField Sectors, long NewExpiration)
    {
        internal static ValidExtension Of(ExpirationExtension extension)
        {
            BitField sectors = default;
            foreach (SectorClaim sector in extension.SectorsWithClaims)
            {
                sectors = sectors.With(sector.SectorNumber);
            }

            return new(
                extension.Deadline,
                extension.Partition,
                sectors.Union(extension.Sectors),
                extension.NewExpiration);
        }
    }
}
