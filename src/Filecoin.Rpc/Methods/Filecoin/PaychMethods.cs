using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Rpc;

/// <summary>Payment channels of the node's keys, and vouchers in them.</summary>
/// <remarks>Spec: lotus node/impl/paych/paych.go.</remarks>
public static class PaychMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, AddressView, AmountView, ChannelOptions, ChannelInfoView>(
            "Filecoin.PaychGet", Permission.Sign,
            "Reserves an amount in a channel, which it makes or fills where that takes it.", Get),
        RpcMethod.Of<AddressView, AddressView, AmountView, ChannelInfoView>(
            "Filecoin.PaychFund", Permission.Sign,
            "Brings an amount into a channel, which it makes if there is none.", Fund),
        RpcMethod.Of<CidLink, AddressView>(
            "Filecoin.PaychGetWaitReady", Permission.Sign,
            "Waits until a channel is made or has its funds.",
            static (call, message) => new(PaymentChannels.WaitReady(call, message.Cid))),
        RpcMethod.Of<AddressView, ChannelFundsView>(
            "Filecoin.PaychAvailableFunds", Permission.Sign, "What a channel has.",
            static (call, channel) =>
                ChannelFundsView.Of(call, PaymentChannels.Find(call, channel))),
        RpcMethod.Of<AddressView, AddressView, ChannelFundsView>(
            "Filecoin.PaychAvailableFundsByFromTo", Permission.Sign,
            "What the channel has in which one pays another.", FundsOf),
        RpcMethod.Of(
            "Filecoin.PaychList", Permission.Read, "The channels that the node knows.", List),
        RpcMethod.Of<AddressView, ChannelStatusView>(
            "Filecoin.PaychStatus", Permission.Read, "On which side of a channel the node is.",
            Status),
        RpcMethod.Of<AddressView, CidLink>(
            "Filecoin.PaychSettle", Permission.Sign, "Ends a channel, some time from now.",
            static (call, channel) => new(call.Node.Channels.Settle(call, channel))),
        RpcMethod.Of<AddressView, CidLink>(
            "Filecoin.PaychCollect", Permission.Sign, "Pays what a channel has that has ended.",
            Collect),
        RpcMethod.Of<AddressView, ulong>(
            "Filecoin.PaychAllocateLane", Permission.Sign, "A lane that nobody uses.",
            ChannelVouchers.AllocateLane),
        RpcMethod.Of<AddressView, AmountView, ulong, VoucherCreationView>(
            "Filecoin.PaychVoucherCreate", Permission.Sign,
            "Makes a voucher for all that is paid in a lane.", Create),
        RpcMethod.Of<AddressView, VoucherView, object?>(
            "Filecoin.PaychVoucherCheckValid", Permission.Read,
            "Fails where a voucher is not valid.", CheckValid),
        RpcMethod.Of<AddressView, VoucherView, byte[]?, byte[]?, bool>(
            "Filecoin.PaychVoucherCheckSpendable", Permission.Read,
            "Whether a channel would take a voucher now.", CheckSpendable, 2),
        RpcMethod.Of<AddressView, VoucherView, byte[]?, AmountView, AmountView>(
            "Filecoin.PaychVoucherAdd", Permission.Write,
            "Takes a voucher, and says how much more it pays.", Add),
        RpcMethod.Of<AddressView, IReadOnlyList<VoucherView>>(
            "Filecoin.PaychVoucherList", Permission.Write, "The vouchers of a channel.",
            Vouchers),
        RpcMethod.Of<AddressView, VoucherView, byte[]?, byte[]?, CidLink>(
            "Filecoin.PaychVoucherSubmit", Permission.Sign, "Sends a voucher to its channel.",
            Submit, 2),
    ];

    /// <summary>Brings an amount into a channel.</summary>
    internal static ChannelInfoView Fund(
        RpcCall call, AddressView from, AddressView to, AmountView amount) =>
        Fund(call, from, to, amount, isReserved: false, isOffChain: false);

    private static ChannelInfoView Get(
        RpcCall call,
        AddressView from,
        AddressView to,
        AmountView amount,
        ChannelOptions options) =>
        Fund(call, from, to, amount, isReserved: true, options.OffChain);

    private static ChannelInfoView Fund(
        RpcCall call,
        AddressView from,
        AddressView to,
        AmountView amount,
        bool isReserved,
        bool isOffChain) => amount.Amount.IsNegative
            ? throw RpcException.BadParameters("an amount below nothing")
            : ChannelInfoView.Of(call.Node.Channels.Fund(
                call, new(from.Address, to.Address, amount.Amount, isReserved, isOffChain)));

    private static ChannelFundsView FundsOf(RpcCall call, AddressView from, AddressView to) =>
        PaymentChannels.TryFindOpen(call, from.Address, to.Address) is StoredChannel channel
            ? ChannelFundsView.Of(call, channel)
            : new() { From = from, To = to };

    private static IReadOnlyList<AddressView> List(RpcCall call)
    {
        List<AddressView> addresses = [];
        foreach (StoredChannel channel in PaymentChannels.All(call))
        {
            if (channel.Channel is Address address)
            {
                addresses.Add(new(address));
            }
        }

        return addresses;
    }

    private static ChannelStatusView Status(RpcCall call, AddressView address)
    {
        StoredChannel channel = PaymentChannels.Find(call, address);
        return new(
            new(channel.Own),
            channel.IsOutbound ? ChannelStatusView.Outbound : ChannelStatusView.Inbound);
    }

    private static CidLink Collect(RpcCall call, AddressView channel) =>
        new(PaymentChannels.Send(
            call,
            PaymentChannels.Find(call, channel),
            PaymentChannelActor.CollectMethod,
            []));

    private static VoucherCreationView Create(
        RpcCall call, AddressView channel, AmountView amount, ulong lane)
    {
        SignedVoucher? made = ChannelVouchers.Create(
            call, channel, amount.Amount, lane, out TokenAmount shortfall);
        return new(made is null ? null : VoucherView.Of(made), new(shortfall));
    }

    private static object? CheckValid(RpcCall call, AddressView channel, VoucherView voucher)
    {
        ChannelVouchers.Require(call, channel, voucher.ToVoucher());
        return null;
    }

    private static bool CheckSpendable(
        RpcCall call, AddressView channel, VoucherView voucher, byte[]? secret, byte[]? proof)
    {
        RequireNone(proof);
        return ChannelVouchers.IsSpendable(call, channel, voucher.ToVoucher(), secret ?? []);
    }

    private static AmountView Add(
        RpcCall call, AddressView channel, VoucherView voucher, byte[]? proof, AmountView least)
    {
        RequireNone(proof);
        return new(ChannelVouchers.Add(call, channel, voucher.ToVoucher(), least.Amount));
    }

    private static IReadOnlyList<VoucherView> Vouchers(RpcCall call, AddressView channel)
    {
        List<VoucherView> vouchers = [];
        foreach (StoredVoucher kept in PaymentChannels.Find(call, channel).Vouchers)
        {
            vouchers.Add(VoucherView.Of(kept.Voucher));
        }

        return vouchers;
    }

    private static CidLink Submit(
        RpcCall call, AddressView channel, VoucherView voucher, byte[]? secret, byte[]? proof)
    {
        RequireNone(proof);
        return new(ChannelVouchers.Submit(call, channel, voucher.ToVoucher(), secret ?? []));
    }

    private static void RequireNone(byte[]? proof)
    {
        if (proof is { Length: > 0 })
        {
            throw RpcException.BadParameters("a voucher's proof is not supported");
        }
    }
}
