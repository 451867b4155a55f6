using Filecoin.Actors.Storage;
using Scene = Filecoin.Actors.Market.Tests.MarketWithOneProvider;

namespace Filecoin.Actors.Market.Tests;

/// <summary>Rules of the market actor.</summary>
public sealed class MarketActorTests
{
    private static readonly TokenAmount Collateral = TokenAmount.FromAtto(5);

    private readonly Scene scene = new();

    // Spec: actors/market 1, computed with an independent encoder.
    [Fact]
    public void The_first_state_is_golden()
    {
        MemoryRuntime runtime = new();
        _ = runtime.Call(Scene.Actor, WellKnownActors.System, 1);
        Assert.Equal(
            "bafy2bzaceb3ikngdghhmbj2fxh5ovckfm7kecirnv5tef2ka6okhva6yv3pbm",
            runtime.Root.ToString());
    }

    [Fact]
    public void A_published_deal_locks_what_both_parties_need()
    {
        PublishStorageDealsReturn published = scene.Publish(Scene.Deal());

        Assert.Equal([0UL], published.Ids);
        Assert.Equal(BitField.Of(0), published.ValidDeals);
        TokenAmount fee = TokenAmount.FromAtto(7) * DealPolicy.DurationMin;
        Assert.Equal(fee + TokenAmount.FromAtto(3), scene.Balance(Scene.Client).Locked);
        Assert.Equal(Collateral, scene.Balance(Scene.Miner).Locked);
        Assert.Equal(
            MethodNumber.Exported("MarketNotifyDeal"), scene.Runtime.Sent[^1].Method);
        Assert.Single(scene.Runtime.Events);
        scene.RequireSound();
    }

    [Fact]
    public void Repeated_and_unpaid_deals_are_left_out()
    {
        DealProposal tooDear = Scene.Deal(price: long.MaxValue);

        PublishStorageDealsReturn published =
            scene.Publish(Scene.Deal(), Scene.Deal(), tooDear, Scene.Deal(label: "other"));

        Assert.Equal(BitField.Of(0, 3), published.ValidDeals);
        Assert.Equal(ExitCode.UserIllegalArgument, scene.FailToPublish(Scene.Deal()));
        Assert.Equal(2UL, scene.State.NextId);
        scene.RequireSound();
    }

    [Fact]
    public void Deals_out_of_bounds_are_invalid()
    {
        DealProposal deal = Scene.Deal();
        DealProposal[] invalid =
        [
            deal with { Label = DealLabel.Of(new string('a', 257)) },
            deal with { PieceSize = 64 },
            deal with { PieceSize = 2_047 },
            deal with { PieceCid = Cid.Of(Codec.Raw, [1]) },
            deal with { EndEpoch = Scene.Start },
            deal with { EndEpoch = Scene.End - 1 },
            deal with { EndEpoch = Scene.Start + DealPolicy.DurationMax + 1 },
            deal with { PricePerEpoch = TokenAmount.FromAtto(-1) },
            deal with { ProviderCollateral = TokenAmount.FromAtto(-1) },
            deal with { ClientCollateral = DealPolicy.AmountMax + TokenAmount.FromAtto(1) },
        ];

        Assert.Equal(ExitCode.UserIllegalArgument, scene.FailToPublish(invalid));
        scene.Runtime.Epoch = new(Scene.Start + 1);
        Assert.Equal(ExitCode.UserIllegalArgument, scene.FailToPublish(deal));
        scene.Runtime.Epoch = new(Scene.Start);
        Assert.Single(scene.Publish(deal).Ids);
    }

    [Fact]
    public void A_deal_that_is_taken_on_is_paid_and_completed()
    {
        _ = scene.Publish(Scene.Deal());
        BatchActivateDealsResult activated = scene.Activate(9, 0);
        Assert.True(activated.ActivationResults.AllOk);
        Assert.NotNull(Assert.Single(activated.Activations).UnsealedCid);

        SettleDealPaymentsReturn first = scene.Settle(Scene.Start + 10, 0);
        SettleDealPaymentsReturn last = scene.Settle(Scene.End + 5, 0);

        Assert.Equal([new DealSettlement(TokenAmount.FromAtto(70), false)], first.Settlements);
        TokenAmount rest = TokenAmount.FromAtto(7) * (DealPolicy.DurationMin - 10);
        Assert.Equal([new DealSettlement(rest, true)], last.Settlements);
        Assert.Equal(TokenAmount.Zero, scene.Balance(Scene.Client).Locked);
        Assert.Equal(
            Scene.Deposit + TokenAmount.FromAtto(70) + rest, scene.Balance(Scene.Miner).Balance);
        Assert.Equal([new FailCode(0, 32)], scene.Settle(Scene.End + 5, 0).Results.FailCodes);
        scene.RequireSound();
    }

    [Fact]
    public void A_deal_in_no_sector_in_time_costs_the_provider_its_collateral()
    {
        _ = scene.Publish(Scene.Deal(), Scene.Deal(label: "other"));

        Assert.Equal(
            [new DealSettlement(TokenAmount.Zero, false)],
            scene.Settle(Scene.Start - 1, 0).Settlements);
        Assert.Equal([new FailCode(0, 32)], scene.Settle(Scene.Start, 0).Results.FailCodes);
        scene.Tick(DealPolicy.NextUpdateEpoch(1, DealPolicy.UpdatesInterval, Scene.Start));

        Assert.Equal(Collateral + Collateral, scene.Burnt);
        Assert.Equal(TokenAmount.Zero, scene.Balance(Scene.Client).Locked);
        Assert.Equal(Scene.Deposit - scene.Burnt, scene.Balance(Scene.Miner).Balance);
        scene.RequireSound();
    }

