using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <summary>
/// The storage market actor, f05: it holds the parties' money, publishes deals, and pays and
/// slashes providers.
/// </summary>
/// <remarks>Spec: actors/market.</remarks>
public static partial class MarketActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Market,
        [
            ActorMethod.Of(1, nameof(Constructor), Constructor),
            ActorMethod.Of<Address>(2, nameof(AddBalance), AddBalance),
            ActorMethod.Of<WithdrawBalanceParams, TokenAmount>(
                3, nameof(WithdrawBalance), WithdrawBalance),
            ActorMethod.Of<PublishStorageDealsParams, PublishStorageDealsReturn>(
                4, nameof(PublishStorageDeals), PublishStorageDeals),
            ActorMethod.Of<VerifyDealsForActivationParams, VerifyDealsForActivationReturn>(
                5, nameof(VerifyDealsForActivation), VerifyDealsForActivation),
            ActorMethod.Of<BatchActivateDealsParams, BatchActivateDealsResult>(
                6, nameof(BatchActivateDeals), BatchActivateDeals),
            ActorMethod.Of<OnMinerSectorsTerminateParams>(
                7, nameof(OnMinerSectorsTerminate), OnMinerSectorsTerminate),
            ActorMethod.Of(9, nameof(CronTick), CronTick),
            ActorMethod.Exported<Address>(nameof(AddBalance), AddBalance),
            ActorMethod.Exported<WithdrawBalanceParams, TokenAmount>(
                nameof(WithdrawBalance), WithdrawBalance),
            ActorMethod.Exported<PublishStorageDealsParams, PublishStorageDealsReturn>(
                nameof(PublishStorageDeals), PublishStorageDeals),
            ActorMethod.Exported<Address, GetBalanceReturn>(nameof(GetBalance), GetBalance),
            ActorMethod.Exported<DealId, GetDealDataCommitmentReturn>(
                nameof(GetDealDataCommitment), GetDealDataCommitment),
            ActorMethod.Exported<DealId, ActorId>(nameof(GetDealClient), GetDealClient),
            ActorMethod.Exported<DealId, ActorId>(nameof(GetDealProvider), GetDealProvider),
            ActorMethod.Exported<DealId, DealLabel>(nameof(GetDealLabel), GetDealLabel),
            ActorMethod.Exported<DealId, GetDealTermReturn>(nameof(GetDealTerm), GetDealTerm),
            ActorMethod.Exported<DealId, TokenAmount>(nameof(GetDealTotalPrice), GetDealTotalPrice),
            ActorMethod.Exported<DealId, TokenAmount>(
                nameof(GetDealClientCollateral), GetDealClientCollateral),
            ActorMethod.Exported<DealId, TokenAmount>(
                nameof(GetDealProviderCollateral), GetDealProviderCollateral),
            ActorMethod.Exported<DealId, GetDealVerifiedReturn>(
                nameof(GetDealVerified), GetDealVerified),
            ActorMethod.Exported<DealId, GetDealActivationReturn>(
                nameof(GetDealActivation), GetDealActivation),
            ActorMethod.Exported<DealId, GetDealSectorReturn>(
                nameof(GetDealSector), GetDealSector),
            ActorMethod.Exported<BitField, SettleDealPaymentsReturn>(
                nameof(SettleDealPayments), SettleDealPayments),
            ActorMethod.Exported<SectorContentChangedParams, SectorContentChangedReturn>(
                nameof(SectorContentChanged), SectorContentChanged),
        ]);

    private static void Constructor(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.System);
        runtime.CreateState(MarketState.Create(runtime));
    }

    /// <summary>Burns what providers lose.</summary>
    private static void Burn(IRuntime runtime, TokenAmount amount)
    {
        if (!amount.IsZero)
        {
            _ = runtime.Send(
                Address.FromId(WellKnownActors.BurntFunds),
                MethodNumber.Send,
                null,
                amount).Require();
        }
    }
}
