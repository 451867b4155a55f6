using Filecoin.ActorRuntime;
using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Rpc;

/// <summary>What a payment channel pays when all vouchers are counted that the node has.</summary>
/// <remarks>Spec: lotus paychmgr/paych.go, laneState.</remarks>
internal sealed class Lanes
{
    private readonly Dictionary<ulong, LaneState> lanes = [];

    private Lanes(Address payer, TokenAmount balance) => (Payer, Balance) = (payer, balance);

    /// <summary>Who pays, by id.</summary>
    public Address Payer { get; }

    /// <summary>What the channel has.</summary>
    public TokenAmount Balance { get; }

    /// <summary>What is paid in all lanes.</summary>
    public TokenAmount Redeemed { get; private set; }

    /// <summary>The lanes after the head, and after the vouchers that are kept.</summary>
    /// <exception cref="RpcException">The chain has no such channel.</exception>
    public static Lanes Of(RpcCall call, StoredChannel channel)
    {
        ChainState state = ChainState.At(call, null);
        PaymentChannelState paid = state.Load<PaymentChannelState>(
            new(channel.Channel!.Value), BuiltinType.PaymentChannel, out ActorState actor);
        Lanes found = new(paid.From, actor.Balance);
        Amt<LaneState>.Load(state.Blocks, paid.Lanes).ForEach(found.Set);
        foreach (StoredVoucher kept in channel.Vouchers)
        {
            SignedVoucher voucher = kept.Voucher;
            if (!found.TryFind(voucher.Lane, out LaneState lane) || voucher.Nonce >= lane.Nonce)
            {
                found.Set(voucher.Lane, new(voucher.Amount, voucher.Nonce));
            }
        }

        return found;
    }

    /// <summary>Gets a lane in which something was paid.</summary>
    public bool TryFind(ulong lane, out LaneState state) => lanes.TryGetValue(lane, out state);

    /// <summary>What is paid in a lane.</summary>
    public TokenAmount RedeemedIn(ulong lane) => lanes.GetValueOrDefault(lane).Redeemed;

    /// <summary>The lowest nonce that a voucher may have.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public ulong NextNonce(ulong lane)
    {
        ulong last = lanes.GetValueOrDefault(lane).Nonce;
        return last < ulong.MaxValue
            ? last + 1
            : throw new RpcException($"lane {lane} has no nonce left");
    }

    private void Set(ulong lane, LaneState state)
    {
        Redeemed += state.Redeemed - RedeemedIn(lane);
        lanes[lane] = state;
    }
}
