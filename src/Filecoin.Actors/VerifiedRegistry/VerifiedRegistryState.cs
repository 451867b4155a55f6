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
using RemovalMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Actors.VerifiedRegistry.AddressPair,
    Filecoin.Actors.VerifiedRegistry.AddressPairKey,
    Filecoin.Actors.VerifiedRegistry.RemoveDatacapProposalId>;
using VerifierMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.BigInt>;

namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>The registry's state.</summary>
/// <param name="RootKey">Who makes verifiers, by id.</param>
/// <param name="Verifiers">HAMT from verifiers' addresses to bytes that they may give.</param>
/// <param name="RemovalIds">
/// HAMT from verifiers and clients to how often one has taken from the other.
/// </param>
/// <param name="Allocations">HAMT from clients to HAMTs from ids to allocations.</param>
/// <param name="NextAllocationId">The id that the next allocation gets; 0 stands for none.</param>
/// <param name="Claims">HAMT from providers to HAMTs from ids to claims.</param>
/// <remarks>Spec: actors/verifreg; builtin-actors actors/verifreg/src/state.rs.</remarks>
[CborTuple]
public partial record struct VerifiedRegistryState(
    Address RootKey,
    Cid Verifiers,
    Cid RemovalIds,
    Cid Allocations,
    ulong NextAllocationId,
    Cid Claims)
{
    /// <summary>A registry without verifiers.</summary>
    public static VerifiedRegistryState Create(IRuntime runtime, Address rootKey)
    {
        Cid empty = VerifierMap.StoreEmpty(runtime);
        Cid emptyOfMaps = AllocationMap.StoreEmpty(runtime);
        return new(rootKey, empty, empty, emptyOfMaps, NextAllocationId: 1, emptyOfMaps);
    }

    /// <summary>Bytes that a verifier may give; false if it is none.</summary>
    public readonly bool TryGetVerifier(IRuntime runtime, Address verifier, out BigInt allowance) =>
        LoadVerifiers(runtime).TryGet(verifier, out allowance);

    /// <summary>Sets how many bytes a verifier may give.</summary>
    public void SetVerifier(IRuntime runtime, Address verifier, BigInt allowance)
    {
        VerifierMap verifiers = LoadVerifiers(runtime);
        verifiers.Set(verifier, allowance);
        Verifiers = verifiers.Flush();
    }

    /// <summary>Removes a verifier.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT, it is none.</exception>
    public void RemoveVerifier(IRuntime runtime, Address verifier)
    {
        VerifierMap verifiers = LoadVerifiers(runtime);
        if (!verifiers.Delete(verifier, out _))
        {
            throw Abort.IllegalArgument($"{verifier} is no verifier");
        }

        Verifiers = verifiers.Flush();
    }

    /// <summary>Counts two removals, and gives how many there were before.</summary>
    public (RemoveDatacapProposalId First, RemoveDatacapProposalId Second) CountRemovals(
        IRuntime runtime, Address first, Address second, Address client)
    {
        RemovalMap removals = RemovalMap.Load(runtime, RemovalIds, "removal proposals");
        RemoveDatacapProposalId ofFirst = Count(removals, new(first, client));
        RemoveDatacapProposalId ofSecond = Count(removals, new(second, client));
        RemovalIds = removals.Flush();
        return (ofFirst, ofSecond);
    }

    /// <summary>Opens the allocations.</summary>
    public readonly AllocationMap LoadAllocations(IRuntime runtime) =>
        AllocationMap.Load(runtime, Allocations, "allocations");

    /// <summary>Opens the claims.</summary>
    public readonly ClaimMap LoadClaims(IRuntime runtime) =>
        ClaimMap.Load(runtime, Claims, "claims");

    /// <summary>Keeps new allocations of a client and gives their ids.</summary>
    public IReadOnlyList<ulong> Add(
        IRuntime runtime, ActorId client, IReadOnlyList<Allocation> added)
    {
        List<ulong> ids = [];
        if (added.Count == 0)
        {
            return ids;
        }

        AllocationMap allocations = LoadAllocations(runtime);
        foreach (Allocation allocation in added)
        {
            ulong id = NextAllocationId++;
            allocations.Set(client.Value, id, allocation);
            ids.Add(id);
        }

        Allocations = allocations.Flush();
        return ids;
    }

    /// <summary>Keeps claims that have changed.</summary>
    public void Replace(IRuntime runtime, IReadOnlyList<(ulong Id, Claim Claim)> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }

        ClaimMap claims = LoadClaims(runtime);
        foreach ((ulong id, Claim claim) in changed)
        {
            claims.Set(claim.Provider.Value, id, claim);
        }

        Claims = claims.Flush();
    }

    private readonly VerifierMap LoadVerifiers(IRuntime runtime) =>
        VerifierMap.Load(runtime, Verifiers, "verifiers");

    private static RemoveDatacapProposalId Count(RemovalMap removals, AddressPair pair)
    {
        _ = removals.TryGet(pair, out RemoveDatacapProposalId before);
        removals.Set(pair, new(before.Id + 1));
        return before;
    }
}

/// <summary>Something that is over at some time.</summary>
public interface IExpiring
{
    /// <summary>The first epoch in which it is over.</summary>
    long ExpiresAt { get; }
}

/// <summary>Room for a client's data, at a provider that has not stored it yet.</summary>
/// <param name="Client">Whose data.</param>
/// <param name="Provider">Who may store it.</param>
/// <param name="Data">What.</param>
/// <param name="Size">Bytes, padded.</param>
/// <param name="TermMin">Epochs that it must be stored.</param>
/// <param name="TermMax">Epochs for which it counts at most.</param>
/// <param name="Expiration">When it must be stored at the latest.</param>
[CborTuple]
public sealed partial record Allocation(
    ActorId Client,
    ActorId Provider,
    Cid Data,
    ulong Size,
    long TermMin,
    long TermMax,
    ChainEpoch Expiration) : IExpiring
{
    /// <inheritdoc/>
    public long ExpiresAt => Expiration.Value;
}

/// <summary>A client's data that a provider stores.</summary>
/// <param name="Provider">Who stores it.</param>
/// <param name="Client">Whose data.</param>
/// <param name="Data">What.</param>
/// <param name="Size">Bytes, padded.</param>
/// <param name="TermMin">Epochs that it must be stored.</param>
/// <param name="TermMax">Epochs for which it counts at most.</param>
/// <param name="TermStart">Since when.</param>
/// <param name="Sector">In which of the provider's sectors.</param>
[CborTuple]
public sealed partial record Claim(
    ActorId Provider,
    ActorId Client,
    Cid Data,
    ulong Size,
    long TermMin,
    long TermMax,
    ChainEpoch TermStart,
    ulong Sector) : IExpiring
{
    /// <inheritdoc/>
    public long ExpiresAt => TermStart.Value + TermMax;
}

/// <summary>A verifier and a client.</summary>
public readonly record struct AddressPair(Address Verifier, Address Client);

/// <summary>Pairs of addresses as keys: one after the other.</summary>
public readonly struct AddressPairKey : IMapKey<AddressPair>
{
    /// <inheritdoc/>
    public static byte[] ToBytes(AddressPair key) =>
        [.. key.Verifier.ToBytes(), .. key.Client.ToBytes()];

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AddressPair key)
    {
        key = default;
        for (int length = 1; length < bytes.Length; length++)
        {
            if (Address.TryDecode(bytes[..length], out Address verifier)
                && Address.TryDecode(bytes[length..], out Address client))
            {
                key = new(verifier, client);
                return true;
            }
        }

        return false;
    }
}
