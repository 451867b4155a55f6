using Filecoin.ActorRuntime;
using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Rpc;

/// <summary>Vouchers of the payment channels that a node knows.</summary>
/// <remarks>
/// Spec: lotus paychmgr/paych.go. It makes and takes vouchers without conditions, of who pays
/// alone, in lanes that are not merged.
/// </remarks>
internal static class ChannelVouchers
{
    private const int VouchersMax = 10_000;

    /// <summary>A lane that nobody has asked for before.</summary>
    public static ulong AllocateLane(RpcCall call, AddressView address) =>
        call.Node.Channels.Exclusively(() =>
        {
            StoredChannel channel = PaymentChannels.Find(call, address);
            call.Node.Chain.Store.KeepChannel(
                channel with { NextLane = channel.NextLane + 1 });
            return channel.NextLane;
        });

    /// <summary>Makes, signs and keeps a voucher.</summary>
    /// <param name="call">The call.</param>
    /// <param name="address">The channel.</param>
    /// <param name="amount">What it pays with all before it in the lane.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="shortfall">What the channel lacks for it.</param>
    /// <returns>The voucher; null if the channel has too little.</returns>
    /// <exception cref="RpcException">It would not be valid, or there is no key.</exception>
    public static SignedVoucher? Create(
        RpcCall call,
        AddressView address,
        TokenAmount amount,
        ulong lane,
        out TokenAmount shortfall)
    {
        TokenAmount lacking = TokenAmount.Zero;
        SignedVoucher? made = call.Node.Channels.Exclusively(() =>
        {
            StoredChannel channel = PaymentChannels.Find(call, address);
            Lanes lanes = Lanes.Of(call, channel);
            SignedVoucher voucher = Sign(call, channel, new(
                channel.Channel!.Value,
                TimeLockMin: default,
                TimeLockMax: default,
                SecretPreImage: default,
                Extra: null,
                lane,
                lanes.NextNonce(lane),
                amount,
                MinSettleHeight: default,
                Merges: [],
                Signature: null));
            lacking = VoucherChecks.Shortfall(call, lanes, channel, voucher);
            if (lacking > TokenAmount.Zero)
            {
                return null;
            }

            Keep(call, channel, voucher);
            return voucher;
        });
        shortfall = lacking;
        return made;
    }

    /// <summary>Requires that a voucher pays, or may pay later.</summary>
    /// <remarks>
    /// A channel that the node does not know yet must be one in which a key of it is paid.
    /// </remarks>
    /// <exception cref="RpcException">It does not; why.</exception>
    public static void Require(RpcCall call, AddressView address, SignedVoucher voucher)
    {
        StoredChannel channel = FindOrMake(call, address);
        _ = Require(call, channel, voucher);
    }

    /// <summary>Takes a voucher, and gives how much more it pays than those before it.</summary>
    /// <exception cref="RpcException">It is not valid, or pays too little more.</exception>
    public static TokenAmount Add(
        RpcCall call, AddressView address, SignedVoucher voucher, TokenAmount least) =>
        call.Node.Channels.Exclusively(() =>
        {
            StoredChannel channel = FindOrMake(call, address);
            if (IndexOf(channel, voucher) >= 0)
            {
                return TokenAmount.Zero;
            }

            TokenAmount before = Require(call, channel, voucher).RedeemedIn(voucher.Lane);
            if (voucher.Amount - before < least)
            {
                throw new RpcException(
                    $"voucher pays {voucher.Amount - before} more than {before} in lane"
                        + $" {voucher.Lane}, less than {least}");
            }

            Keep(call, channel, voucher);
            return voucher.Amount - before;
        });

    /// <summary>Whether the channel would take a voucher now that the node has.</summary>
    /// <exception cref="RpcException">The node does not have it.</exception>
    public static bool IsSpendable(
        RpcCall call, AddressView address, SignedVoucher voucher, byte[] secret)
    {
        StoredChannel channel = PaymentChannels.Find(call, address);
        int index = IndexOf(channel, voucher);
        if (index < 0)
        {
            throw new RpcException("the voucher was not added to the channel");
        }

        if (channel.Vouchers[index].IsSubmitted)
        {
            return false;
        }

        PaymentChannelState paid = ChainState.At(call, null).Load<PaymentChannelState>(
            new(channel.Channel!.Value), BuiltinType.PaymentChannel, out _);
        MessageView message = MessageView.Of(new(
            0, channel.Channel.Value, paid.To, 0, TokenAmount.Zero, 0, TokenAmount.Zero,
            TokenAmount.Zero, PaymentChannelActor.UpdateMethod,
            Cbor.Encode(new UpdateChannelStateParams(voucher, secret))));
        return ExecutionMethods.Call(call, message, null).MsgRct.ExitCode == 0;
    }

