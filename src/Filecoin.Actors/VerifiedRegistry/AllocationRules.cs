namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>Which allocations and claims there may be.</summary>
/// <remarks>Spec: actors/verifreg, ClaimAllocations and Receive; actors/common 11.</remarks>
internal static class AllocationRules
{
    /// <summary>Epochs that data must be stored at least: 180 days.</summary>
    public const long TermMinEpochs = 518_400;

    /// <summary>Epochs for which an allocation counts at most: 5 years.</summary>
    public const long TermMaxEpochs = 5_259_485;

    /// <summary>Epochs until an allocation must be claimed at the latest: 60 days.</summary>
    public const long ExpirationMaxEpochs = 172_800;

    /// <summary>Fails unless an allocation may be made.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT.</exception>
    public static void Check(IRuntime runtime, AllocationRequest request)
    {
        if (request.Size < runtime.Policy.MinimumAllocationBytes)
        {
            throw Abort.IllegalArgument($"allocation of {request.Size} bytes is too small");
        }

        if (request.TermMin < TermMinEpochs)
        {
            throw Abort.IllegalArgument($"shortest term {request.TermMin} is too short");
        }

        if (request.TermMax > TermMaxEpochs)
        {
            throw Abort.IllegalArgument($"longest term {request.TermMax} is too long");
        }

        if (request.TermMin > request.TermMax)
        {
            throw Abort.IllegalArgument(
                $"shortest term {request.TermMin} is longer than {request.TermMax}");
        }

        long epoch = runtime.Epoch.Value;
        if (request.Expiration.Value < epoch
            || request.Expiration.Value > epoch + ExpirationMaxEpochs)
        {
            throw Abort.IllegalArgument($"expiration {request.Expiration} at epoch {epoch}");
        }
    }

    /// <summary>Fails unless a claim may last longer for datacap.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, for too long, or not longer. USR_FORBIDDEN, it has expired: what has
    /// expired is gone for good.
    /// </exception>
    public static void Check(IRuntime runtime, ClaimExtensionRequest request, Claim claim)
    {
        long epoch = runtime.Epoch.Value;
        if (request.TermMax > epoch + TermMaxEpochs - claim.TermStart.Value)
        {
            throw Abort.IllegalArgument($"term {request.TermMax} of {request.Claim} is too long");
        }

        if (request.TermMax <= claim.TermMax)
        {
            throw Abort.IllegalArgument(
                $"term {request.TermMax} of {request.Claim} is no longer than {claim.TermMax}");
        }

        if (epoch > claim.ExpiresAt)
        {
            throw Abort.Forbidden($"claim {request.Claim} has expired at {claim.ExpiresAt}");
        }
    }

    /// <summary>Whether the caller may claim an allocation in a sector.</summary>
    public static bool IsClaimable(
        IRuntime runtime, AllocationClaim claim, Allocation allocation, ChainEpoch sectorExpiry)
    {
        long epoch = runtime.Epoch.Value;
        long lifetime = sectorExpiry.Value - epoch;
        return runtime.Caller == allocation.Provider
            && (claim.Client, claim.Data, claim.Size)
                == (allocation.Client, allocation.Data, allocation.Size)
            && epoch <= allocation.Expiration.Value
            && lifetime >= allocation.TermMin
            && lifetime <= allocation.TermMax;
    }
}
