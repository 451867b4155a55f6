namespace Filecoin.Actors.Market;

/// <summary>Who may act for a miner, as it answers.</summary>
[CborTuple]
public sealed partial record ControlAddressesReturn(
    Address Owner, Address Worker, ValueList<Address> ControlAddresses);

/// <summary>Whether an address may act for a miner. CBOR: the bare boolean.</summary>
public readonly record struct IsControllingAddressReturn(bool IsControlling)
    : ICbor<IsControllingAddressReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out IsControllingAddressReturn value)
    {
        bool isRead = reader.TryReadBool(out bool isControlling);
        value = new(isControlling);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBool(IsControlling);
}

/// <summary>Verified data that a provider is to hold.</summary>
/// <param name="Provider">The miner.</param>
/// <param name="Data">Commitment to it.</param>
/// <param name="Size">Bytes with padding.</param>
/// <param name="TermMin">Epochs that it must be held.</param>
/// <param name="TermMax">Epochs for which it counts as verified.</param>
/// <param name="Expiration">Until when it must come into a sector.</param>
/// <remarks>Spec: actors/verifreg.</remarks>
[CborTuple]
public sealed partial record DealAllocationRequest(
    ActorId Provider, Cid Data, ulong Size, long TermMin, long TermMax, long Expiration);

/// <summary>What a transfer of datacap to the registry is for.</summary>
/// <param name="Allocations">New allocations.</param>
/// <param name="Extensions">The market asks for none.</param>
[CborTuple]
public sealed partial record DealAllocationRequests(
    ValueList<DealAllocationRequest> Allocations, ValueList<RawCbor> Extensions);

/// <summary>What the registry makes of them.</summary>
[CborTuple]
public sealed partial record DealAllocationsResponse(
    BatchReturn AllocationResults, BatchReturn ExtensionResults, ValueList<ulong> NewAllocations);