    /// <summary>Sends a voucher to its channel.</summary>
    /// <exception cref="RpcException">It was sent before, or is refused.</exception>
    public static Cid Submit(
        RpcCall call, AddressView address, SignedVoucher voucher, byte[] secret) =>
        call.Node.Channels.Exclusively(() =>
        {
            StoredChannel channel = PaymentChannels.Find(call, address);
            int index = IndexOf(channel, voucher);
            if (index >= 0 && channel.Vouchers[index].IsSubmitted)
            {
                throw new RpcException("cannot submit voucher that has already been submitted");
            }

            Cid message = PaymentChannels.Send(
                call,
                channel,
                PaymentChannelActor.UpdateMethod,
                Cbor.Encode(new UpdateChannelStateParams(voucher, secret)));
            call.Node.Chain.Store.KeepChannel(channel with
            {
                Vouchers = Submitted(
                    index >= 0 ? channel.Vouchers : [.. channel.Vouchers, new(voucher, true)],
                    voucher),
            });
            return message;
        });

    /// <summary>A known channel, or one of the chain in which a key of the node is paid.</summary>
    private static StoredChannel FindOrMake(RpcCall call, AddressView address)
    {
        if (PaymentChannels.TryFind(call, address.Address) is StoredChannel known)
        {
            return known;
        }

        ChainState state = ChainState.At(call, null);
        PaymentChannelState paid = state.Load<PaymentChannelState>(
            address, BuiltinType.PaymentChannel, out _);
        Address to = ActorMethods.AccountKey(call, new(paid.To), null).Address;
        if (call.Node.Wallet.Find(to) is null)
        {
            throw new RpcException(
                $"cannot add voucher for channel {address}: the node has no key of"
                    + $" {new AddressView(to)}");
        }

        ulong nextLane = 0;
        Amt<LaneState>.Load(state.Blocks, paid.Lanes).ForEach(
            (lane, _) => nextLane = ulong.Max(nextLane, lane + 1));
        return new(
            (ulong)call.Node.Chain.Store.LoadChannels().Count,
            ActorMethods.LookupRobust(call, address, null).Address,
            ActorMethods.AccountKey(call, new(paid.From), null).Address,
            to,
            IsOutbound: false,
            IsSettling: false,
            Confirmed: TokenAmount.Zero,
            Available: TokenAmount.Zero,
            Pending: null,
            nextLane,
            Funding: [],
            Vouchers: []);
    }

    private static Lanes Require(RpcCall call, StoredChannel channel, SignedVoucher voucher)
    {
        Lanes lanes = Lanes.Of(call, channel);
        TokenAmount shortfall = VoucherChecks.Shortfall(call, lanes, channel, voucher);
        return shortfall.IsZero
            ? lanes
            : throw new RpcException(
                "not enough funds in channel to cover voucher - shortfall:"
                    + $" {shortfall.ToBigInteger()}");
    }

    private static SignedVoucher Sign(
        RpcCall call, StoredChannel channel, SignedVoucher voucher)
    {
        Signature signature =
            WalletMethods.KeyOf(call, new(channel.Own)).Sign(voucher.ToSigningBytes());
        return voucher with { Signature = new(signature.Type, signature.Data) };
    }

    private static void Keep(RpcCall call, StoredChannel channel, SignedVoucher voucher)
    {
        if (channel.Vouchers.Count >= VouchersMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"the channel has {VouchersMax} vouchers already"));
        }

        call.Node.Chain.Store.KeepChannel(channel with
        {
            NextLane = ulong.Max(channel.NextLane, voucher.Lane + 1),
            Vouchers = [.. channel.Vouchers, new(voucher, IsSubmitted: false)],
        });
    }

    /// <summary>Marks a voucher, and those that it takes the place of.</summary>
    private static ValueList<StoredVoucher> Submitted(
        ValueList<StoredVoucher> vouchers, SignedVoucher submitted)
    {
        List<StoredVoucher> marked = [];
        foreach (StoredVoucher kept in vouchers)
        {
            bool isDone = kept.Voucher.Lane == submitted.Lane
                && (kept.Voucher.Nonce < submitted.Nonce || IsSame(kept.Voucher, submitted));
            marked.Add(isDone ? kept with { IsSubmitted = true } : kept);
        }

        return [.. marked];
    }

    private static int IndexOf(StoredChannel channel, SignedVoucher voucher)
    {
        for (int i = 0; i < channel.Vouchers.Count; i++)
        {
            if (IsSame(channel.Vouchers[i].Voucher, voucher))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsSame(SignedVoucher left, SignedVoucher right) =>
        Cbor.Encode(left).AsSpan().SequenceEqual(Cbor.Encode(right));
}
