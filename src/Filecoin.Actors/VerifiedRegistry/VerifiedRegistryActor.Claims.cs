using System.Numerics;
using AllocationMap = Filecoin.ActorRuntime.StateMapOfMaps<
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    Filecoin.Actors.VerifiedRegistry.Allocation>;
using ClaimMap = Filecoin.ActorRuntime.StateMapOfMaps<
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    Filecoin.Actors.VerifiedRegistry.Claim>;

namespace Filecoin.Actors.VerifiedRegistry;

/// <content>Claims: of data that is stored, for how long, and removed when they expire.</content>
public static partial class VerifiedRegistryActor
{
    private static ClaimAllocationsReturn ClaimAllocations(
        IRuntime runtime, ClaimAllocationsParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);
        if (parameters.Sectors.Count == 0)
        {
            throw Abort.IllegalArgument("no sectors");
        }

        List<ExitCode> codes = [];
        List<BigInt> spaces = [];
        runtime.Transact((ref VerifiedRegistryState state) =>
        {
            ClaimMap claims = state.LoadClaims(runtime);
            AllocationMap allocations = state.LoadAllocations(runtime);
            foreach (SectorAllocationClaims sector in parameters.Sectors)
            {
                ExitCode failure = TryPrepare(
                    runtime, allocations, sector, out List<(ulong Id, Claim Claim)> prepared);
                codes.Add(failure);
                if (failure.IsSuccess)
                {
                    spaces.Add(Apply(runtime, claims, allocations, prepared));
                }
            }

            state.Allocations = allocations.Flush();
            state.Claims = claims.Flush();
        });

        BatchReturn results = BatchReturn.Of([.. codes]);
        if (parameters.AllOrNothing && !results.AllOk)
        {
            throw Abort.IllegalArgument($"{results.FailCodes.Count} sectors cannot be claimed");
        }