    [Fact]
    public void A_terminated_sectors_deals_are_paid_up_to_then_and_slashed()
    {
        _ = scene.Publish(Scene.Deal(), Scene.Deal(label: "other"));
        _ = scene.Activate(9, 0);
        _ = scene.Activate(10, 1);

        scene.Terminate(Scene.Start + 100, 9, 11);
        scene.Terminate(Scene.End, 10);

        Assert.Equal(Collateral, scene.Burnt);
        Assert.Equal(
            Scene.Deposit - Collateral + TokenAmount.FromAtto(700),
            scene.Balance(Scene.Miner).Balance);
        Assert.Equal(32u, Ask("GetDealActivation", 0));
        Assert.Equal(0u, Ask("GetDealActivation", 1));
        scene.RequireSound();
    }

    [Fact]
    public void Cron_goes_on_with_deals_that_were_settled_before_it_first_looked()
    {
        _ = scene.Publish(Scene.Deal());
        _ = scene.Activate(9, 0);
        _ = scene.Settle(Scene.Start + 1, 0);

        scene.Tick(DealPolicy.UpdatesInterval);
        Assert.Equal([0UL], scene.State.DealsAt(scene.Runtime, 2 * DealPolicy.UpdatesInterval));
        Assert.Empty(scene.State.DealsAt(scene.Runtime, DealPolicy.UpdatesInterval));
        scene.RequireSound();

        scene.Tick(2 * DealPolicy.UpdatesInterval);
        scene.Runtime.Transact((ref MarketState state) =>
            state.Schedule(scene.Runtime, [(Scene.End, 0)]));
        scene.Tick(Scene.End);

        Assert.Equal(32u, Ask("GetDealSector", 0));
        Assert.Equal(
            Scene.Deposit + (TokenAmount.FromAtto(7) * DealPolicy.DurationMin),
            scene.Balance(Scene.Miner).Balance);
        scene.RequireSound();
    }

    [Fact]
    public void Sectors_are_taken_on_as_a_whole_or_not()
    {
        _ = scene.Publish(Scene.Deal(), Scene.Deal(label: "other"));

        Assert.Equal([new FailCode(0, 17)], CodesOf(0, 2));
        Assert.Equal([new FailCode(0, 16)], CodesOf(0, 0));
        Assert.True(scene.Activate(9, 0).ActivationResults.AllOk);
        Assert.Equal([new FailCode(0, 16)], CodesOf(0));
        scene.Runtime.Epoch = new(Scene.Start + 1);
        Assert.Equal([new FailCode(0, 32)], CodesOf(1));
        Assert.Equal(33u, Ask("GetDealSector", 1));
        Assert.Equal(17u, Ask("GetDealSector", 2));
        scene.RequireSound();
    }

    [Fact]
    public void Pieces_are_taken_on_one_by_one()
    {
        DealProposal deal = Scene.Deal();
        _ = scene.Publish(deal, Scene.Deal(label: "other"));
        PieceChange good = new(deal.PieceCid, deal.PieceSize, new byte[] { 0 });
        SectorContentChangedParams told = new([new(
            4,
            Scene.End,
            [
                good,
                good,
                good with { Size = 128, Payload = new byte[] { 1 } },
                good with { Payload = default },
            ])]);

        SectorContentChangedReturn answer = ParameterCodec.Decode<SectorContentChangedReturn>(
            scene.Runtime.Call(
                Scene.Actor, Scene.Miner, SectorContentChangedParams.Method.Value, told)!);

        Assert.Equal([true, false, false, false], answer.Sectors[0].Accepted);
        Assert.Equal(0u, Ask("GetDealSector", 0));
        Assert.Equal(33u, Ask("GetDealSector", 1));
        scene.RequireSound();
    }

    [Fact]
    public void What_is_locked_is_not_paid_out()
    {
        _ = scene.Publish(Scene.Deal());
        Assert.Equal(
            ExitCode.UserForbidden, scene.Runtime.Fail(Scene.Actor, Scene.Owner, 3, Withdrawal(1)));

        TokenAmount taken = ParameterCodec.Decode<TokenAmount>(scene.Runtime.Call(
            Scene.Actor, Scene.Client, 3, Withdrawal(long.MaxValue))!);

        Assert.Equal(TokenAmount.FromAtto(long.MaxValue), taken);
        GetBalanceReturn left = scene.Balance(Scene.Client);
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            scene.Runtime.Fail(Scene.Actor, Scene.Client, 3, Withdrawal(-1)));
        Assert.True(left.Balance >= left.Locked);
    }

    private ValueList<FailCode> CodesOf(params ulong[] deals) =>
        scene.Activate(9, deals).ActivationResults.FailCodes;

    private static WithdrawBalanceParams Withdrawal(long amount) =>
        new(Address.FromId(Scene.Client), TokenAmount.FromAtto(amount));

    private uint Ask(string method, ulong id) => scene.Runtime.Fail(
        Scene.Actor, Scene.Owner, Scene.Number(method), new DealId(id)).Value;
}
