using System.Reflection;
using Filecoin.ActorRuntime;
using Filecoin.Actors.Cron;
using Filecoin.Actors.Eam;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Init;
using Filecoin.Actors.Market;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Multisig;
using Filecoin.Actors.PaymentChannel;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;
using Filecoin.Actors.Tokens;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Rpc;

/// <summary>What lotus calls the members of actors' types, where it is another name.</summary>
/// <remarks>
/// Spec: go-state-types builtin/v18. A row has all names of a type in order, - for a member that is
/// not written.
/// </remarks>
internal static class ActorNames
{
    private static readonly Dictionary<Type, string> Rows = new()
    {
        [typeof(FailCode)] = "Idx Code",
        [typeof(PostProof)] = "PoStProof ProofBytes",

        [typeof(Actors.Init.InitState)] = "AddressMap NextID NetworkName",
        [typeof(ExecParams)] = "CodeCID ConstructorParams",
        [typeof(ExecReturn)] = "IDAddress RobustAddress",
        [typeof(Exec4Params)] = "CodeCID ConstructorParams SubAddress",

        [typeof(CronEntry)] = "Receiver MethodNum",

        [typeof(RewardState)] = "CumsumBaseline CumsumRealized EffectiveNetworkTime"
            + " EffectiveBaselinePower ThisEpochReward ThisEpochRewardSmoothed"
            + " ThisEpochBaselinePower Epoch TotalStoragePowerReward SimpleTotal BaselineTotal",
        [typeof(FilterEstimate)] = "PositionEstimate VelocityEstimate",
        [typeof(ThisEpochRewardReturn)] = "ThisEpochRewardSmoothed ThisEpochBaselinePower",

        [typeof(PowerState)] = "TotalRawBytePower TotalBytesCommitted TotalQualityAdjPower"
            + " TotalQABytesCommitted TotalPledgeCollateral ThisEpochRawBytePower"
            + " ThisEpochQualityAdjPower ThisEpochPledgeCollateral ThisEpochQAPowerSmoothed"
            + " MinerCount MinerAboveMinPowerCount RampStartEpoch RampDurationEpochs"
            + " CronEventQueue FirstCronEpoch Claims ProofValidationBatch",
        [typeof(Actors.Power.Claim)] = "WindowPoStProofType RawBytePower QualityAdjPower",
        [typeof(CronEvent)] = "MinerAddr CallbackPayload",
        [typeof(CreateMinerParams)] = "Owner Worker WindowPoStProofType Peer Multiaddrs",
        [typeof(CreateMinerReturn)] = "IDAddress RobustAddress",
        [typeof(MinerConstructorParams)] =
            "OwnerAddr WorkerAddr ControlAddrs WindowPoStProofType PeerId Multiaddrs",
        [typeof(DeferredCronEventParams)] = "EventPayload RewardSmoothed QualityAdjPowerSmoothed",
        [typeof(CurrentTotalPowerReturn)] = "RawBytePower QualityAdjPower PledgeCollateral"
            + " QualityAdjPowerSmoothed RampStartEpoch RampDurationEpochs",
        [typeof(MinerPowerReturn)] = "RawBytePower QualityAdjPower",

        [typeof(MarketState)] = "Proposals States PendingProposals EscrowTable LockedTable NextID"
            + " DealOpsByEpoch LastCron TotalClientLockedCollateral"
            + " TotalProviderLockedCollateral TotalClientStorageFee PendingDealAllocationIds"
            + " ProviderSectors",
        [typeof(DealProposal)] = "PieceCID PieceSize VerifiedDeal Client Provider Label"
            + " StartEpoch EndEpoch StoragePricePerEpoch ProviderCollateral ClientCollateral",
        [typeof(Actors.Market.WithdrawBalanceParams)] = "ProviderOrClientAddress Amount",
        [typeof(PublishStorageDealsReturn)] = "IDs ValidDeals",
        [typeof(DealSettlement)] = "Payment Completed",
        [typeof(SectorDeals)] = "SectorNumber SectorType SectorExpiry DealIDs",
        [typeof(VerifyDealsForActivationReturn)] = "UnsealedCIDs",

        [typeof(MultisigState)] = "Signers NumApprovalsThreshold NextTxnID InitialBalance"
            + " StartEpoch UnlockDuration PendingTxns",
        [typeof(Transaction)] = "To Value Method Params Approved",
        [typeof(ProposalHashData)] = "Requester To Value Method Params",
        [typeof(Actors.Multisig.ConstructorParams)] =
            "Signers NumApprovalsThreshold UnlockDuration StartEpoch",
        [typeof(ProposeParams)] = "To Value Method Params",
        [typeof(ProposeReturn)] = "TxnID Applied Code Ret",
        [typeof(TransactionParams)] = "ID ProposalHash",
        [typeof(ApproveReturn)] = "Applied Code Ret",
        [typeof(AddSignerParams)] = "Signer Increase",
        [typeof(RemoveSignerParams)] = "Signer Decrease",
        [typeof(ChangeThresholdParams)] = "NewThreshold",

        [typeof(PaymentChannelState)] = "From To ToSend SettlingAt MinSettleHeight LaneStates",
        [typeof(SignedVoucher)] = "ChannelAddr TimeLockMin TimeLockMax SecretHash Extra Lane"
            + " Nonce Amount MinSettleHeight Merges Signature",
        [typeof(UpdateChannelStateParams)] = "Sv Secret",

        [typeof(VerifiedRegistryState)] = "RootKey Verifiers RemoveDataCapProposalIDs"
            + " Allocations NextAllocationId Claims",
        [typeof(RemoveDatacapParams)] = "VerifiedClientToRemove DataCapAmountToRemove"
            + " VerifierRequest1 VerifierRequest2",
        [typeof(RemoveDatacapRequest)] = "Verifier VerifierSignature",
        [typeof(RemoveDatacapReturn)] = "VerifiedClient DataCapRemoved",
        [typeof(RemoveExpiredAllocationsParams)] = "Client AllocationIds",
        [typeof(RemoveExpiredAllocationsReturn)] = "Considered Results DataCapRecovered",
        [typeof(RemoveExpiredClaimsParams)] = "Provider ClaimIds",
        [typeof(SectorAllocationClaims)] = "Sector SectorExpiry Claims",
        [typeof(GetClaimsParams)] = "Provider ClaimIds",
        [typeof(GetClaimsReturn)] = "BatchInfo Claims",

        [typeof(UniversalReceiverParams)] = "Type_ Payload",
        [typeof(TransientData)] = "TransientDataState TransientDataLifespan",
        [typeof(CreateReturn)] = "ActorID RobustAddress EthAddress",

        [typeof(MinerState)] = "Info PreCommitDeposits LockedFunds VestingFunds FeeDebt"
            + " InitialPledge PreCommittedSectors PreCommittedSectorsCleanUp AllocatedSectors"
            + " Sectors ProvingPeriodStart CurrentDeadline Deadlines EarlyTerminations"
            + " DeadlineCronActive",
        [typeof(MinerInfo)] = "Owner Worker ControlAddresses PendingWorkerKey PeerId Multiaddrs"
            + " WindowPoStProofType SectorSize WindowPoStPartitionSectors"
            + " ConsensusFaultElapsed PendingOwnerAddress Beneficiary BeneficiaryTerm"
            + " PendingBeneficiaryTerm",
        [typeof(PowerPair)] = "Raw QA",
        [typeof(SectorOnChainInfo)] = "SectorNumber SealProof SealedCID - Activation Expiration"
            + " DealWeight VerifiedDealWeight InitialPledge ExpectedDayReward"
            + " ExpectedStoragePledge PowerBaseEpoch ReplacedDayReward SectorKeyCID Flags"
            + " DailyFee",
        [typeof(SectorPreCommitInfo)] =
            "SealProof SectorNumber SealedCID SealRandEpoch DealIDs Expiration UnsealedCid",
        [typeof(PieceActivationManifest)] = "CID Size VerifiedAllocationKey Notify",
        [typeof(VerifiedAllocationKey)] = "Client ID",
        [typeof(SectorNonInteractiveInfo)] =
            "SealingNumber SealerID SealedCID SectorNumber SealRandEpoch Expiration",
        [typeof(SectorUpdateManifest)] = "Sector Deadline Partition NewSealedCID Pieces",
        [typeof(InternalSectorSetupForPresealParams)] =
            "Sectors RewardSmoothed RewardBaselinePower QualityAdjPowerSmoothed",
        [typeof(Actors.Miner.GetControlAddressesReturn)] = "Owner Worker ControlAddrs",
        [typeof(ChangeWorkerAddressParams)] = "NewWorker NewControlAddrs",
        [typeof(ChangePeerIdParams)] = "NewID",
        [typeof(ChangeMultiaddressesParams)] = "NewMultiaddrs",
        [typeof(DisputeWindowedPostParams)] = "Deadline PoStIndex",
        [typeof(ReportConsensusFaultParams)] = "BlockHeader1 BlockHeader2 BlockHeaderExtra",
        [typeof(GetMultiaddressesReturn)] = "MultiAddrs",
    };

    /// <summary>The types that have a row.</summary>
    internal static IEnumerable<Type> Renamed => Rows.Keys;

    /// <summary>Members that are written, under their names.</summary>
    /// <exception cref="InvalidOperationException">The row has another number.</exception>
    public static IReadOnlyList<(string Name, PropertyInfo Property)> Of(
        Type type, IReadOnlyList<PropertyInfo> properties)
    {
        string[]? names = Rows.TryGetValue(type, out string? row) ? row.Split(' ') : null;
        if (names is not null && names.Length != properties.Count)
        {
            throw new InvalidOperationException(
                $"{type.Name}: {names.Length} names of {properties.Count} members");
        }

        List<(string Name, PropertyInfo Property)> members = [];
        for (int i = 0; i < properties.Count; i++)
        {
            string name = names?[i] ?? properties[i].Name;
            if (name != "-")
            {
                members.Add((name, properties[i]));
            }
        }

        return members;
    }
}
