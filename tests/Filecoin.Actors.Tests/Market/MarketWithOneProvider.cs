using Filecoin.Actors.Account;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market.Tests;

/// <summary>A market with a miner and a client that have money in it.</summary>
internal sealed class MarketWithOneProvider
{
    public const long Start = 1_000;
    public const long End = Start + DealPolicy.DurationMin;
    public const long SealProof = 8;

    public static readonly ActorId Client = new(500);
    public static readonly ActorId Miner = new(1_000);
    public static readonly ActorId Owner = new(501);
    public static readonly TokenAmount Deposit = TokenAmount.FromFil(1_000);

    private static readonly Cid Piece = Cid.Create(
        Codec.FilCommitmentUnsealed, Multihash.Sha2_256Trunc254Padded, new byte[32]);

    public MarketWithOneProvider()
    {
        Runtime.Add(Client, BuiltinType.Account);
        Runtime.Add(Owner, BuiltinType.Account);
        Runtime.Add(Miner, BuiltinType.Miner);
        Runtime.Add(WellKnownActors.Cron, BuiltinType.Cron);
        _ = Runtime.Call(Actor, WellKnownActors.System, 1);
        Pay(Client);
        Pay(Miner);
    }

    public MemoryRuntime Runtime { get; } = new();

    public static BuiltinActor Actor => MarketActor.Definition;

    public MarketState State => Runtime.LoadState<MarketState>();

    public TokenAmount Burnt { get; private set; }

    public static DealProposal Deal(long price = 7, long provider = 5, string label = "") => new(
        Piece,
        2_048,
        false,
        Address.FromId(Client),
        Address.FromId(Miner),
        DealLabel.Of(label),
        Start,
        End,
        TokenAmount.FromAtto(price),
        TokenAmount.FromAtto(provider),
        TokenAmount.FromAtto(3));

    public GetBalanceReturn Balance(ActorId owner) =>
        State.BalanceOf(Runtime, Address.FromId(owner));

    public PublishStorageDealsReturn Publish(params DealProposal[] deals)
    {
        PrepareAnswers(deals);
        return ParameterCodec.Decode<PublishStorageDealsReturn>(
            Runtime.Call(Actor, Owner, 4, ParamsOf(deals))!);
    }

    public ExitCode FailToPublish(params DealProposal[] deals)
    {
        PrepareAnswers(deals);
        ExitCode code = Runtime.Fail(Actor, Owner, 4, ParamsOf(deals));
        Runtime.Answers.Clear();
        return code;
    }

    public BatchActivateDealsResult Activate(ulong sector, params ulong[] deals) =>
        ParameterCodec.Decode<BatchActivateDealsResult>(Runtime.Call(
            Actor,
            Miner,
            6,
            new BatchActivateDealsParams(
                [new(sector, SealProof, End + 1, [.. deals])], true))!);

    public SettleDealPaymentsReturn Settle(long epoch, params ulong[] deals)
    {
        Runtime.Epoch = new(epoch);
        return Counted(() => ParameterCodec.Decode<SettleDealPaymentsReturn>(Runtime.Call(
            Actor, Owner, Number("SettleDealPayments"), BitField.Of(deals))!));
    }

    public void Terminate(long epoch, params ulong[] sectors)
    {
        Runtime.Epoch = new(epoch);
        _ = Counted(() => Runtime.Call(
            Actor, Miner, 7, new OnMinerSectorsTerminateParams(epoch, BitField.Of(sectors))));
    }

    /// <summary>Runs cron at the end of an epoch, as if it had run at all before it.</summary>
    public void Tick(long epoch)
    {
        Runtime.Transact((ref MarketState state) => state.LastCron = epoch - 1);
        Runtime.Epoch = new(epoch);
        _ = Counted(() => Runtime.Call(Actor, WellKnownActors.Cron, 9));
    }

    public void Answer<T>(T value)
        where T : ICbor<T> =>
        Runtime.Answers.Enqueue(new(ErrorNumber.None, ExitCode.Ok, ParameterCodec.Encode(value)));

    public void RequireSound()
    {
        Runtime.Balance = Deposit + Deposit - Burnt;
        Assert.Empty(MarketInvariants.Check(
            State, Runtime.Memory, Runtime.Balance, Runtime.Epoch));
    }

    public static ulong Number(string method) => MethodNumber.Exported(method).Value;

    private static PublishStorageDealsParams ParamsOf(DealProposal[] deals) => new(
        [.. deals.Select(deal => new ClientDealProposal(
            deal, new(SignatureType.Secp256k1, new byte[] { 1 })))]);

    private void PrepareAnswers(DealProposal[] deals)
    {
        Answer(new MinerAnswer(true));
        Answer(new ThisEpochRewardReturn(default, BigInt.Zero));
        Answer(new CurrentTotalPowerReturn(
            BigInt.Zero, BigInt.Zero, TokenAmount.Zero, default, 0, 0));
        foreach (DealProposal _ in deals)
        {
            Answer(new AuthenticateMessageReturn(true));
        }
    }

    private void Pay(ActorId owner)
    {
        Runtime.ValueReceived = Deposit;
        if (owner == Miner)
        {
            Answer(new GetControlAddressesReturn(
                Address.FromId(Owner), Address.FromId(Owner), []));
        }

        _ = Runtime.Call(Actor, Owner, 2, Address.FromId(owner));
        Runtime.ValueReceived = TokenAmount.Zero;
    }

    private T Counted<T>(Func<T> call)
    {
        int before = Runtime.Sent.Count;
        T result = call();
        foreach (SendRequest sent in Runtime.Sent.Skip(before))
        {
            Burnt += sent.To == Address.FromId(WellKnownActors.BurntFunds)
                ? sent.Value
                : TokenAmount.Zero;
        }

        return result;
    }
}