        DatacapToken.Burn(
            runtime, spaces.Aggregate(BigInteger.Zero, (sum, space) => sum + space.Value));
        return new(results, [.. spaces]);
    }

    /// <summary>The claims that a sector makes; the first failure is that of all.</summary>
    private static ExitCode TryPrepare(
        IRuntime runtime,
        AllocationMap allocations,
        SectorAllocationClaims sector,
        out List<(ulong Id, Claim Claim)> prepared)
    {
        prepared = [];
        foreach (AllocationClaim claim in sector.Claims)
        {
            if (!allocations.TryGet(
                claim.Client.Value, claim.AllocationId, out Allocation? allocation))
            {
                return ExitCode.UserNotFound;
            }

            if (!AllocationRules.IsClaimable(runtime, claim, allocation, sector.Expiry))
            {
                return ExitCode.UserForbidden;
            }

            Claim made = new(
                runtime.Caller,
                allocation.Client,
                allocation.Data,
                allocation.Size,
                allocation.TermMin,
                allocation.TermMax,
                runtime.Epoch,
                sector.Sector);
            prepared.Add((claim.AllocationId, made));
        }

        return ExitCode.Ok;
    }

    /// <summary>Turns a sector's allocations into claims and gives their bytes.</summary>
    private static BigInt Apply(
        IRuntime runtime,
        ClaimMap claims,
        AllocationMap allocations,
        List<(ulong Id, Claim Claim)> prepared)
    {
        BigInteger space = 0;
        foreach ((ulong id, Claim claim) in prepared)
        {
            if (!claims.SetIfAbsent(runtime.Caller.Value, id, claim))
            {
                throw Abort.IllegalArgument($"claim {id} exists already");
            }

            RegistryEvents.Claim(runtime, id, claim);
            _ = allocations.Delete(claim.Client.Value, id, out _);
            space += claim.Size;
        }

        return space;
    }

    private static GetClaimsReturn GetClaims(IRuntime runtime, GetClaimsParams parameters)
    {
        runtime.AcceptAnyCaller();

        ClaimMap claims =
            runtime.LoadState<VerifiedRegistryState>().LoadClaims(runtime);
        List<ExitCode> codes = [];
        List<Claim> found = [];
        foreach (ulong id in parameters.Ids)
        {
            bool isThere = claims.TryGet(parameters.Provider.Value, id, out Claim? claim);
            codes.Add(isThere ? ExitCode.Ok : ExitCode.UserNotFound);
            if (isThere)
            {
                found.Add(claim!);
            }
        }

        return new(BatchReturn.Of([.. codes]), [.. found]);
    }

    /// <summary>A claim's client may let it last as long as it could have from the start.</summary>
    private static BatchReturn ExtendClaimTerms(IRuntime runtime, ExtendClaimTermsParams parameters)
    {
        runtime.AcceptAnyCaller();

        return runtime.Transact((ref VerifiedRegistryState state) =>
        {
            ClaimMap claims = state.LoadClaims(runtime);
            List<ExitCode> codes = [];
            foreach (ClaimTerm term in parameters.Terms)
            {
                codes.Add(Extend(runtime, claims, term));
            }

            state.Claims = claims.Flush();
            return BatchReturn.Of([.. codes]);
        });
    }

    private static ExitCode Extend(IRuntime runtime, ClaimMap claims, ClaimTerm term)
    {
        if (term.TermMax > AllocationRules.TermMaxEpochs)
        {
            return ExitCode.UserIllegalArgument;
        }

        if (!claims.TryGet(term.Provider.Value, term.ClaimId, out Claim? claim))
        {
            return ExitCode.UserNotFound;
        }

        if (claim.Client != runtime.Caller)
        {
            return ExitCode.UserForbidden;
        }

        if (term.TermMax < claim.TermMax)
        {
            return ExitCode.UserIllegalArgument;
        }

        Claim extended = claim with { TermMax = term.TermMax };
        claims.Set(term.Provider.Value, term.ClaimId, extended);
        RegistryEvents.ClaimUpdated(runtime, term.ClaimId, extended);
        return ExitCode.Ok;
    }

    private static RemoveExpiredClaimsReturn RemoveExpiredClaims(
        IRuntime runtime, RemoveExpiredClaimsParams parameters)
    {
        runtime.AcceptAnyCaller();
        long epoch = runtime.Epoch.Value;

        Expired expired = runtime.Transact((ref VerifiedRegistryState state) =>
        {
            ClaimMap claims = state.LoadClaims(runtime);
            Expired found = Expired.Among(
                claims, parameters.Provider.Value, parameters.Ids, epoch);
            foreach (ulong id in found.Removable)
            {
                Claim removed = Expired.Remove(claims, parameters.Provider.Value, id);
                RegistryEvents.ClaimRemoved(runtime, id, removed);
            }

            state.Claims = claims.Flush();
            return found;
        });

        return new(expired.Considered, expired.Results);
    }

    /// <summary>
    /// Claims as they are when they last longer for datacap, which anybody may spend on them.
    /// Each is looked at as it is stored, also if it is named twice.
    /// </summary>
    private static List<(ulong Id, Claim Claim)> Extend(
        IRuntime runtime, ValueList<ClaimExtensionRequest> requests, out BigInteger bytes)
    {
        ClaimMap claims =
            runtime.LoadState<VerifiedRegistryState>().LoadClaims(runtime);
        List<(ulong Id, Claim Claim)> extended = [];
        bytes = 0;
        foreach (ClaimExtensionRequest request in requests)
        {
            if (!claims.TryGet(request.Provider.Value, request.Claim, out Claim? claim))
            {
                throw Abort.NotFound($"no claim {request.Claim} of f0{request.Provider}");
            }

            AllocationRules.Check(runtime, request, claim);
            extended.Add((request.Claim, claim with { TermMax = request.TermMax }));
            bytes += claim.Size;
        }

        return extended;
    }
}
