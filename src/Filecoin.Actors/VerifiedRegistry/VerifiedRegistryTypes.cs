using Filecoin.Actors.Account;

namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>A verifier or a client, and how many bytes it gets.</summary>
[CborTuple]
public sealed partial record VerifierParams(Address Address, BigInt Allowance);

/// <summary>What two verifiers want to take from a client.</summary>
/// <param name="Client">The client.</param>
/// <param name="Amount">Bytes that it loses.</param>
/// <param name="First">What one verifier has signed.</param>
/// <param name="Second">What another has signed.</param>
[CborTuple]
public sealed partial record RemoveDatacapParams(
    Address Client, BigInt Amount, RemoveDatacapRequest First, RemoveDatacapRequest Second);

/// <summary>A verifier's signature of a <see cref="RemoveDatacapProposal"/>.</summary>
[CborTuple]
public sealed partial record RemoveDatacapRequest(Address Verifier, KeySignature Signature);

/// <summary>What a client has lost.</summary>
/// <param name="Client">The client, by id.</param>
/// <param name="Removed">Bytes.</param>
[CborTuple]
public sealed partial record RemoveDatacapReturn(Address Client, BigInt Removed);

/// <summary>How many times a verifier has taken from a client.</summary>
[CborTuple]
public readonly partial record struct RemoveDatacapProposalId(ulong Id);

/// <summary>What a verifier signs, after a prefix.</summary>
/// <param name="Client">The client, by id.</param>
/// <param name="Amount">Bytes that it loses.</param>
/// <param name="Id">How many times before.</param>
[CborTuple]
public sealed partial record RemoveDatacapProposal(
    Address Client, BigInt Amount, RemoveDatacapProposalId Id);

/// <summary>Allocations that are to be removed if they have expired.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Ids">Which; none for all.</param>
[CborTuple]
public sealed partial record RemoveExpiredAllocationsParams(ActorId Client, ValueList<ulong> Ids);

/// <summary>Allocations that were looked at.</summary>
/// <param name="Considered">Which.</param>
/// <param name="Results">Whether each was removed.</param>
/// <param name="Recovered">Bytes that the client has back.</param>
[CborTuple]
public sealed partial record RemoveExpiredAllocationsReturn(
    ValueList<ulong> Considered, BatchReturn Results, BigInt Recovered);

/// <summary>Claims that are to be removed if they have expired.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Ids">Which; none for all.</param>
[CborTuple]
public sealed partial record RemoveExpiredClaimsParams(ActorId Provider, ValueList<ulong> Ids);

/// <summary>Claims that were looked at.</summary>
/// <param name="Considered">Which.</param>
/// <param name="Results">Whether each was removed.</param>
[CborTuple]
public sealed partial record RemoveExpiredClaimsReturn(
    ValueList<ulong> Considered, BatchReturn Results);

/// <summary>A sector and the allocations whose data is in it.</summary>
/// <param name="Sector">Its number.</param>
/// <param name="Expiry">When it expires.</param>
/// <param name="Claims">The allocations.</param>
[CborTuple]
public sealed partial record SectorAllocationClaims(
    ulong Sector, ChainEpoch Expiry, ValueList<AllocationClaim> Claims);

/// <summary>An allocation whose data is in a sector.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="AllocationId">Its id.</param>
/// <param name="Data">What is stored.</param>
/// <param name="Size">Bytes, padded.</param>
[CborTuple]
public sealed partial record AllocationClaim(
    ActorId Client, ulong AllocationId, Cid Data, ulong Size);

/// <summary>Allocations to be claimed.</summary>
/// <param name="Sectors">By sector, each of which succeeds or fails as a whole.</param>
/// <param name="AllOrNothing">Whether one failure is that of all.</param>
[CborTuple]
public sealed partial record ClaimAllocationsParams(
    ValueList<SectorAllocationClaims> Sectors, bool AllOrNothing);

/// <summary>Sectors whose allocations were claimed.</summary>
/// <param name="Results">Whether each was.</param>
/// <param name="ClaimedSpaces">Bytes in each that was.</param>
[CborTuple]
public sealed partial record ClaimAllocationsReturn(
    BatchReturn Results, ValueList<BigInt> ClaimedSpaces);

/// <summary>Claims that are asked for.</summary>
[CborTuple]
public sealed partial record GetClaimsParams(ActorId Provider, ValueList<ulong> Ids);

/// <summary>Claims that were found.</summary>
/// <param name="Results">Whether each was.</param>
/// <param name="Claims">Those that were.</param>
[CborTuple]
public sealed partial record GetClaimsReturn(BatchReturn Results, ValueList<Claim> Claims);

/// <summary>A claim that is to last longer.</summary>
/// <param name="Provider">Whose it is.</param>
/// <param name="ClaimId">Its id.</param>
/// <param name="TermMax">Epochs that it lasts at most.</param>
[CborTuple]
public sealed partial record ClaimTerm(ActorId Provider, ulong ClaimId, long TermMax);

/// <summary>Claims that are to last longer.</summary>
[CborTuple]
public sealed partial record ExtendClaimTermsParams(ValueList<ClaimTerm> Terms);

/// <summary>What a client wants for the datacap that it gives.</summary>
/// <param name="Allocations">New allocations.</param>
/// <param name="Extensions">Claims that are to last longer.</param>
[CborTuple]
public sealed partial record AllocationRequests(
    ValueList<AllocationRequest> Allocations, ValueList<ClaimExtensionRequest> Extensions);

/// <summary>A wish for an allocation.</summary>
/// <param name="Provider">Who may store the data.</param>
/// <param name="Data">What.</param>
/// <param name="Size">Bytes, padded.</param>
/// <param name="TermMin">Epochs that it must be stored.</param>
/// <param name="TermMax">Epochs for which it counts at most.</param>
/// <param name="Expiration">When it must be stored at the latest.</param>
[CborTuple]
public sealed partial record AllocationRequest(
    ActorId Provider, Cid Data, ulong Size, long TermMin, long TermMax, ChainEpoch Expiration);

/// <summary>A wish that a claim lasts longer.</summary>
/// <param name="Provider">Whose it is.</param>
/// <param name="Claim">Its id.</param>
/// <param name="TermMax">Epochs that it lasts at most.</param>
[CborTuple]
public sealed partial record ClaimExtensionRequest(ActorId Provider, ulong Claim, long TermMax);

/// <summary>What became of a client's wishes.</summary>
/// <param name="AllocationResults">Of allocations.</param>
/// <param name="ExtensionResults">Of claims.</param>
/// <param name="NewAllocations">Ids of new allocations.</param>
[CborTuple]
public sealed partial record AllocationsResponse(
    BatchReturn AllocationResults, BatchReturn ExtensionResults, ValueList<ulong> NewAllocations);
