namespace Filecoin.Actors.Storage;

/// <summary>The deals of a sector.</summary>
/// <param name="SectorNumber">The sector.</param>
/// <param name="SectorType">Its seal.</param>
/// <param name="SectorExpiry">When it ends.</param>
/// <param name="DealIds">The deals.</param>
/// <remarks>Spec: actors/market, VerifyDealsForActivation and BatchActivateDeals.</remarks>
[CborTuple]
public sealed partial record SectorDeals(
    ulong SectorNumber, long SectorType, long SectorExpiry, ValueList<ulong> DealIds);

/// <summary>Deals that a miner wants to take on.</summary>
[CborTuple]
public sealed partial record VerifyDealsForActivationParams(ValueList<SectorDeals> Sectors);

/// <summary>For each sector the commitment to its data; null without deals.</summary>
[CborTuple]
public sealed partial record VerifyDealsForActivationReturn(ValueList<Cid?> UnsealedCids);

/// <summary>Deals that a miner takes on.</summary>
/// <param name="Sectors">By sector.</param>
/// <param name="ComputeCid">Whether commitments to the data are asked for.</param>
[CborTuple]
public sealed partial record BatchActivateDealsParams(
    ValueList<SectorDeals> Sectors, bool ComputeCid);

/// <summary>How each sector's deals were taken on.</summary>
/// <param name="ActivationResults">By sector.</param>
/// <param name="Activations">Of the sectors that succeeded.</param>
[CborTuple]
public sealed partial record BatchActivateDealsResult(
    BatchReturn ActivationResults, ValueList<SectorDealActivation> Activations);

/// <summary>The deals of a sector that were taken on.</summary>
/// <param name="Activated">The deals.</param>
/// <param name="UnsealedCid">The commitment to the data, if it was asked for.</param>
[CborTuple]
public sealed partial record SectorDealActivation(
    ValueList<ActivatedDeal> Activated, Cid? UnsealedCid);

/// <summary>A deal that was taken on.</summary>
/// <param name="Client">Whose data it is.</param>
/// <param name="AllocationId">Its verified allocation; 0 for none.</param>
/// <param name="Data">Commitment to the piece.</param>
/// <param name="Size">Bytes with padding.</param>
[CborTuple]
public readonly partial record struct ActivatedDeal(
    ActorId Client, ulong AllocationId, Cid Data, ulong Size);

/// <summary>Sectors that a miner has ended before their time.</summary>
/// <param name="Epoch">When.</param>
/// <param name="Sectors">The sectors.</param>
[CborTuple]
public sealed partial record OnMinerSectorsTerminateParams(long Epoch, BitField Sectors);
