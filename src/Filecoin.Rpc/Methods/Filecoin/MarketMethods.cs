using Filecoin.Actors.Market;

namespace Filecoin.Rpc;

/// <summary>Deals, and what parties have at the market.</summary>
/// <remarks>Spec: lotus node/impl/full/state.go.</remarks>
public static class MarketMethods
{
    private const int PendingBitWidth = 5;
    private const long Never = -1;

    private static readonly MethodNumber AddBalanceMethod = new(2);
    private static readonly MethodNumber WithdrawMethod = new(3);
    private static readonly Address Market = Address.FromId(WellKnownActors.StorageMarket);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, TipsetLinks?, MarketBalanceView>(
            "Filecoin.StateMarketBalance", Permission.Read, "What a party has at the market.",
            Balance, 1),
        RpcMethod.Of<TipsetLinks?, IReadOnlyDictionary<string, MarketBalanceView>>(
            "Filecoin.StateMarketParticipants", Permission.Read, "What all parties have there.",
            Participants, 0),
        RpcMethod.Of<TipsetLinks?, IReadOnlyDictionary<string, DealView>>(
            "Filecoin.StateMarketDeals", Permission.Read, "All deals.", Deals, 0),
        RpcMethod.Of<ulong, TipsetLinks?, DealView>(
            "Filecoin.StateMarketStorageDeal", Permission.Read, "A deal.", Deal, 1),
        RpcMethod.Of<CidLink, TipsetLinks?, bool>(
            "Filecoin.StateMarketProposalPending", Permission.Read,
            "Whether a proposal waits for its data.", IsPending, 1),
        RpcMethod.Of<AddressView, AddressView, AmountView, CidLink>(
            "Filecoin.MarketAddBalance", Permission.Sign, "Brings FIL of a wallet to the market.",
            AddBalance),
        RpcMethod.Of<AddressView, AddressView, AmountView, CidLink>(
            "Filecoin.MarketWithdraw", Permission.Sign, "Takes FIL from the market.", Withdraw),
        RpcMethod.Of<AddressView, AmountView>(
            "Filecoin.MarketGetReserved", Permission.Sign,
            "What the node has set aside for deals: nothing, for it makes none.",
            static (call, party) => default),
    ];

    private static MarketBalanceView Balance(RpcCall call, AddressView party, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        MarketState market = Load(state);
        byte[] id = Address.FromId(state.IdOf(party)).ToBytes();
        return new(
            AmountIn(Table(state, market.EscrowTable), id),
            AmountIn(Table(state, market.LockedTable), id));
    }

    private static IReadOnlyDictionary<string, MarketBalanceView> Participants(
        RpcCall call, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        MarketState market = Load(state);
        Hamt<TokenAmount> locked = Table(state, market.LockedTable);
        Dictionary<string, MarketBalanceView> parties = [];
        foreach ((ReadOnlyMemory<byte> bytes, TokenAmount escrow) in
            Table(state, market.EscrowTable).Entries())
        {
            if (Address.TryDecode(bytes.Span, out Address party))
            {
                parties[$"{new AddressView(party)}"] =
                    new(new(escrow), AmountIn(locked, bytes.Span));
            }
        }

        return parties;
    }

    private static IReadOnlyDictionary<string, DealView> Deals(RpcCall call, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        MarketState market = Load(state);
        Amt<DealProposal> proposals = Amt<DealProposal>.Load(state.Blocks, market.Proposals);
        if (proposals.Count > (ulong)call.Node.Limits.ResultsMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode,
                $"{proposals.Count} deals, more than {call.Node.Limits.ResultsMax}"));
        }

        Amt<DealState> states = Amt<DealState>.Load(state.Blocks, market.States);
        Dictionary<string, DealView> deals = [];
        foreach ((ulong id, DealProposal proposal) in proposals.Entries())
        {
            deals.Add($"{id}", ViewOf(proposal, states, id));
        }

        return deals;
    }

    private static DealView Deal(RpcCall call, ulong id, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        MarketState market = Load(state);
        return Amt<DealProposal>.Load(state.Blocks, market.Proposals)
            .TryGet(id, out DealProposal? proposal)
                ? ViewOf(proposal, Amt<DealState>.Load(state.Blocks, market.States), id)
                : throw new RpcException(
                    $"deal {id} not found - deal may not have completed sealing before deal"
                        + " proposal start epoch, or deal may have been slashed");
    }

    private static bool IsPending(RpcCall call, CidLink proposal, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        return Hamt<RawCbor>.Load(
            state.Blocks, Load(state).PendingProposals, new HamtOptions(PendingBitWidth))
            .Has(proposal.Cid.Bytes);
    }

    private static CidLink AddBalance(
        RpcCall call, AddressView wallet, AddressView party, AmountView amount) =>
        new(MpoolMethods.Push(call, Make(
            wallet, amount.Amount, AddBalanceMethod, Cbor.Encode(party.Address))).Cid);

    private static CidLink Withdraw(
        RpcCall call, AddressView wallet, AddressView party, AmountView amount) =>
        new(MpoolMethods.Push(call, Make(
            wallet, TokenAmount.Zero, WithdrawMethod,
            Cbor.Encode(new WithdrawBalanceParams(party.Address, amount.Amount)))).Cid);

    private static Message Make(
        AddressView wallet, TokenAmount value, MethodNumber method, byte[] parameters) => new(
            0, Market, wallet.Address, 0, value, 0, TokenAmount.Zero, TokenAmount.Zero,
            method, parameters);

    private static MarketState Load(ChainState state) =>
        state.Load<MarketState>(WellKnownActors.StorageMarket);

    private static Hamt<TokenAmount> Table(ChainState state, Cid root) =>
        Hamt<TokenAmount>.Load(state.Blocks, root, new HamtOptions(BalanceTable.BitWidth));

    private static AmountView AmountIn(Hamt<TokenAmount> table, ReadOnlySpan<byte> party) =>
        new(table.TryGet(party, out TokenAmount amount) ? amount : TokenAmount.Zero);

    private static DealView ViewOf(DealProposal proposal, Amt<DealState> states, ulong id) => new(
        new(proposal),
        new(states.TryGet(id, out DealState state)
            ? state
            : new DealState(0, Never, Never, Never)));
}

/// <summary>What a party has at the market, and how much of it is locked.</summary>
public sealed record MarketBalanceView(AmountView Escrow, AmountView Locked);

/// <summary>A deal.</summary>
public sealed record DealView(ActorValue Proposal, ActorValue State);
