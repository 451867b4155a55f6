using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Rpc;

/// <summary>How a channel may be got.</summary>
/// <param name="OffChain">Whether no message may be sent for it.</param>
public sealed record ChannelOptions(bool OffChain);

/// <summary>A channel that was got, or will be.</summary>
/// <param name="Channel">Its address; &lt;empty&gt; where it is still to be made.</param>
/// <param name="WaitSentinel">
/// The message that makes it or brings its funds; null if it has them.
/// </param>
public sealed record ChannelInfoView(string Channel, CidLink? WaitSentinel)
{
    /// <summary>What lotus writes where there is no address.</summary>
    private const string NoAddress = "<empty>";

    internal static ChannelInfoView Of(ChannelFunding funding) => new(
        funding.Channel is Address address ? $"{new AddressView(address)}" : NoAddress,
        funding.Message is Cid message ? new(message) : null);
}

/// <summary>What a channel has.</summary>
public sealed record ChannelFundsView
{
    /// <summary>Its address; null where it is still to be made.</summary>
    public AddressView? Channel { get; init; }

    /// <summary>Who pays.</summary>
    public required AddressView From { get; init; }

    /// <summary>Who is paid.</summary>
    public required AddressView To { get; init; }

    /// <summary>What the node has put into it.</summary>
    public AmountView ConfirmedAmt { get; init; }

    /// <summary>What is on its way.</summary>
    public AmountView PendingAmt { get; init; }

    /// <summary>How much of what it has nobody has reserved.</summary>
    public AmountView NonReservedAmt { get; init; }

    /// <summary>How much of what is on its way nobody has reserved.</summary>
    public AmountView PendingAvailableAmt { get; init; }

    /// <summary>The message that is on its way; null for none.</summary>
    public CidLink? PendingWaitSentinel { get; init; }

    /// <summary>What waits for that message.</summary>
    public AmountView QueuedAmt { get; init; }

    /// <summary>What its vouchers pay, sent to it or not.</summary>
    [JsonPropertyName("VoucherReedeemedAmt")]
    public AmountView VoucherRedeemedAmt { get; init; }

    internal static ChannelFundsView Of(RpcCall call, StoredChannel channel) => new()
    {
        Channel = channel.Channel is Address address ? new(address) : null,
        From = new(channel.From),
        To = new(channel.To),
        ConfirmedAmt = new(channel.Confirmed),
        PendingAmt = new(channel.Pending?.Amount ?? TokenAmount.Zero),
        NonReservedAmt = new(channel.Available),
        PendingAvailableAmt = new(channel.Pending?.Available ?? TokenAmount.Zero),
        PendingWaitSentinel =
            channel.Pending is PendingFunds pending ? new(pending.Message) : null,
        QueuedAmt = new(call.Node.Channels.QueuedFor(channel)),
        VoucherRedeemedAmt = channel.Channel is null
            ? default
            : new(Lanes.Of(call, channel).Redeemed),
    };
}

/// <summary>On which side of a channel the node is.</summary>
/// <param name="ControlAddr">Its address.</param>
/// <param name="Direction">1 if it is paid, 2 if it pays.</param>
public sealed record ChannelStatusView(AddressView ControlAddr, int Direction)
{
    internal const int Inbound = 1;
    internal const int Outbound = 2;
}

/// <summary>A voucher that was to be made.</summary>
/// <param name="Voucher">The voucher; null if the channel has too little.</param>
/// <param name="Shortfall">What it lacks.</param>
public sealed record VoucherCreationView(VoucherView? Voucher, AmountView Shortfall);

/// <summary>A voucher.</summary>
/// <remarks>Spec: go-state-types builtin/v18/paych; actors/paych.</remarks>
public sealed record VoucherView(
    AddressView ChannelAddr,
    long TimeLockMin,
    long TimeLockMax,
    byte[]? SecretHash,
    VerificationView? Extra,
    ulong Lane,
    ulong Nonce,
    AmountView Amount,
    long MinSettleHeight,
    IReadOnlyList<MergeView>? Merges,
    SignatureView? Signature)
{
    internal static VoucherView Of(SignedVoucher voucher)
    {
        List<MergeView> merges = [];
        foreach (Merge merge in voucher.Merges)
        {
            merges.Add(new(merge.Lane, merge.Nonce));
        }

        return new(
            new(voucher.ChannelAddress),
            voucher.TimeLockMin.Value,
            voucher.TimeLockMax.Value,
            GoBytes.Of(voucher.SecretPreImage),
            voucher.Extra is Verification extra
                ? new(new(extra.Actor), extra.Method.Value, GoBytes.Of(extra.Data))
                : null,
            voucher.Lane,
            voucher.Nonce,
            new(voucher.Amount),
            voucher.MinSettleHeight.Value,
            merges.Count == 0 ? null : merges,
            voucher.Signature is { } signature
                ? new((int)signature.Type, signature.Data.ToArray())
                : null);
    }

    /// <exception cref="RpcException">Its signature is of no kind that actors know.</exception>
    internal SignedVoucher ToVoucher()
    {
        List<Merge> merges = [];
        foreach (MergeView merge in Merges ?? [])
        {
            merges.Add(new(merge.Lane, merge.Nonce));
        }

        return new(
            ChannelAddr.Address,
            new(TimeLockMin),
            new(TimeLockMax),
            SecretHash ?? [],
            Extra is null
                ? null
                : new(Extra.Actor.Address, new(Extra.Method), Extra.Data ?? []),
            Lane,
            Nonce,
            Amount.Amount,
            new(MinSettleHeight),
            [.. merges],
            Signature is null ? null
                : Signature.Type is (int)SignatureType.Secp256k1 or (int)SignatureType.Bls
                    ? new((SignatureType)Signature.Type, Signature.Data ?? [])
                    : throw RpcException.BadParameters(
                        $"no signature of a voucher has type {Signature.Type}"));
    }
}

/// <summary>A call that must succeed for a voucher to be good.</summary>
public sealed record VerificationView(AddressView Actor, ulong Method, byte[]? Data);

/// <summary>A lane whose payments go over into another lane.</summary>
public sealed record MergeView(ulong Lane, ulong Nonce);
