using Filecoin.Actors.Power;

namespace Filecoin.Actors.Miner;

/// <summary>A storage miner: it promises sectors, proves them and is paid for it.</summary>
/// <remarks>
/// Spec: actors/miner-methods; builtin-actors actors/miner/src/lib.rs. Host calls are in the
/// reference's order, which is that of the charges.
/// </remarks>
public static partial class MinerActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Miner,
        [
            ActorMethod.Of<MinerConstructorParams>(1, nameof(Constructor), Constructor),
            ActorMethod.Returning<GetControlAddressesReturn>(
                2, nameof(ControlAddresses), ControlAddresses),
            ActorMethod.Of<ChangeWorkerAddressParams>(
                3, nameof(ChangeWorkerAddress), ChangeWorkerAddress),
            ActorMethod.Of<ChangePeerIdParams>(4, "ChangePeerID", ChangePeerId),
            ActorMethod.Of<SubmitWindowedPostParams>(
                5, "SubmitWindowedPoSt", SubmitWindowedPost),
            ActorMethod.Of<SectorDeclarationsParams, TerminateSectorsReturn>(
                9, nameof(TerminateSectors), TerminateSectors),
            ActorMethod.Of<SectorDeclarationsParams>(10, nameof(DeclareFaults), DeclareFaults),
            ActorMethod.Of<SectorDeclarationsParams>(
                11, nameof(DeclareFaultsRecovered), DeclareFaultsRecovered),
            ActorMethod.Of<DeferredCronEventParams>(
                12, nameof(OnDeferredCronEvent), OnDeferredCronEvent),
            ActorMethod.Of<SectorParams>(13, nameof(CheckSectorProven), CheckSectorProven),
            ActorMethod.Of<Reward.ApplyRewardParams>(14, nameof(ApplyRewards), ApplyRewards),
            ActorMethod.Of<ReportConsensusFaultParams>(
                15, nameof(ReportConsensusFault), ReportConsensusFault),
            ActorMethod.Of<WithdrawBalanceParams, TokenAmount>(
                16, nameof(WithdrawBalance), WithdrawBalance),
            ActorMethod.Of<InternalSectorSetupForPresealParams>(
                17, nameof(InternalSectorSetupForPreseal), InternalSectorSetupForPreseal),
            ActorMethod.Of<ChangeMultiaddressesParams>(
                18, "ChangeMultiaddrs", ChangeMultiaddresses),
            ActorMethod.Of<CompactPartitionsParams>(
                19, nameof(CompactPartitions), CompactPartitions),
            ActorMethod.Of<CompactSectorNumbersParams>(
                20, nameof(CompactSectorNumbers), CompactSectorNumbers),
            ActorMethod.Of(21, nameof(ConfirmChangeWorkerAddress), ConfirmChangeWorkerAddress),
            ActorMethod.Of(22, nameof(RepayDebt), RepayDebt),
            ActorMethod.Of<Address>(23, nameof(ChangeOwnerAddress), ChangeOwnerAddress),
            ActorMethod.Of<DisputeWindowedPostParams>(
                24, "DisputeWindowedPoSt", DisputeWindowedPost),
            ActorMethod.Of<PreCommitSectorBatchParams>(
                28, "PreCommitSectorBatch2", PreCommitSectorBatch),
            ActorMethod.Of<ChangeBeneficiaryParams>(
                30, nameof(ChangeBeneficiary), ChangeBeneficiary),
            ActorMethod.Returning<GetBeneficiaryReturn>(
                31, nameof(GetBeneficiary), GetBeneficiary),
            ActorMethod.Of<ExtendSectorExpirationParams>(
                32, "ExtendSectorExpiration2", ExtendSectorExpiration),
            ActorMethod.Of<ProveCommitSectorsParams, BatchReturn>(
                34, "ProveCommitSectors3", ProveCommitSectors),
            ActorMethod.Of<ProveReplicaUpdatesParams, BatchReturn>(
                35, "ProveReplicaUpdates3", ProveReplicaUpdates),
            ActorMethod.Of<ProveCommitSectorsNonInteractiveParams, BatchReturn>(
                36, "ProveCommitSectorsNI", ProveCommitSectorsNonInteractive),
            .. Exported(),
        ]);

    private static ActorMethod[] Exported() =>
    [
        ActorMethod.Exported<ChangeWorkerAddressParams>(
            nameof(ChangeWorkerAddress), ChangeWorkerAddress),
        ActorMethod.Exported<ChangePeerIdParams>("ChangePeerID", ChangePeerId),
        ActorMethod.Exported<WithdrawBalanceParams, TokenAmount>(
            nameof(WithdrawBalance), WithdrawBalance),
        ActorMethod.Exported<ChangeMultiaddressesParams>(
            "ChangeMultiaddrs", ChangeMultiaddresses),
        ActorMethod.Exported(nameof(ConfirmChangeWorkerAddress), ConfirmChangeWorkerAddress),
        ActorMethod.Exported(nameof(RepayDebt), RepayDebt),
        ActorMethod.Exported<Address>(nameof(ChangeOwnerAddress), ChangeOwnerAddress),
        ActorMethod.Exported<ChangeBeneficiaryParams>(
            nameof(ChangeBeneficiary), ChangeBeneficiary),
        ActorMethod.ExportedReturning<GetBeneficiaryReturn>(
            nameof(GetBeneficiary), GetBeneficiary),
        ActorMethod.ExportedReturning<GetOwnerReturn>(nameof(GetOwner), GetOwner),
        ActorMethod.Exported<Address, MinerAnswer>(
            nameof(IsControllingAddress), IsControllingAddress),
        ActorMethod.ExportedReturning<SectorQuantity>(nameof(GetSectorSize), GetSectorSize),
        ActorMethod.ExportedReturning<TokenAmount>(
            nameof(GetAvailableBalance), GetAvailableBalance),
        ActorMethod.ExportedReturning<GetVestingFundsReturn>(
            nameof(GetVestingFunds), GetVestingFunds),
        ActorMethod.ExportedReturning<GetPeerIdReturn>("GetPeerID", GetPeerId),
        ActorMethod.ExportedReturning<GetMultiaddressesReturn>(
            "GetMultiaddrs", GetMultiaddresses),
        ActorMethod.Exported<MaxTerminationFeeParams, TokenAmount>(
            nameof(MaxTerminationFee), MaxTerminationFee),
        ActorMethod.ExportedReturning<TokenAmount>(nameof(InitialPledge), InitialPledge),
        ActorMethod.Exported<SectorParams, GenerateSectorLocationReturn>(
            nameof(GenerateSectorLocation), GenerateSectorLocation),
        ActorMethod.Exported<ValidateSectorStatusParams, MinerAnswer>(
            nameof(ValidateSectorStatus), ValidateSectorStatus),
        ActorMethod.Exported<SectorQuantity, ChainEpoch>(
            nameof(GetNominalSectorExpiration), GetNominalSectorExpiration),
    ];
}
