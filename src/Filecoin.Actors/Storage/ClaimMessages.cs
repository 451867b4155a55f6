namespace Filecoin.Actors.Storage;

/// <summary>Claims that a miner asks for.</summary>
/// <remarks>Spec: actors/verifreg, GetClaims and ClaimAllocations.</remarks>
[CborTuple]
public sealed partial record GetClaimsParams(ActorId Provider, ValueList<ulong> ClaimIds);

/// <summary>Claims that were found.</summary>
/// <param name="BatchInfo">Which were.</param>
/// <param name="Claims">Those that were.</param>
[CborTuple]
public sealed partial record GetClaimsReturn(
    BatchReturn BatchInfo, ValueList<VerifiedClaim> Claims);

/// <summary>Verified data that a miner holds.</summary>
/// <param name="Provider">The miner.</param>
/// <param name="Client">Whose data it is.</param>
/// <param name="Data">Commitment to it.</param>
/// <param name="Size">Bytes with padding.</param>
/// <param name="TermMin">Epochs that it must be held.</param>
/// <param name="TermMax">Epochs for which it counts as verified.</param>
/// <param name="TermStart">Since when it is held.</param>
/// <param name="Sector">Where.</param>
[CborTuple]
public sealed partial record VerifiedClaim(
    ActorId Provider,
    ActorId Client,
    Cid Data,
    ulong Size,
    long TermMin,
    long TermMax,
    long TermStart,
    ulong Sector);

/// <summary>Allocations that a miner claims.</summary>
/// <param name="Sectors">By sector.</param>
/// <param name="AllOrNothing">Whether one that fails makes all fail.</param>
[CborTuple]
public sealed partial record ClaimAllocationsParams(
    ValueList<SectorAllocationClaims> Sectors, bool AllOrNothing);

/// <summary>Allocations that come into a sector.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Expiry">When it ends.</param>
/// <param name="Claims">The allocations.</param>
[CborTuple]
public sealed partial record SectorAllocationClaims(
    ulong Sector, long Expiry, ValueList<AllocationClaim> Claims);

/// <summary>An allocation that is claimed.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="AllocationId">Its number.</param>
/// <param name="Data">Commitment to the piece.</param>
/// <param name="Size">Bytes with padding.</param>
[CborTuple]
public readonly partial record struct AllocationClaim(
    ActorId Client, ulong AllocationId, Cid Data, ulong Size);

/// <summary>How claiming went.</summary>
/// <param name="SectorResults">By sector.</param>
/// <param name="SectorClaims">Of the sectors that succeeded.</param>
[CborTuple]
public sealed partial record ClaimAllocationsReturn(
    BatchReturn SectorResults, ValueList<SectorClaimSummary> SectorClaims);

/// <summary>Bytes of verified data that came into a sector. CBOR: the bare number.</summary>
public readonly record struct SectorClaimSummary(BigInt ClaimedSpace) : ICbor<SectorClaimSummary>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorClaimSummary value)
    {
        bool isRead = BigInt.TryRead(ref reader, out BigInt space);
        value = new(space);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => ClaimedSpace.WriteTo(ref writer);
}
